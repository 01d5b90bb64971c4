import { type OptionNames, requireGivenOptions } from '../../internal/options.js';
import { refuse, requireEach, requireLength, requireNonNegative } from '../../internal/require.js';
import { finiteAnswer } from './finite-answer.js';

/** Options of {@link wagnerWhitin}. Costs are the same in every period, or a list with one for each. */
export interface WagnerWhitinOptions {
  /** `[T]`: units asked for in each period, >= 0, known beforehand. */
  readonly demand: ArrayLike<number>;
  /** Cost of an order of any size, >= 0; `[T]` or one for all. */
  readonly fixedOrderCost: number | ArrayLike<number>;
  /** Cost per unit left at the end of a period, >= 0; `[T]` or one for all. */
  readonly holding: number | ArrayLike<number>;
  /** Cost per unit ordered, >= 0; `[T]` or one for all. Default 0. */
  readonly unitCost?: number | ArrayLike<number>;
}

const optionNames: OptionNames<WagnerWhitinOptions> = {
  demand: true,
  fixedOrderCost: true,
  holding: true,
  unitCost: true,
};

const mostPeriods = 3660;

/**
 * When and how much to order for some periods whose demand is known, as from a plan or a firm forecast, and met in full.
 *
 *     cost(t) = min over s > t of [t orders for t..s-1] + cost(s)
 *
 * An order covers whole periods and comes when nothing is left: some best plan is of this kind. An order is there in the period it is
 * made for; with a lead time, make it so many periods before.
 *
 * @returns `[T]` orders, zero in most periods, and the least cost of all periods.
 * @throws RangeError when an option is unknown or out of range, there are more than 3,660 periods, or costs are not one for each.
 * @see Wagner and Whitin, "Dynamic Version of the Economic Lot Size Model" (1958)
 * @example
 * const { orders, cost } = wagnerWhitin({ demand: [90, 120, 80, 70], fixedOrderCost: 500, holding: 2 });
 * orders; // Float64Array [210, 0, 150, 0]
 * cost; // 1380
 */
export function wagnerWhitin(options: WagnerWhitinOptions): {
  /** `[T]`: units to order for each period. */
  readonly orders: Float64Array;
  /** Cost of all periods together. */
  readonly cost: number;
} {
  const where = 'wagnerWhitin';
  requireGivenOptions(where, options, optionNames);
  const demand = requireAmounts(where, 'demand', options.demand, options.demand?.length);
  const periods = demand.length;
  if (periods === 0 || periods > mostPeriods)
    refuse(where, 'demand', `be a list of 1 to ${mostPeriods} periods`, periods);
  const fixed = requireAmounts(where, 'fixedOrderCost', options.fixedOrderCost, periods);
  const holding = requireAmounts(where, 'holding', options.holding, periods);
  const unitCost = requireAmounts(where, 'unitCost', options.unitCost ?? 0, periods);
  const costs = new Float64Array(periods + 1);
  const next = new Int32Array(periods);
  for (let first = periods - 1; first >= 0; first -= 1) {
    costs[first] = Number.POSITIVE_INFINITY;
    // Where nothing is asked for, nothing need be ordered.
    const isIdle = demand[first] === 0;
    if (isIdle) {
      costs[first] = costs[first + 1]!;
      next[first] = first + 1;
    }
    let [units, kept, perUnit] = [0, 0, 0];
    for (let end = first; end < periods; end += 1) {
      if (end > first) perUnit += holding[end - 1]!;
      units += demand[end]!;
      kept += perUnit * demand[end]!;
      const cost = fixed[first]! + unitCost[first]! * units + kept + costs[end + 1]!;
      if (cost >= costs[first]!) continue;
      costs[first] = cost;
      next[first] = end + 1;
    }
  }
  // Where costs overflow no plan is found, and none may be looked for.
  finiteAnswer(where, { cost: costs[0]! });
  return { orders: planOf(demand, next), cost: costs[0]! };
}

function planOf(demand: Float64Array, next: Int32Array): Float64Array {
  const orders = new Float64Array(demand.length);
  for (let first = 0; first < demand.length; first = next[first]!) {
    for (let period = first; period < next[first]!; period += 1) orders[first]! += demand[period]!;
  }
  return orders;
}

function requireAmounts(where: string, name: string, given: unknown, count: number): Float64Array {
  if (typeof given === 'number') {
    requireNonNegative(where, name, given);
    if (name !== 'demand') return new Float64Array(count).fill(given);
  }
  requireLength(where, name, given, count);
  requireEach(where, name, given, (each) => Number.isFinite(each) && (each as number) >= 0, 'be a number >= 0');
  return Float64Array.from(given as ArrayLike<number>);
}
