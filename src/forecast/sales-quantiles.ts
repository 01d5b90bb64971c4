import { logNegativeBinomial } from '../statistics/negative-binomial.js';
import { normalQuantile } from '../statistics/normal.js';

/** Means beyond this are so many pieces that a normal distribution stands for counts. */
const manyPieces = 20_000;

/**
 * Quantiles of sales of a mean and a variance: of whole numbers by the negative binomial distribution, or by Poisson's where the
 * variance is not above the mean; of other numbers by the normal one, nothing below 0.
 *
 * @param probabilities - Rising, in (0, 1).
 */
export function salesQuantiles(
  { mean, variance, isWhole }: { readonly mean: number; readonly variance: number; readonly isWhole: boolean },
  probabilities: readonly number[],
): number[] {
  if (mean === 0) return probabilities.map(() => 0);
  if (isWhole && mean <= manyPieces) return countQuantiles(mean, variance, probabilities);
  const deviation = Math.sqrt(variance);
  const quantiles = probabilities.map((probability) => Math.max(0, mean + deviation * normalQuantile(probability)));
  return isWhole ? quantiles.map(Math.round) : quantiles;
}

/** Quantiles of one cell. */
export interface LearnedQuantiles {
  /** `[K]`: rising, in (0, 1). */
  readonly probabilities: readonly number[];
  /** `[K]`: rising. */
  readonly values: Float64Array;
}

/** A quantile between those that were learned; beyond the last by mean and variance, and no less than it. */
export function learnedQuantile(
  { probabilities, values }: LearnedQuantiles,
  moments: Parameters<typeof salesQuantiles>[0],
  probability: number,
): number {
  const above = probabilities.findIndex((each) => each >= probability);
  if (above < 0) return Math.max(values.at(-1)!, salesQuantiles(moments, [probability])[0]!);
  const [low, from] = above === 0 ? [0, 0] : [probabilities[above - 1]!, values[above - 1]!];
  return from + ((probability - low) / (probabilities[above]! - low)) * (values[above]! - from);
}

/** The shape of the negative binomial distribution of a mean and a variance; Infinity, Poisson's, where that is not above it. */
export function shapeOf(mean: number, variance: number): number {
  return variance > mean * (1 + 1e-9) ? mean ** 2 / (variance - mean) : Number.POSITIVE_INFINITY;
}

// The smallest count whose probability is reached, for each in one walk. It begins so far below the mean that next to nothing lies there.
function countQuantiles(mean: number, variance: number, probabilities: readonly number[]): number[] {
  const shape = shapeOf(mean, variance);
  const deviation = Math.sqrt(Math.max(mean, variance));
  let count = Math.max(0, Math.floor(mean - 12 * deviation));
  let chance = Math.exp(logNegativeBinomial(count, mean, shape));
  let below = chance;
  return probabilities.map((probability) => {
    while (below < probability - 1e-12) {
      chance *= ratioOf(count, mean, shape);
      count += 1;
      below += chance;
      // Rounding leaves the last few parts in 1e15 out: nothing more is to come.
      if (chance < 1e-300 && count > mean) break;
    }
    return count;
  });
}

// P(count + 1) / P(count).
function ratioOf(count: number, mean: number, shape: number): number {
  if (shape === Number.POSITIVE_INFINITY) return mean / (count + 1);
  return (mean / (mean + shape)) * ((shape + count) / (count + 1));
}
