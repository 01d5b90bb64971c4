import { type AliasTable, createAliasTable } from '../../../random/alias-table.js';
import { drawExponential } from '../../../random/gamma.js';
import { drawPoisson } from '../../../random/poisson.js';
import type { Rng } from '../../../random/rng.js';
import type { SimulatedShop } from '../simulated-shop.js';
import { dayEffects } from './day-effects.js';
import type { Visits } from './draw-visits.js';
import { GrowingInts } from './growing-ints.js';
import { dotRows } from './unit-vectors.js';

/** Everything but the orders. */
type Truth = Omit<SimulatedShop, 'orders'>;

/** Order lines as they are drawn, by visit. */
export interface Lines {
  readonly users: GrowingInts;
  readonly items: GrowingInts;
  readonly quantities: GrowingInts;
  readonly days: GrowingInts;
  /** Seconds from the first midnight to the order. */
  readonly seconds: GrowingInts;
  /** The visit. */
  readonly visits: GrowingInts;
  /** Seconds from the first midnight to the return, or -1. */
  readonly returns: GrowingInts;
}

/**
 * Draws what each visit buys. The order lines of an item in a visit are a Poisson number with mean
 *
 *     basketSize * exp(popularity + taste . style) * effects[day] / normalizer
 *
 * drawn for all items at once by thinning: proposals come from the popularities of the day, with the length of the taste
 * as the bound of `taste . style`, and each is kept with probability `exp(taste . style - length)`. So the cost of a
 * visit does not grow with the catalogue.
 *
 * Each visit has random numbers of its own, whatever the visits before it bought.
 */
export function fillBaskets(shop: Truth, visits: Visits, rng: Rng): Lines {
  const lines = emptyLines();
  const effects = dayEffects(shop);
  const popularities = shop.items.popularities.map(Math.exp);
  const streams = { choices: rng.stream('choices'), amounts: rng.stream('amounts'), returns: rng.stream('returns') };
  for (let day = 0; day < shop.seasons.length; day += 1) {
    const today = effects(day);
    const table = createAliasTable(popularities.map((weight, item) => weight * today[item]!));
    for (let visit = visits.offsets[day]!; visit < visits.offsets[day + 1]!; visit += 1) {
      const seeds = visits.seeds.subarray(4 * visit, 4 * visit + 4);
      Object.values(streams).forEach((stream, place) => {
        reseed(stream, seeds, place);
      });
      const user = visits.users[visit]!;
      const seconds = 86_400 * day + secondOfDay(streams.choices);
      for (const item of chooseItems(shop, user, table, streams.choices)) {
        lines.users.push(user);
        lines.items.push(item);
        lines.days.push(day);
        lines.seconds.push(seconds);
        lines.visits.push(visit);
        lines.quantities.push(1 + drawPoisson(streams.amounts, extraQuantity(shop, user, item)));
        lines.returns.push(returnTime(shop, item, day, streams.returns));
      }
    }
  }
  return lines;
}

/** Expected quantity of an order line above 1. */
export function extraQuantity({ items, users }: Pick<SimulatedShop, 'items' | 'users'>, user: number, item: number) {
  return (items.quantities[item]! - 1) * users.bulkFactors[user]!;
}

function chooseItems(shop: Truth, user: number, table: AliasTable, rng: Rng): number[] {
  const { users, items, settings } = shop;
  const size = settings.tasteSize;
  const length = Math.sqrt(dotRows(users.tastes, user, users.tastes, user, size));
  const mean = (users.basketSizes[user]! * table.total * Math.exp(length)) / users.normalizers[user]!;
  const bought: number[] = [];
  for (let left = drawPoisson(rng, mean); left > 0; left -= 1) {
    const item = table.draw(rng);
    const match = dotRows(users.tastes, user, items.styles, item, size);
    if (rng.uniform() < Math.exp(match - length)) bought.push(item);
  }
  return bought;
}

// From eight in the morning to eight at night, most around two.
function secondOfDay(rng: Rng): number {
  return Math.floor(8 * 3600 + 12 * 3600 * 0.5 * (rng.uniform() + rng.uniform()));
}

// A line that comes back does so after one to many days, ten in the mean beside the first.
function returnTime({ items, settings }: Truth, item: number, day: number, rng: Rng): number {
  const comesBack = rng.uniform() < items.returnRates[item]!;
  const back = day + 1 + Math.floor(10 * drawExponential(rng));
  const seconds = 86_400 * back + secondOfDay(rng);
  return comesBack && back < settings.days ? seconds : -1;
}

// Choices, amounts and returns of a visit begin at words that differ, so that they do not depend on each other. The last
// word is odd, because four zeros would never leave zero.
function reseed(stream: Rng, seeds: Int32Array, place: number): void {
  const words = [seeds[0]! ^ (place * 0x1e3779b9), seeds[1]!, seeds[2]! ^ (place * 0x2545f491), seeds[3]! | 1];
  stream.restore({ path: '', words });
  // Two starts that share words give numbers alike at first.
  for (let skipped = 0; skipped < 8; skipped += 1) stream.uint32();
}

function emptyLines(): Lines {
  const list = () => new GrowingInts();
  return {
    users: list(),
    items: list(),
    quantities: list(),
    days: list(),
    seconds: list(),
    visits: list(),
    returns: list(),
  };
}
