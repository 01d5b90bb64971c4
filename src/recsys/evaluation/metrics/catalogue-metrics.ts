import type { Interactions } from '../../../data/interactions.js';
import { distinctPairs } from '../../kinds/distinct-pairs.js';
import { groupByItem, type ItemRows } from '../../kinds/group-by-item.js';
import { createPairCounts } from './pair-counts.js';

/** Up to this length lists are compared pair by pair; of longer ones the pairs are too many. */
const longestInPairs = 20;

/**
 * Makes the function that computes the diversity of a list. The same few items are in many of the short lists, and how many users
 * have both of two items is counted once.
 */
export function createDiversity(train: Interactions): (list: Int32Array, length: number) => number {
  const rows = groupByItem(distinctPairs(train));
  const [byPairs, bySums] = [likenessByPairs(rows, train.users.size), likenessBySums(rows, train.users.size)];
  return (list, length) => {
    if (length < 2) return 0;
    const likeness = length > longestInPairs ? bySums : byPairs;
    return 1 - likeness(list, length) / (length * (length - 1));
  };
}

/** Sums the similarities of a list's items, each with each other one. */
type Likeness = (list: Int32Array, length: number) => number;

function likenessByPairs(rows: ItemRows, users: number): Likeness {
  const { offsets } = rows;
  const usersOfBoth = createPairCounts(rows, users);
  return (list, length) => {
    let sum = 0;
    for (let place = 1; place < length; place += 1) {
      const item = list[place]!;
      for (let before = 0; before < place; before += 1) {
        const other = list[before]!;
        const both = usersOfBoth(item, other);
        if (both === 0) continue;
        sum += both / Math.sqrt((offsets[item + 1]! - offsets[item]!) * (offsets[other + 1]! - offsets[other]!));
      }
    }
    return 2 * sum;
  };
}

/**
 * The same at the price of the items' users, not of the pairs: with v_i the 0-1 vector of an item's users, of length 1, the sum of
 * all similarities v_i . v_j is |sum of v_i|^2.
 */
function likenessBySums({ offsets, userIndices }: ItemRows, users: number): Likeness {
  const sums = new Float64Array(users);
  return (list, length) => {
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
    return whole - self;
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
