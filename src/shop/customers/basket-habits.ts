import type { Rng } from '../../random/rng.js';
import { groupOf } from '../orders/group-shares.js';
import type { PromotionLifts } from './promotion-lifts.js';
import { drawProduct, type TasteClasses } from './taste-classes.js';
import type { Visit } from './visits.js';

/** Pieces and price of a line. */
type Amounts = readonly [pieces: number, price: number];

/** What baskets are like. */
export interface BasketHabits {
  /** Recorded numbers of lines: of first visits, and of later ones by the number of lines of the visit before. */
  readonly first: readonly number[];
  readonly after: readonly (readonly number[])[];
  /** The chance that a line asks for a product that the customer had before, by how many products that were. */
  readonly repeats: Float64Array;
  /** The chance that such a line has the pieces and the price of the last time. */
  readonly sameAgain: number;
  /** Recorded pieces and prices of each product's lines. */
  readonly amounts: readonly (readonly Amounts[])[];
  /** The same of lines on days on which the product was promoted, which do not stand above. */
  readonly promoted: ReadonlyMap<number, readonly Amounts[]>;
  /** Recorded times of day, in milliseconds. */
  readonly clocks: readonly number[];
}

// The first of each group: lines of the last visit, products that a customer had before.
const lineGroups = [1, 2, 5, 10, 20, 40];
const ownedGroups = [1, 2, 4, 8, 16, 32, 64, 128];
// As many lines stand for the belief that a group repeats as often as all do.
const belief = 20;
const mostTries = 20;

/** Learns what baskets are like. */
export async function fitHabits(
  visits: readonly (readonly Visit[])[],
  products: number,
  { isPromoted }: PromotionLifts,
  pause: () => Promise<void>,
): Promise<BasketHabits> {
  const amounts = Array.from({ length: products }, () => [] as Amounts[]);
  const promoted = new Map<number, Amounts[]>();
  const habits = { first: [] as number[], after: lineGroups.map(() => [] as number[]), clocks: [] as number[] };
  const tally = {
    lines: new Float64Array(ownedGroups.length),
    repeats: new Float64Array(ownedGroups.length),
    again: 0,
  };
  for (const own of visits) {
    await pause();
    const last = new Map<number, Amounts>();
    for (const [place, visit] of own.entries()) {
      const size = visit.products.length;
      (place === 0 ? habits.first : habits.after[groupOf(lineGroups, own[place - 1]!.products.length)]!).push(size);
      habits.clocks.push(visit.clock);
      if (place > 0) tallyRepeats(visit, last, tally);
      for (const [line, product] of visit.products.entries()) {
        const found: Amounts = [visit.pieces[line]!, visit.prices[line]!];
        last.set(product, found);
        if (!isPromoted(visit.day, product)) amounts[product]!.push(found);
        else if (promoted.has(product)) promoted.get(product)!.push(found);
        else promoted.set(product, [found]);
      }
    }
  }
  const [lines, repeats] = [sumOf(tally.lines), sumOf(tally.repeats)];
  const usual = lines === 0 ? 0 : repeats / lines;
  return {
    ...habits,
    amounts,
    promoted,
    repeats: tally.repeats.map((found, group) => (found + belief * usual) / (tally.lines[group]! + belief)),
    sameAgain: repeats === 0 ? 0 : tally.again / repeats,
  };
}

interface Tally {
  readonly lines: Float64Array;
  readonly repeats: Float64Array;
  again: number;
}

function tallyRepeats(visit: Visit, last: ReadonlyMap<number, Amounts>, tally: Tally): void {
  const group = groupOf(ownedGroups, last.size);
  for (const [line, product] of visit.products.entries()) {
    tally.lines[group]! += 1;
    const before = last.get(product);
    if (!before) continue;
    tally.repeats[group]! += 1;
    if (before[0] === visit.pieces[line] && before[1] === visit.prices[line]) tally.again += 1;
  }
}

function sumOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0);
}

/** Draws the baskets of one customer, visit by visit. */
export function createShopper(
  habits: BasketHabits,
  tastes: TasteClasses,
  lifts: PromotionLifts,
  taste: number,
  rng: Rng,
) {
  // Every line so far, so that what was bought often is drawn often; and pieces and price of the last time.
  const bought: number[] = [];
  const last = new Map<number, { readonly amounts: Amounts; readonly isPromoted: boolean }>();
  let size = 0;
  const drawLine = (day: number, taken: ReadonlySet<number>) => {
    const extra = drawExtra(lifts.extraOn(day), rng);
    if (extra >= 0 && !taken.has(extra)) return extra;
    const isRepeat = bought.length > 0 && rng.uniform() < habits.repeats[groupOf(ownedGroups, last.size)]!;
    for (let attempt = 0; attempt < mostTries; attempt += 1) {
      const product = isRepeat ? rng.choice(bought) : drawProduct(tastes, taste, rng);
      const kept = lifts.keptOf(product);
      if (kept < 1 && rng.uniform() >= kept) continue;
      if (!taken.has(product) && (isRepeat || !last.has(product))) return product;
    }
    // Everything that is likely was taken: then something is bought twice.
    return drawProduct(tastes, taste, rng);
  };
  const drawAmounts = (day: number, product: number): Amounts => {
    const isPromoted = lifts.isPromoted(day, product);
    const before = last.get(product);
    if (before && before.isPromoted === isPromoted && rng.uniform() < habits.sameAgain) return before.amounts;
    const [usual, promoted = usual] = [habits.amounts[product]!, habits.promoted.get(product)];
    // A product that was never sold with or without promotion has the lines that there are.
    return rng.choice((isPromoted || usual.length === 0) && promoted.length > 0 ? promoted : usual);
  };
  return (day: number): Visit => {
    const sizes = size === 0 ? habits.first : habits.after[groupOf(lineGroups, size)]!;
    size = rng.choice(sizes.length > 0 ? sizes : habits.first);
    const taken = new Set<number>();
    for (let line = 0; line < size; line += 1) taken.add(drawLine(day, taken));
    const products = [...taken];
    const amounts = products.map((product) => drawAmounts(day, product));
    for (const [line, product] of products.entries()) {
      bought.push(product);
      last.set(product, { amounts: amounts[line]!, isPromoted: lifts.isPromoted(day, product) });
    }
    return {
      day,
      clock: rng.choice(habits.clocks),
      products,
      pieces: amounts.map(([pieces]) => pieces),
      prices: amounts.map(([, price]) => price),
    };
  };
}

/** A product that a line asks for because it is promoted; -1 for none. */
function drawExtra(extras: ReturnType<PromotionLifts['extraOn']>, rng: Rng): number {
  if (extras.length === 0) return -1;
  let left = rng.uniform();
  for (const { product, chance } of extras) {
    left -= chance;
    if (left < 0) return product;
  }
  return -1;
}
