/** Place of the first number that is NaN or infinite, or -1. */
export function findNonFinite(values: ArrayLike<number>): number {
  // Differences of a number with itself are 0, unless it is not finite; one sum is quicker to look at than all parts.
  let sum = 0;
  for (let at = 0; at < values.length; at += 1) sum += values[at]! - values[at]!;
  if (sum === 0) return -1;
  let place = 0;
  while (Number.isFinite(values[place])) place += 1;
  return place;
}
