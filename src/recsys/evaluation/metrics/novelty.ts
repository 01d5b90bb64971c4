import type { Interactions } from '../../../data/interactions.js';
import { distinctPairs } from '../../kinds/distinct-pairs.js';
import { groupByItem } from '../../kinds/group-by-item.js';

/** Makes the function that computes the novelty of a list: the mean self-information of its items, in bits. */
export function createNovelty(train: Interactions): (list: Int32Array, length: number) => number {
  const { offsets } = groupByItem(distinctPairs(train));
  const activeUsers = new Set(train.userIndices).size;
  const information = new Float64Array(train.items.size);
  for (let item = 0; item < information.length; item += 1) {
    const owners = offsets[item + 1]! - offsets[item]!;
    information[item] = Math.log2(activeUsers / Math.max(1, owners));
  }
  return (list, length) => {
    let sum = 0;
    for (let place = 0; place < length; place += 1) sum += information[list[place]!]!;
    return sum / length;
  };
}
