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
export function groupByItem({ items, itemIndices, userIndices, length }: Omit<Pairs, 'offsets'>): ItemRows {
  const offsets = new Uint32Array(items.size + 1);
  for (let row = 0; row < length; row += 1) offsets[itemIndices[row]! + 1]! += 1;
  for (let item = 0; item < items.size; item += 1) offsets[item + 1]! += offsets[item]!;
  const next = offsets.slice(0, -1);
  const grouped = { offsets, userIndices: new Int32Array(length), rows: new Uint32Array(length) };
  for (let row = 0; row < length; row += 1) {
    const item = itemIndices[row]!;
    const place = next[item]!;
    next[item] = place + 1;
    grouped.userIndices[place] = userIndices[row]!;
    grouped.rows[place] = row;
  }
  return grouped;
}
