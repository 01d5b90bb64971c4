/**
 * How far two groupings of the same things agree, beyond chance: 1 for the same groups under any names, about 0 for groups that have
 * nothing to do with each other.
 *
 *     (index - expected) / (most - expected), of pairs that are together in both
 *
 * @param one - `[N]`: groups from 0 to below 2^20, as the other.
 * @see Hubert and Arabie, "Comparing Partitions" (1985)
 */
export function adjustedRand(one: Int32Array, other: Int32Array): number {
  const [both, first, second] = [0, 1, 2].map(() => new Map<number, number>()) as [Counts, Counts, Counts];
  for (let row = 0; row < one.length; row += 1) {
    const [left, right] = [one[row]!, other[row]!];
    const key = left * 2 ** 20 + right;
    both.set(key, (both.get(key) ?? 0) + 1);
    first.set(left, (first.get(left) ?? 0) + 1);
    second.set(right, (second.get(right) ?? 0) + 1);
  }
  const [together, ofOne, ofOther] = [both, first, second].map((counts) => {
    let sum = 0;
    for (const count of counts.values()) sum += pairs(count);
    return sum;
  });
  const expected = (ofOne! * ofOther!) / pairs(one.length);
  const most = (ofOne! + ofOther!) / 2;
  // One group each, or all apart in both: nothing can differ.
  return most === expected ? 1 : (together! - expected) / (most - expected);
}

type Counts = Map<number, number>;

function pairs(count: number): number {
  return (count * (count - 1)) / 2;
}
