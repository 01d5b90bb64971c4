import type { Interactions } from '../../data/interactions.js';
import { distinctPairs } from '../kinds/distinct-pairs.js';
import { groupByItem } from '../kinds/group-by-item.js';

/**
 * Makes the function that computes the diversity of a list. With v_i the 0-1 vector of an item's users, of length 1, the
 * sum of all similarities v_i . v_j is |sum of v_i|^2, so a list costs as much as its items have users, not the square.
 */
export function createDiversity(train: Interactions): (list: Int32Array, length: number) => number {
  const { offsets, userIndices } = groupByItem(distinctPairs(train));
  const sums = new Float64Array(train.users.size);
  return (list, length) => {
    if (length < 2) return 0;
    let [whole, self] = [0, 0];
    for (let place = 0; place < length; place += 1) {
      const [begin, end] = [offsets[list[place]!]!, offsets[list[place]! + 1]!];
      const share = 1 / Math.sqrt(end - begin);
      if (end > begin) self += 1;
      for (let at = begin; at < end; at += 1) {
        const user = userIndices[at]!;
        // |s + v|^2 - |s|^2 = v (2 s + v), component by component.
        const sum = sums[user]!;
        whole += share * (2 * sum + share);
        sums[user] = sum + share;
      }
    }
    for (let place = 0; place < length; place += 1) {
      for (let at = offsets[list[place]!]!; at < offsets[list[place]! + 1]!; at += 1) sums[userIndices[at]!] = 0;
    }
    return 1 - (whole - self) / (length * (length - 1));
  };
}

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
