/** The place of the group that a number belongs to; `groups` has the first number of each, rising. */
export function groupOf(groups: readonly number[], value: number): number {
  return groups.findLastIndex((first) => first <= value);
}

/** Counts over their sum; as they are where there are none. */
export function shares(counts: Float64Array): Float64Array {
  const sum = counts.reduce((total, count) => total + count, 0);
  return sum === 0 ? counts : counts.map((count) => count / sum);
}

/** Half the sum of the differences of shares; 1 where only one of them has any. */
export function totalVariation(one: Float64Array, other: Float64Array): number {
  const [first, second] = [one, other].map((each) => each.some((share) => share > 0));
  if (first !== second) return 1;
  return one.reduce((sum, share, place) => sum + Math.abs(share - other[place]!), 0) / 2;
}
