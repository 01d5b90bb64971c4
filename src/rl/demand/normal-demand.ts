import { refuse, requireBetween, requirePositiveInteger } from '../../internal/require.js';
import { normalCumulative, normalDensity, normalQuantile } from '../../statistics/normal.js';
import type { Demand } from './demand.js';

/**
 * Normal demand: the sum of very many customers. It is continuous and may fall below zero; environments round it to
 * whole units and count less than nothing as nothing.
 *
 * @param mean - Units per period; any finite number.
 * @param deviation - Standard deviation, > 0. Little is below zero when it is at most a third of the mean.
 * @returns The distribution.
 * @throws RangeError when an argument is out of range.
 * @example
 * const demand = normalDemand(50, 8);
 * demand.quantile(0.5); // 50
 */
export function normalDemand(mean: number, deviation: number): Demand {
  requireBetween('normalDemand', 'mean', mean, -1e12, 1e12);
  requireBetween('normalDemand', 'deviation', deviation, Number.MIN_VALUE, 1e12);
  const standard = (x: number) => (x - mean) / deviation;
  return {
    name: `normal(${mean}, ${deviation})`,
    mean,
    deviation,
    cumulative: (x) => normalCumulative(standard(x)),
    quantile: (probability) => mean + deviation * normalQuantile(probability),
    shortage: (x) => {
      const z = standard(x);
      return deviation * (normalDensity(z) - z * normalCumulative(-z));
    },
    sample: (rng) => mean + deviation * rng.normal(),
    over: (periods) => {
      requirePositiveInteger('over', 'periods', periods);
      if (Math.abs(mean) * periods >= 1e12) refuse('over', 'periods', 'leave a mean below 1e12', periods);
      return normalDemand(mean * periods, deviation * Math.sqrt(periods));
    },
  };
}
