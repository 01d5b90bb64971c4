import { refuse, requireBetween } from '../../internal/require.js';
import type { Demand } from './demand.js';
import { longestTable, tableDemand } from './discrete-demand.js';

/**
 * Poisson demand: many customers, each of whom seldom comes.
 *
 *     P(D = k) = exp(-mean) mean^k / k!
 *
 * The table ends where probabilities fall below 1e-20 of the largest.
 *
 * @param mean - Units per period, in (0, 100,000].
 * @returns The distribution.
 * @throws RangeError when `mean` is out of range.
 * @example
 * const demand = poissonDemand(5);
 * demand.quantile(0.8); // 7
 */
export function poissonDemand(mean: number): Demand {
  requireBetween('poissonDemand', 'mean', mean, Number.MIN_VALUE, 100_000, { closed: true });
  return poissonSum(mean, 1);
}

// Sums of Poisson numbers are Poisson.
function poissonSum(mean: number, periods: number): Demand {
  const sum = mean * periods;
  if (sum > 0.9 * longestTable) {
    refuse('over', 'periods', 'leave a mean of at most 900000 units: count demand in larger units', periods);
  }
  return tableDemand(`Poisson(${sum})`, poissonTable(sum), (more) => poissonSum(mean, periods * more));
}

// Worked out from the mode, where nothing underflows, and divided by the sum.
function poissonTable(mean: number): Float64Array {
  const mode = Math.floor(mean);
  const above: number[] = [1];
  while (above.at(-1)! > 1e-20) above.push((above.at(-1)! * mean) / (mode + above.length));
  const table = new Float64Array(mode + above.length);
  table.set(above, mode);
  for (let units = mode; units > 0; units -= 1) table[units - 1] = (table[units]! * units) / mean;
  const sum = table.reduce((total, weight) => total + weight, 0);
  return table.map((weight) => weight / sum);
}
