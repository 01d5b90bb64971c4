import type { ListPrices } from './list-prices.js';

/** One row of the regression: a day at one of the prices that it may have had. */
export interface PriceRow {
  readonly day: number;
  readonly price: number;
}

/** The days without a sale on which a price may have changed, and their rows. */
export interface Turn {
  /** `[M]`: the rows at the price before, day by day; -1 where the shop was closed. */
  readonly before: readonly number[];
  /** `[M]`: the rows at the price behind. */
  readonly behind: readonly number[];
  /** Of these M days, how many may have had the price before. */
  readonly places: readonly number[];
}

/** Rows, and where it is open which of them are true. */
export interface PriceRows {
  readonly rows: readonly PriceRow[];
  readonly turns: readonly Turn[];
}

/**
 * Lays out the days strictly between the first sale and the last: those two are there because something was sold on them. Days without a sale
 * between two different prices stand twice, once at each.
 *
 * @param isOpen - Whether the shop was open on a day.
 * @param isPromoted - Whether the product was promoted on a day: where that begins or ends between two prices, the price changed then.
 */
export function priceRows(
  { first, last, prices, turns }: ListPrices,
  isOpen: (day: number) => boolean,
  isPromoted: (day: number) => boolean,
): PriceRows {
  const rows: PriceRow[] = [];
  const add = (day: number, price: number) => (isOpen(day) ? rows.push({ day, price }) - 1 : -1);
  const found: Turn[] = [];
  let next = 0;
  for (let day = first + 1; day < last; day += 1) {
    const turn = turns[next];
    if (!turn || day <= turn.last) {
      add(day, prices[day]!);
      continue;
    }
    const days = Array.from({ length: turn.first - turn.last - 1 }, (_, place) => turn.last + 1 + place);
    const [before, behind] = [turn.last, turn.first].map((at) => days.map((each) => add(each, prices[at]!)));
    if (days.length > 0) found.push({ before: before!, behind: behind!, places: placesOf(turn, isPromoted) });
    // The day with the first sale at the new price may be the last of all.
    day = turn.first - 1;
    next += 1;
  }
  return { rows, turns: found };
}

function placesOf({ last, first }: ListPrices['turns'][number], isPromoted: (day: number) => boolean): number[] {
  const all = Array.from({ length: first - last }, (_, place) => place);
  const named = all.filter((place) => isPromoted(last + place) !== isPromoted(last + place + 1));
  return named.length > 0 ? named : all;
}

/**
 * How sure each row is, given the means of all.
 *
 *     P(the price changed behind day m of M) = exp(-(sum of lines before_1..m + sum of lines behind_m+1..M)) / normalizer
 *
 * as no line came on these days, and each day is as good as another by itself.
 *
 * @param lines - Expected order lines of a row.
 * @returns `[N]`: 1 for the rows that are no question.
 */
export function sharesOfRows({ rows, turns }: PriceRows, lines: (row: number) => number): Float64Array {
  const shares = new Float64Array(rows.length).fill(1);
  const of = (row: number) => (row < 0 ? 0 : lines(row));
  for (const { before, behind, places } of turns) {
    // Of each place what the days before it change in the exponent.
    const exponents = new Float64Array(before.length + 1);
    for (const [at, row] of before.entries()) exponents[at + 1] = exponents[at]! + of(behind[at]!) - of(row);
    const highest = places.reduce((most, place) => Math.max(most, exponents[place]!), Number.NEGATIVE_INFINITY);
    const chances = new Float64Array(exponents.length);
    for (const place of places) chances[place] = Math.exp(exponents[place]! - highest);
    const total = chances.reduce((sum, chance) => sum + chance, 0);
    let later = 0;
    for (let at = before.length - 1; at >= 0; at -= 1) {
      later += chances[at + 1]!;
      if (before[at]! < 0) continue;
      shares[before[at]!] = later / total;
      shares[behind[at]!] = 1 - later / total;
    }
  }
  return shares;
}
