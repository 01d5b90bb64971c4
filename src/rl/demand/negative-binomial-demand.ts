import { requireGivenOptions } from '../../internal/options.js';
import { refuse, requireBetween, requireFinite } from '../../internal/require.js';
import type { Demand } from './demand.js';
import { longestTable, tableDemand } from './discrete-demand.js';

// What is cut off at the end, relative to the largest probability, and what is not worth adding at the start.
const least = 1e-20;

/**
 * Negative binomial demand: Poisson demand whose mean is itself a gamma number, so that it varies more than chance alone
 * would have it. What most products of a shop follow better than {@link poissonDemand}.
 *
 *     P(D = k) = Gamma(shape + k) / (Gamma(shape) k!) (1 - ratio)^shape ratio^k
 *     shape = mean^2 / (deviation^2 - mean),   ratio = mean / (mean + shape)
 *
 * A shape of 1 is {@link geometricDemand}. The table ends where probabilities fall below 1e-20 of the largest.
 *
 * @param options - Mean and standard deviation, as a history of demand has them.
 * @returns The distribution.
 * @throws RangeError when `mean` is out of range, the variance is not above it, or so large that a table of 1,048,576 entries
 *   does not hold the distribution.
 * @see Snyder, Ord and Beaumont, "Forecasting the Intermittent Demand for Slow-Moving Inventories" (2012)
 * @example
 * const demand = negativeBinomialDemand({ mean: 5, deviation: Math.sqrt(30) });
 * demand.probabilities![0]!.toFixed(4); // '0.1667'
 * demand.quantile(0.8); // 8
 */
export function negativeBinomialDemand(options: {
  /** Units per period, in (0, 100,000]. */
  readonly mean: number;
  /** Standard deviation per period; its square is above the mean. */
  readonly deviation: number;
}): Demand {
  const where = 'negativeBinomialDemand';
  requireGivenOptions(where, options, { mean: true, deviation: true });
  const { mean, deviation } = options;
  requireBetween(where, 'mean', mean, Number.MIN_VALUE, 100_000, { closed: true });
  requireFinite(where, 'deviation', deviation);
  if (!(deviation ** 2 > mean)) {
    refuse(where, 'deviation', `be above ${Math.sqrt(mean)}, the root of the mean (see poissonDemand)`, deviation);
  }
  const shape = mean ** 2 / (deviation ** 2 - mean);
  const table = negativeBinomialTable(shape, mean / (mean + shape));
  if (!table) refuse(where, 'deviation', 'be smaller, or demand be counted in larger units', deviation);
  return tableDemand(`negative binomial(${mean}, ${deviation})`, table);
}

// Worked out from the mode to both sides, and divided by the sum; nothing where the table would be too long.
function negativeBinomialTable(shape: number, ratio: number): Float64Array | undefined {
  const mode = Math.max(0, Math.floor(((shape - 1) * ratio) / (1 - ratio)));
  if (mode > longestTable) return undefined;
  const above: number[] = [1];
  while (above.at(-1)! > least) {
    const units = mode + above.length;
    if (units >= longestTable) return undefined;
    above.push((above.at(-1)! * ratio * (shape + units - 1)) / units);
  }
  const table = new Float64Array(mode + above.length);
  table.set(above, mode);
  for (let units = mode; units > 0; units -= 1) {
    table[units - 1] = (table[units]! * units) / (ratio * (shape + units - 1));
  }
  const sum = table.reduce((total, weight) => total + weight, 0);
  return table.map((weight) => weight / sum);
}
