/** Mean; NaN of nothing. */
export function mean(values: ArrayLike<number>): number {
  let total = 0;
  for (let index = 0; index < values.length; index += 1) total += values[index]!;
  return total / values.length;
}

/** Variance of a population from a sample: squares about the mean over one less than their number; 0 of one number. */
export function variance(values: ArrayLike<number>): number {
  const centre = mean(values);
  let squares = 0;
  for (let index = 0; index < values.length; index += 1) squares += (values[index]! - centre) ** 2;
  return squares / Math.max(1, values.length - 1);
}

/** Standard error of the mean of independent numbers. */
export function standardError(values: ArrayLike<number>): number {
  return Math.sqrt(variance(values) / values.length);
}

/** The middle number, or the mean of the two in the middle; NaN of nothing. */
export function median(values: ArrayLike<number>): number {
  const sorted = Float64Array.from(values).sort();
  return (sorted[(sorted.length - 1) >> 1]! + sorted[sorted.length >> 1]!) / 2;
}
