import { requireBetween } from '../../internal/require.js';
import type { Demand } from './demand.js';
import { tableDemand } from './discrete-demand.js';

/**
 * Geometric demand: as often nothing as anything else, and now and then very much; variance mean (1 + mean).
 *
 *     P(D = k) = (1 - ratio) ratio^k, with ratio = mean / (1 + mean)
 *
 * The table ends where the rest of it falls below 1e-17.
 *
 * @param mean - Units per period, in (0, 1,000].
 * @returns The distribution.
 * @throws RangeError when `mean` is out of range.
 * @example
 * geometricDemand(5).deviation; // 5.477
 */
export function geometricDemand(mean: number): Demand {
  requireBetween('geometricDemand', 'mean', mean, Number.MIN_VALUE, 1000, { closed: true });
  const ratio = mean / (1 + mean);
  const length = Math.ceil(Math.log(1e-17) / Math.log(ratio)) + 1;
  return tableDemand(
    `geometric(${mean})`,
    Float64Array.from({ length }, (_, units) => (1 - ratio) * ratio ** units),
  );
}
