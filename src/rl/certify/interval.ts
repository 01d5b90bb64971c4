/** A mean with its 95% confidence interval. */
export interface Interval {
  /** The mean. */
  readonly mean: number;
  /** Lower end; equal to the mean where it is exact. */
  readonly lower: number;
  /** Upper end. */
  readonly upper: number;
}

/** Mean of independent numbers with Student's 95% interval; a single number has an infinite one. */
export function intervalOf(numbers: readonly number[]): Interval {
  const count = numbers.length;
  const mean = numbers.reduce((sum, each) => sum + each, 0) / count;
  const squares = numbers.reduce((sum, each) => sum + (each - mean) ** 2, 0);
  const reach =
    count > 1 ? studentQuantile(count - 1) * Math.sqrt(squares / (count - 1) / count) : Number.POSITIVE_INFINITY;
  return { mean, lower: mean - reach, upper: mean + reach };
}

/** The same number at both ends. */
export function exactly(mean: number): Interval {
  return { mean, lower: mean, upper: mean };
}

// Fisher's expansion of the 97.5% point about the normal one: within 1% from 3 degrees of freedom on; tabled below.
function studentQuantile(freedom: number): number {
  if (freedom === 1) return 12.7062;
  if (freedom === 2) return 4.3027;
  const z = 1.959963985;
  const first = (z ** 3 + z) / 4;
  const second = (5 * z ** 5 + 16 * z ** 3 + 3 * z) / 96;
  const third = (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / 384;
  return z + first / freedom + second / freedom ** 2 + third / freedom ** 3;
}
