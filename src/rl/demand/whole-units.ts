import { refuse } from '../../internal/require.js';
import { type Demand, requireDistribution } from './demand.js';
import { longestTable, tableDemand } from './discrete-demand.js';

/**
 * Demand rounded to whole units, nothing below zero: what environments make of continuous demand.
 *
 *     P(D = 0) = F(0.5), P(D = k) = F(k + 0.5) - F(k - 0.5)
 *
 * @param demand - Continuous demand; what is discrete already comes back as it is.
 * @returns The distribution, which ends where less than 1e-15 is left.
 * @throws RangeError when that is more than a million units away.
 * @example
 * const demand = wholeUnitDemand(normalDemand(50, 8));
 * demand.quantile(0.8); // 57
 */
export function wholeUnitDemand(demand: Demand): Demand {
  requireDistribution('wholeUnitDemand', 'demand', demand);
  if (demand.probabilities) return demand;
  const highest = demand.quantile(1 - 1e-15);
  if (!(highest < longestTable)) {
    const rule = `stay below ${longestTable} units but for a share of 1e-15: count it in larger units`;
    refuse('wholeUnitDemand', 'demand', rule, highest);
  }
  const length = Math.max(1, Math.ceil(highest + 0.5));
  const edges = Float64Array.from({ length }, (_, units) =>
    units === length - 1 ? 1 : demand.cumulative(units + 0.5),
  );
  const table = edges.map((edge, units) => edge - (units === 0 ? 0 : edges[units - 1]!));
  return tableDemand(`${demand.name} in whole units`, table);
}

/** Probabilities without a tail of less than `rest`, which is added to the last that is kept. */
export function withoutTail(probabilities: Float64Array, rest: number): Float64Array {
  let [length, tail] = [probabilities.length, 0];
  while (length > 1 && tail + probabilities[length - 1]! < rest) {
    tail += probabilities[length - 1]!;
    length -= 1;
  }
  const kept = probabilities.slice(0, length);
  kept[length - 1]! += tail;
  return kept;
}
