import type { Interactions } from '../../../data/interactions.js';
import { groupByItem } from '../../baselines/group-by-item.js';

/** Makes the function that computes the novelty of a list: the mean self-information of its items, in bits. */
export function createNovelty(train: Interactions): (list: Int32Array, length: number) => number {
  const { offsets, userIndices } = groupByItem(train);
  const activeUsers = countDistinct(train.userIndices, 0, train.length);
  const information = Float64Array.from({ length: train.items.size }, (_, item) => {
    const owners = countDistinct(userIndices, offsets[item]!, offsets[item + 1]!);
    return -Math.log2(Math.max(1, owners) / activeUsers);
  });
  return (list, length) => {
    let sum = 0;
    for (let place = 0; place < length; place += 1) sum += information[list[place]!]!;
    return sum / length;
  };
}

// Rows are grouped by user, so equal users are neighbours.
function countDistinct(users: Int32Array, begin: number, end: number): number {
  let count = 0;
  for (let at = begin; at < end; at += 1) if (at === begin || users[at] !== users[at - 1]) count += 1;
  return count;
}
