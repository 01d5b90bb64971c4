import type { Estimate } from '../../statistics/estimate.js';
import { mean, standardError } from '../../statistics/moments.js';
import { normalQuantile } from '../../statistics/normal.js';

/** An estimate with its standard error. */
export interface ValueEstimate extends Required<Estimate> {
  /** Its standard error. */
  readonly standardError: number;
}

/** The mean of independent values. */
export function estimateMean(values: Float64Array, confidence: number): ValueEstimate {
  return withInterval(mean(values), standardError(values), confidence);
}

/** The ratio of two sums of independent pairs; its error by the delta method. */
export function estimateRatio(numerators: Float64Array, denominators: Float64Array, confidence: number): ValueEstimate {
  const total = sumOf(denominators);
  const ratio = sumOf(numerators) / total;
  const squares = numerators.reduce((sum, each, index) => sum + (each - ratio * denominators[index]!) ** 2, 0);
  const count = numerators.length;
  return withInterval(ratio, Math.sqrt((squares * count) / (count - 1)) / total, confidence);
}

function withInterval(value: number, error: number, confidence: number): ValueEstimate {
  // A confidence that rounds to 1 has no quantile.
  const half = error === 0 ? 0 : normalQuantile((1 + confidence) / 2) * error;
  return { value, standardError: error, interval: [value - half, value + half] };
}

function sumOf(values: Float64Array): number {
  return values.reduce((sum, each) => sum + each, 0);
}
