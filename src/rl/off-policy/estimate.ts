import { normalQuantile } from '../demand/normal-distribution.js';

/** An estimate with its interval. */
export interface ValueEstimate {
  /** The estimate. */
  readonly value: number;
  /** Its standard error. */
  readonly standardError: number;
  /** Lower end of the interval. */
  readonly low: number;
  /** Upper end of the interval. */
  readonly high: number;
}

/** The mean of independent values. */
export function estimate(values: Float64Array, confidence: number): ValueEstimate {
  const count = values.length;
  const mean = sumOf(values) / count;
  const squares = values.reduce((sum, each) => sum + (each - mean) ** 2, 0);
  return withInterval(mean, Math.sqrt(squares / (count - 1) / count), confidence);
}

/** The ratio of two sums of independent pairs; its error by the delta method. */
export function estimateOfRatio(
  numerators: Float64Array,
  denominators: Float64Array,
  confidence: number,
): ValueEstimate {
  const total = sumOf(denominators);
  const ratio = sumOf(numerators) / total;
  const squares = numerators.reduce((sum, each, index) => sum + (each - ratio * denominators[index]!) ** 2, 0);
  const count = numerators.length;
  return withInterval(ratio, Math.sqrt((squares * count) / (count - 1)) / total, confidence);
}

function withInterval(value: number, standardError: number, confidence: number): ValueEstimate {
  // A confidence that rounds to 1 has no quantile.
  const half = standardError === 0 ? 0 : normalQuantile((1 + confidence) / 2) * standardError;
  return { value, standardError, low: value - half, high: value + half };
}

function sumOf(values: Float64Array): number {
  return values.reduce((sum, each) => sum + each, 0);
}
