import { fewestDays } from '../../data/orders/days.js';
import type { Id, Vocabulary } from '../../data/vocabulary.js';
import { describe } from '../../internal/describe.js';
import { refuse, requireArray, requirePositiveInteger } from '../../internal/require.js';

/**
 * The demand for some products day by day: recorded, as {@link demandByDay} counts it, or virtual, as the models of demand draw
 * it. Plain typed arrays: do not write into them.
 */
export interface DailyDemand {
  /** Number of days, T. Days are those of UTC, one after the other, whether the shop was open or not. */
  readonly days: number;
  /** When the first day begins: milliseconds since 1970-01-01 UTC. */
  readonly start: number;
  /** The products, P of them; product `p` below is the one with index `p`. */
  readonly products: Vocabulary;
  /** `[T, P]`, row-major: pieces asked for. */
  readonly pieces: Float64Array;
  /** `[T, P]`, row-major: the order lines that asked for them. */
  readonly lines: Int32Array;
  /** For each product the pieces of each of its order lines, day by day. */
  readonly sizes: readonly Float64Array[];
  /** `[T]`: 1 where the shop had an order of any product, also one that is not counted here; 0 where it had none. */
  readonly open: Uint8Array;
  /**
   * The pieces of one product, day by day, `[T]`: what `inventoryEnvironment`, `bestBaseStock`, `empiricalDemand` and
   * `learnFromDemand` take.
   *
   * @throws RangeError when the product is not there.
   */
  series(product: Id): readonly number[];
}

/** Days whose arrays are filled in. */
export type DailyCounts = Omit<DailyDemand, 'series'>;

/** Adds what all of them can do. */
export function dailyDemand(counts: DailyCounts): DailyDemand {
  const { days, products, pieces } = counts;
  return {
    ...counts,
    series(product) {
      if (!products.has(product)) refuse('series', 'product', 'be one of the products', product);
      const place = products.indexOf(product);
      return Array.from({ length: days }, (_, day) => pieces[day * products.size + place]!);
    },
  };
}

/** Refuses what is no demand, and demand from which nothing can be learned. */
export function requireLearnable(where: string, demand: DailyDemand, argument = 'demand'): void {
  requireDaily(where, demand, argument);
  if (demand.days < fewestDays) {
    refuse(where, `${argument}.days`, `be at least ${fewestDays}, so that each weekday came twice`, demand.days);
  }
  const never = demand.sizes.findIndex((sizes) => sizes.length === 0);
  if (never >= 0) {
    const product = describe(demand.products.idAt(never));
    const rule = `have an order line of each product in its days, or be counted without it (${product})`;
    refuse(where, `${argument}.sizes`, rule, 'none');
  }
}

/** Refuses what is no daily demand, and the demand for other products than those that are given. */
export function requireDaily(where: string, demand: DailyDemand, argument: string, of?: Vocabulary): void {
  if (typeof demand?.series !== 'function') {
    refuse(where, argument, 'be the demand of days, such as demandByDay gives', demand);
  }
  const { days, products, pieces, lines, open, sizes } = demand;
  requirePositiveInteger(where, `${argument}.days`, days);
  requireArray(where, `${argument}.pieces`, pieces, Float64Array, days * products.size);
  requireArray(where, `${argument}.lines`, lines, Int32Array, days * products.size);
  requireArray(where, `${argument}.open`, open, Uint8Array, days);
  if (sizes.length !== products.size) refuse(where, `${argument}.sizes`, 'have a list for each product', sizes.length);
  const [wanted, found] = [of?.toJSON().ids, products.toJSON().ids];
  if (wanted && (wanted.length !== found.length || wanted.some((id, place) => id !== found[place]))) {
    refuse(where, `${argument}.products`, 'be the same products in the same order', found);
  }
}
