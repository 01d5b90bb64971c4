/**
 * Where a weight ends to be of use. A float32 goes on to 3.4e38, but a product of two numbers beyond this, or of one with a
 * few thousand inputs, does not: a network of such weights gives infinity, and no loss may ever show it.
 */
export const largestWeight = 1e30;

/** Place of the first number that is NaN, infinite, or beyond {@link largestWeight} in size, or -1. */
export function findNonFinite(values: ArrayLike<number>): number {
  // The largest size is quicker to find than the first place; NaN stays NaN.
  let largest = 0;
  for (let at = 0; at < values.length; at += 1) largest = Math.max(largest, Math.abs(values[at]!));
  if (largest <= largestWeight) return -1;
  let place = 0;
  while (Math.abs(values[place]!) <= largestWeight) place += 1;
  return place;
}
