import type { DailyDemand } from '../demand/daily-demand.js';
import type { DailyPrices } from '../demand/prices-by-day.js';

/** What a product was to be had for, day by day. */
export interface ListPrices {
  /** Its first and last day with a price; beyond them nobody knows whether it was on sale. */
  readonly first: number;
  readonly last: number;
  /** `[T]`: the list price from the first of these days to the last; NaN elsewhere. */
  readonly prices: Float64Array;
  /**
   * Where it changed: the last day with a sale at the price before, and the first with one at the price behind. On which day between them it
   * did, the record does not say.
   */
  readonly turns: readonly { readonly last: number; readonly first: number }[];
  /** Share of the days with two order lines or more on which their prices differed. */
  readonly differing: number;
}

/** Demand whose order lines have prices. */
export type PricedDemand = DailyDemand & { readonly prices: DailyPrices };

/**
 * Finds the list price of a product on each day from its first sale to its last: the median of the day's order lines, of two middle ones the lower, and on days without
 * any that of the nearer day with some, the later of two.
 */
export function listPrices({ days, products, prices, lines }: PricedDemand, product: number): ListPrices | undefined {
  const cellOf = (day: number) => day * products.size + product;
  const found = new Float64Array(days).fill(Number.NaN);
  let [first, last, several, differing] = [-1, -1, 0, 0];
  const turns: ListPrices['turns'][number][] = [];
  for (let day = 0; day < days; day += 1) {
    const price = prices.usual[cellOf(day)]!;
    if (!(price > 0)) continue;
    if (first < 0) first = day;
    else {
      const middle = (last + day + 1) >> 1;
      found.fill(found[last]!, last + 1, middle).fill(price, middle, day);
      if (price !== found[last]) turns.push({ last, first: day });
    }
    found[day] = price;
    last = day;
    several += lines[cellOf(day)]! > 1 ? 1 : 0;
    differing += prices.differ[cellOf(day)]!;
  }
  return first < 0 ? undefined : { first, last, prices: found, turns, differing: differing / Math.max(1, several) };
}
