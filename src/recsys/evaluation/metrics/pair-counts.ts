import type { ItemRows } from '../../kinds/group-by-item.js';

/** Pairs that are remembered, each at one place: of two that would stand at the same place the last one does. */
const places = 2 ** 18;

/** Makes the function that counts the users who have both of two items, whose rows name each user once. */
export function createPairCounts(
  { offsets, userIndices }: ItemRows,
  users: number,
): (item: number, other: number) => number {
  const items = offsets.length - 1;
  const pairs = new Float64Array(places);
  const counts = new Uint32Array(places);
  const marks = new Uint32Array(users);
  let [round, marked] = [0, -1];

  const mark = (item: number) => {
    [round, marked] = [round + 1, item];
    for (let at = offsets[item]!; at < offsets[item + 1]!; at += 1) marks[userIndices[at]!] = round;
  };
  const countMarked = (item: number) => {
    let count = 0;
    for (let at = offsets[item]!; at < offsets[item + 1]!; at += 1) if (marks[userIndices[at]!] === round) count += 1;
    return count;
  };

  return (item, other) => {
    const [low, high] = item < other ? [item, other] : [other, item];
    // Never 0, which stands at an empty place.
    const pair = 1 + low * items + high;
    const place = (Math.imul(low, 0x9e3779b1) ^ Math.imul(high, 0x85ebca6b)) >>> 14;
    if (pairs[place] !== pair) {
      if (marked !== item) mark(item);
      [pairs[place], counts[place]] = [pair, countMarked(other)];
    }
    return counts[place]!;
  };
}
