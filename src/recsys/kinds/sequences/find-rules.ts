import { createGrowingArray } from '../../../data/growing-array.js';
import { piecemeal } from '../../../internal/pieces.js';
import { groupByItemInPieces } from '../group-by-item.js';
import type { ItemNeighbours } from '../items/item-neighbours.js';
import type { UserEvents } from './user-events.js';

/** Rows looked at from one pause to the next; what an item met is sorted besides. */
const rowsAtOnce = 2 ** 14;

/** How rules are found. */
export interface RuleSettings {
  /** How many events ahead a rule looks. */
  readonly steps: number;
  /** Most rules of an item. */
  readonly rules: number;
}

/** Finds, for every item, what came after it: each time counts one over how many events later it was, over the item's rows. */
export async function findRules(
  rows: UserEvents,
  { steps, rules }: RuleSettings,
  pause: () => Promise<void>,
): Promise<ItemNeighbours> {
  const { size } = rows.items;
  const { offsets: starts, rows: placesOf } = await piecemeal(groupByItemInPieces(rows), pause);
  const weights = new Float64Array(size);
  const met = new Int32Array(size);
  const items = createGrowingArray((length) => new Int32Array(length));
  const strengths = createGrowingArray((length) => new Float32Array(length));
  const offsets = new Uint32Array(size + 1);
  let looked = 0;
  for (let item = 0; item < size; item += 1) {
    let length = 0;
    for (let at = starts[item]!; at < starts[item + 1]!; at += 1) {
      const from = placesOf[at]!;
      const end = rows.offsets[rows.userIndices[from]! + 1]!;
      let row = from + 1;
      for (; row < end && rows.events[row]! - rows.events[from]! <= steps; row += 1) {
        const later = rows.events[row]! - rows.events[from]!;
        if (later === 0) continue;
        const other = rows.itemIndices[row]!;
        if (weights[other] === 0) met[length++] = other;
        weights[other]! += 1 / later;
      }
      looked += row - from;
      if (looked < rowsAtOnce) continue;
      looked = 0;
      await pause();
    }
    const own = starts[item + 1]! - starts[item]!;
    // An item follows itself where people buy again.
    const chosen = strongest(met.subarray(0, length).sort(), weights, rules);
    for (const other of chosen) {
      items.push(other);
      strengths.push(weights[other]! / own);
    }
    offsets[item + 1] = offsets[item]! + chosen.length;
    for (let at = 0; at < length; at += 1) weights[met[at]!] = 0;
    looked += 64 + length;
  }
  return { offsets, items: items.take(), similarities: strengths.take() };
}

// Those of the greatest weights, in the order of items; of equal ones the smaller index.
function strongest(met: Int32Array, weights: Float64Array, most: number): Int32Array {
  if (met.length <= most) return met;
  const rising = Float64Array.from(met, (item) => weights[item]!).sort();
  const least = rising[rising.length - most]!;
  let equal = most - (rising.length - 1 - rising.lastIndexOf(least));
  return met.filter((item) => weights[item]! > least || (weights[item] === least && equal-- > 0));
}
