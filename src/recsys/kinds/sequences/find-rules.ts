import { createGrowingArray } from '../../../data/growing-array.js';
import { piecemeal } from '../../../internal/pieces.js';
import { groupByItemInPieces } from '../group-by-item.js';
import { createChooser } from '../items/choose-best.js';
import type { ItemNeighbours } from '../items/item-neighbours.js';
import type { UserEvents } from './user-events.js';

/** Rows looked at from one pause to the next. */
const rowsAtOnce = 2 ** 16;

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
  const choose = createChooser(Math.min(rules, size));
  const weights = new Float64Array(size);
  const met = new Int32Array(size);
  const items = createGrowingArray((length) => new Int32Array(length));
  const strengths = createGrowingArray((length) => new Float64Array(length));
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
    const chosen = choose(met.subarray(0, length), -1, (other) => weights[other]! / own);
    for (const other of chosen.items) items.push(other);
    for (const strength of chosen.scores) strengths.push(strength);
    offsets[item + 1] = offsets[item]! + chosen.items.length;
    for (let at = 0; at < length; at += 1) weights[met[at]!] = 0;
    looked += 64 + length;
  }
  return { offsets, items: items.take(), similarities: Float32Array.from(strengths.take()) };
}
