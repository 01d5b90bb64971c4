import { drawExponential } from '../../../random/gamma.js';
import type { Rng } from '../../../random/rng.js';
import type { ShopSettings } from '../shop-options.js';
import type { SimulatedShop } from '../simulated-shop.js';
import { toCents } from './make-items.js';

const yearLength = 365.25;
const discounts: readonly number[] = [0.1, 0.2, 0.3];

type Promotion = SimulatedShop['promotions'][number];

/** Draws the promotions of every item, one after the other, so that two of an item never overlap. */
export function makePromotions({ items, days, promotions, uplift }: ShopSettings, rng: Rng): Promotion[] {
  const made: Promotion[] = [];
  if (promotions === 0) return made;
  for (let item = 0; item < items; item += 1) {
    const stream = rng.stream(String(item));
    let day = gap(stream, promotions);
    while (day < days) {
      const to = day + 5 + stream.integer(10);
      const discount = stream.choice(discounts);
      // The logarithm of the uplift is spread evenly around that of the mean.
      made.push({ item, from: day, to, discount, uplift: uplift ** (0.7 + 0.6 * stream.uniform()) });
      day = to + gap(stream, promotions);
    }
  }
  return made;
}

/** Draws the price changes of every item and puts the promotions on top of them. */
export function makePrices(
  settings: ShopSettings,
  items: SimulatedShop['items'],
  promotions: readonly Promotion[],
  rng: Rng,
): SimulatedShop['prices'] {
  const offsets = new Uint32Array(settings.items + 1);
  const rows: { readonly day: number; readonly price: number; readonly effect: number }[] = [];
  let next = 0;
  for (let item = 0; item < settings.items; item += 1) {
    const own: Promotion[] = [];
    while (next < promotions.length && promotions[next]!.item === item) own.push(promotions[next++]!);
    const levels = drawLevels(settings, rng.stream(String(item)));
    for (const day of changeDays(levels, own, settings.days)) {
      const promotion = own.find(({ from, to }) => from <= day && day < to);
      const level = levels.findLast(({ from }) => from <= day)!.level;
      const price = toCents(items.listPrices[item]! * level * (1 - (promotion?.discount ?? 0)));
      const effect = (price / items.listPrices[item]!) ** items.elasticities[item]! * (promotion?.uplift ?? 1);
      rows.push({ day, price, effect });
    }
    offsets[item + 1] = rows.length;
  }
  return {
    offsets,
    days: Int32Array.from(rows, ({ day }) => day),
    prices: Float64Array.from(rows, ({ price }) => price),
    effects: Float64Array.from(rows, ({ effect }) => effect),
  };
}

interface Level {
  readonly from: number;
  /** Price over list price. */
  readonly level: number;
}

function drawLevels({ days, priceChanges, priceSpread }: ShopSettings, stream: Rng): Level[] {
  const draw = () => Math.exp(priceSpread * stream.normal());
  const levels = [{ from: 0, level: draw() }];
  if (priceChanges === 0) return levels;
  for (let day = gap(stream, priceChanges); day < days; day += gap(stream, priceChanges)) {
    levels.push({ from: day, level: draw() });
  }
  return levels;
}

// Whole days, at least one, to the next of so many events a year.
const gap = (stream: Rng, perYear: number) => Math.ceil((yearLength / perYear) * drawExponential(stream) + 1e-12);

function changeDays(levels: readonly Level[], promotions: readonly Promotion[], days: number): number[] {
  const all = [...levels.map(({ from }) => from), ...promotions.flatMap(({ from, to }) => [from, to])];
  return [...new Set(all)].filter((day) => day < days).sort((a, b) => a - b);
}

/** The row of a shop's prices that holds for an item on a day. */
export function priceRow({ offsets, days }: SimulatedShop['prices'], item: number, day: number): number {
  let low = offsets[item]!;
  let high = offsets[item + 1]! - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (days[middle]! <= day) low = middle;
    else high = middle - 1;
  }
  return low;
}
