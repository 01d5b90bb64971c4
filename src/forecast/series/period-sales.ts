import { mostDays } from '../../data/orders/days.js';
import { mostPieces } from '../../data/orders/order-rows.js';
import { createVocabulary, type Id, type Vocabulary } from '../../data/vocabulary.js';
import { type OptionNames, requireOptions } from '../../internal/options.js';
import { refuse, refuseEmpty, requireArray, requireFinite, requirePositiveInteger } from '../../internal/require.js';
import { type Period, periodStart, requirePeriod } from './calendar.js';

/**
 * What some products sold, period by period: counted by {@link salesByPeriod}, or put together by {@link createPeriodSales}. Plain
 * typed arrays: do not write into them.
 */
export interface PeriodSales {
  /** Number of periods, T; one follows the other without a gap. */
  readonly periods: number;
  /** How long they are. */
  readonly period: Period;
  /** When the first of them begins: milliseconds since 1970-01-01 UTC. */
  readonly start: number;
  /** The products, P of them; product `p` below is the one with index `p`. */
  readonly products: Vocabulary;
  /** `[P, T]`, row-major: what was sold, >= 0; 0 before a product was on sale. */
  readonly sales: Float64Array;
  /** `[P]`: the first period of each product that counts; those before are as if they had not been. */
  readonly onSale: Int32Array;
  /**
   * What one product sold, from the first period that counts to the last.
   *
   * @throws RangeError when the product is not there.
   */
  series(product: Id): readonly number[];
}

/** Sales whose arrays are filled in. */
export type PeriodCounts = Omit<PeriodSales, 'series'>;

/** Adds what all of them can do. */
export function periodSales(counts: PeriodCounts): PeriodSales {
  return {
    ...counts,
    series(product) {
      if (!counts.products.has(product)) refuse('series', 'product', 'be one of the products', product);
      return [...seriesAt(counts, counts.products.indexOf(product))];
    },
  };
}

/** What the product at a place sold since it is on sale, as a view. */
export function seriesAt({ sales, periods, onSale }: PeriodCounts, place: number): Float64Array {
  return sales.subarray(place * periods + onSale[place]!, (place + 1) * periods);
}

/**
 * The first periods of sales, as they were known then. Products that were not yet on sale stay, with a series of no periods.
 *
 * @param periods - How many, from 1 to all.
 */
export function firstPeriods(all: PeriodSales, periods: number): PeriodSales {
  const sales = new Float64Array(all.products.size * periods);
  for (let place = 0; place < all.products.size; place += 1) {
    sales.set(all.sales.subarray(place * all.periods, place * all.periods + periods), place * periods);
  }
  return periodSales({ ...all, periods, sales, onSale: all.onSale.map((first) => Math.min(first, periods)) });
}

/** Options of {@link createPeriodSales}. */
export interface CreatePeriodSalesOptions {
  /** How long a period is. Default `'week'`. */
  readonly period?: Period;
  /** When the first period begins: milliseconds since 1970. Default 1970-01-01, or the Monday of that week. */
  readonly start?: number;
}

const names: OptionNames<CreatePeriodSalesOptions> = { period: true, start: true };

/**
 * Puts sales together from a list for each product, where they were counted elsewhere.
 *
 * @param series - By product what it sold, period by period: as many numbers for each, from 0 to 1e150. NaN at the beginning of a list
 *   says that the product was not on sale yet; anywhere else there are no gaps: a period without a sale is 0.
 * @returns The sales.
 * @throws RangeError when there is no product, lists differ in length, hold NaN behind the first number, what is below 0 or above 1e150, or an
 *   option is wrong.
 * @example
 * const sales = createPeriodSales({ tea: [3, 0, 2, 4], mug: [NaN, NaN, 1, 0] }, { period: 'month', start: Date.UTC(2026, 0, 1) });
 * sales.periods; // 4
 * sales.series('mug'); // [1, 0]
 */
export function createPeriodSales(
  series: Readonly<Record<string, ArrayLike<number>>>,
  options: CreatePeriodSalesOptions = {},
): PeriodSales {
  const where = 'createPeriodSales';
  requireOptions(where, options, names);
  const { period = 'week', start = 0 } = options;
  requirePeriod(where, period);
  requireFinite(where, 'start', start);
  if (typeof series !== 'object' || series === null)
    refuse(where, 'series', 'be an object of lists by product', series);
  const ids = Object.keys(series);
  if (ids.length === 0) refuseEmpty(where, 'series', series);
  const periods = series[ids[0]!]!.length;
  requirePositiveInteger(where, `series.${ids[0]}.length`, periods);
  if (periods > mostDays) refuse(where, 'series', `hold at most ${mostDays} periods`, periods);
  const [sales, onSale] = [new Float64Array(ids.length * periods), new Int32Array(ids.length)];
  for (const [place, id] of ids.entries()) {
    onSale[place] = copySeries(where, id, series[id]!, sales.subarray(place * periods, (place + 1) * periods));
  }
  const products = createVocabulary(ids);
  return periodSales({ periods, period, start: periodStart(period, start, 0), products, sales, onSale });
}

function areSales(value: number): boolean {
  return value >= 0 && value <= mostPieces;
}

// Copies a list, NaN at its beginning as 0. The first place that is none.
function copySeries(where: string, id: string, list: ArrayLike<number>, to: Float64Array): number {
  if (list.length !== to.length) refuse(where, `series.${id}`, `hold ${to.length} numbers, as the first`, list.length);
  let first = 0;
  while (first < to.length && Number.isNaN(list[first])) first += 1;
  if (first === to.length) refuse(where, `series.${id}`, 'hold a number', 'NaN alone');
  for (let at = first; at < to.length; at += 1) {
    const value = list[at]!;
    if (!areSales(value)) {
      const rule = Number.isNaN(value)
        ? 'be a number: a period without sales is 0, and only the first may be NaN, of a product that was not on sale yet'
        : Number.isFinite(value) && value > 0
          ? `be at most ${mostPieces}, whose square a number can hold`
          : 'be finite and not below 0: goods that come back are no sales';
      refuse(where, `series.${id}[${at}]`, rule, value);
    }
    to[at] = value;
  }
  return first;
}

/** Refuses what is no sales by period. */
export function requireSales(where: string, sales: PeriodSales, argument = 'sales'): void {
  if (typeof sales?.series !== 'function') {
    refuse(where, argument, 'be sales by period, such as salesByPeriod gives', sales);
  }
  requirePositiveInteger(where, `${argument}.periods`, sales.periods);
  requirePeriod(where, sales.period);
  requireArray(where, `${argument}.sales`, sales.sales, Float64Array, sales.periods * sales.products.size);
  requireArray(where, `${argument}.onSale`, sales.onSale, Int32Array, sales.products.size);
  const wrong = sales.sales.findIndex((value) => !areSales(value));
  if (wrong >= 0)
    refuse(
      where,
      `${argument}.sales[${wrong}]`,
      `be finite and not below 0, and at most ${mostPieces}`,
      sales.sales[wrong],
    );
}
