import { refuse, requireBetween } from '../../internal/require.js';
import { normalCumulative, normalQuantile } from '../../statistics/normal.js';
import type { Demand } from './demand.js';

/**
 * Lognormal demand: its logarithm is normal. Right for products whose good periods are many times their usual ones.
 *
 * @param logMean - Mean of the logarithm.
 * @param logDeviation - Standard deviation of the logarithm, > 0.
 * @returns The distribution. The sum of several periods is not lognormal, so `over` takes 1 alone.
 * @throws RangeError when an argument is out of range.
 * @example
 * lognormalDemand(6, 0.3).quantile(0.5); // 403.43
 */
export function lognormalDemand(logMean: number, logDeviation: number): Demand {
  requireBetween('lognormalDemand', 'logMean', logMean, -500, 500);
  requireBetween('lognormalDemand', 'logDeviation', logDeviation, Number.MIN_VALUE, 20);
  const variance = logDeviation ** 2;
  const mean = Math.exp(logMean + variance / 2);
  const standard = (x: number) => (Math.log(x) - logMean) / logDeviation;
  const demand: Demand = {
    name: `lognormal(${logMean}, ${logDeviation})`,
    mean,
    deviation: mean * Math.sqrt(Math.expm1(variance)),
    cumulative: (x) => (x <= 0 ? 0 : normalCumulative(standard(x))),
    quantile: (probability) => Math.exp(logMean + logDeviation * normalQuantile(probability)),
    shortage: (x) => {
      if (x <= 0) return mean - x;
      const z = standard(x);
      return mean * normalCumulative(logDeviation - z) - x * normalCumulative(-z);
    },
    sample: (rng) => Math.exp(logMean + logDeviation * rng.normal()),
    over: (periods) => {
      if (periods !== 1) refuse('over', 'periods', 'be 1 for lognormal demand, whose sums are not lognormal', periods);
      return demand;
    },
  };
  return demand;
}
