/** |a - b| / |b| in the L2 norm; infinite when a value is not a number or the lengths differ. */
export function relativeDifference(actual: ArrayLike<number>, reference: ArrayLike<number>): number {
  if (actual.length !== reference.length) return Number.POSITIVE_INFINITY;
  let difference = 0;
  let size = 0;
  for (let index = 0; index < reference.length; index += 1) {
    difference += (actual[index]! - reference[index]!) ** 2;
    size += reference[index]! ** 2;
  }
  if (difference === 0) return 0;
  const relative = Math.sqrt(difference / size);
  return Number.isNaN(relative) ? Number.POSITIVE_INFINITY : relative;
}
