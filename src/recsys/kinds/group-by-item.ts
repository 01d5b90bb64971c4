import { atOnce, inStretches, type Pieces } from '../../internal/pieces.js';
import type { Pairs } from './distinct-pairs.js';

/** The rows of interactions, grouped by item instead of by user; each item's rows keep their order. */
export interface ItemRows {
  /** `[I + 1]`: the rows of item `i` are `offsets[i]` to `offsets[i + 1] - 1`. */
  readonly offsets: Uint32Array;
  /** `[N]`: user index of each row. */
  readonly userIndices: Int32Array;
  /** `[N]`: which row of the interactions it is. */
  readonly rows: Uint32Array;
}

/** Sorts rows by item in time proportional to their number. */
export function groupByItem(pairs: Omit<Pairs, 'offsets'>): ItemRows {
  return atOnce(groupByItemInPieces(pairs));
}

/** {@link groupByItem} for work that lets the event loop turn. */
export function* groupByItemInPieces(pairs: Omit<Pairs, 'offsets'>): Pieces<ItemRows> {
  const { items, itemIndices, userIndices, length } = pairs;
  const offsets = new Uint32Array(items.size + 1);
  yield* inStretches(length, (from, to) => {
    for (let row = from; row < to; row += 1) offsets[itemIndices[row]! + 1]! += 1;
  });
  for (let item = 0; item < items.size; item += 1) offsets[item + 1]! += offsets[item]!;
  const next = offsets.slice(0, -1);
  const grouped = { offsets, userIndices: new Int32Array(length), rows: new Uint32Array(length) };
  yield* inStretches(length, (from, to) => {
    for (let row = from; row < to; row += 1) {
      const item = itemIndices[row]!;
      const place = next[item]!;
      next[item] = place + 1;
      grouped.userIndices[place] = userIndices[row]!;
      grouped.rows[place] = row;
    }
  });
  return grouped;
}
