import { requireOptions } from '../../internal/options.js';
import { requireWholeNumber } from '../../internal/require.js';
import { type Demand, requireDistribution } from './demand.js';
import { requireProbabilities, tableDemand } from './discrete-demand.js';
import { wholeUnitDemand } from './whole-units.js';

/**
 * The demand between an order and its arrival, where suppliers do not always take the same time.
 *
 *     P(D = k) = sum over l of P(lead time = l) P(demand of l + review periods = k)
 *
 * Its variance is mean(L) var(D) + var(L) mean(D)^2: a supplier who varies costs more stock than customers who do. It goes into
 * {@link bestReorderQuantity}, {@link newsvendor} or {@link newsvendorCost}, and is exact there where customers wait and orders do not
 * overtake each other.
 *
 * @param demand - Demand of one period.
 * @returns The distribution, in whole units.
 * @throws RangeError when demand is no distribution, an option is unknown or out of range, or the probabilities do not sum to 1.
 * @see Kaplan, "A Dynamic Inventory Model with Stochastic Lead Times" (1970)
 * @example
 * const sure = leadTimeDemand(poissonDemand(5), { leadTimes: [0, 0, 1], review: 1 });
 * const unsure = leadTimeDemand(poissonDemand(5), { leadTimes: [0, 0.5, 0, 0.5], review: 1 });
 * [sure.mean, unsure.mean]; // [15, 15]
 * [sure.quantile(0.95), unsure.quantile(0.95)]; // [22, 26]
 */
export function leadTimeDemand(
  demand: Demand,
  options: {
    /** Probabilities of lead times of 0, 1, 2 and so on periods; they sum to 1. */
    readonly leadTimes: ArrayLike<number>;
    /** Periods that pass before the next order can arrive after this one: 1 where orders are made every period. Default 0. */
    readonly review?: number;
  },
): Demand {
  const where = 'leadTimeDemand';
  requireOptions(where, options, { leadTimes: true, review: true });
  requireDistribution(where, 'demand', demand);
  const { leadTimes, review = 0 } = options ?? {};
  requireWholeNumber(where, 'review', review, 0, 1000);
  const shares = requireProbabilities(where, leadTimes);
  const whole = wholeUnitDemand(demand);
  const tables = Array.from(shares, (share, periods) => {
    if (share === 0) return new Float64Array(1);
    return periods + review === 0 ? Float64Array.of(1) : whole.over(periods + review).probabilities!;
  });
  const mixture = new Float64Array(Math.max(...tables.map(({ length }) => length)));
  tables.forEach((table, periods) => {
    table.forEach((probability, units) => {
      mixture[units]! += shares[periods]! * probability;
    });
  });
  return tableDemand(`${demand.name} over a lead time that varies`, mixture);
}
