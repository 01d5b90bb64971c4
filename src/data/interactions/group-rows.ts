import { atOnce, inGroups, inStretches, type Pieces } from '../../internal/pieces.js';

/** Rows in their new order: those of group `g` are `order[offsets[g]]` to `order[offsets[g + 1] - 1]`. */
export interface GroupedRows {
  /** Row numbers of the source. */
  readonly order: Uint32Array;
  /** `[G + 1]`. */
  readonly offsets: Uint32Array;
}

/** Rows by group, oldest first within one; rows of equal time, or without times, keep their order. */
export function groupRows(groups: ArrayLike<number>, groupCount: number, times?: ArrayLike<number>): GroupedRows {
  return atOnce(groupRowsInPieces(groups, groupCount, times));
}

/** {@link groupRows} for work that lets the event loop turn. */
export function* groupRowsInPieces(
  groups: ArrayLike<number>,
  groupCount: number,
  times?: ArrayLike<number>,
): Pieces<GroupedRows> {
  const offsets = yield* countRows(groups, groupCount);
  const next = offsets.slice(0, groupCount);
  const order = new Uint32Array(groups.length);
  yield* inStretches(groups.length, (from, to) => {
    for (let row = from; row < to; row += 1) {
      const group = groups[row]!;
      order[next[group]!] = row;
      next[group]! += 1;
    }
  });
  if (times) yield* sortGroups(order, offsets, times);
  return { order, offsets };
}

// `[G + 1]`: where the rows of each group begin once they are grouped.
function* countRows(groups: ArrayLike<number>, groupCount: number): Pieces<Uint32Array> {
  const offsets = new Uint32Array(groupCount + 1);
  yield* inStretches(groups.length, (from, to) => {
    for (let row = from; row < to; row += 1) offsets[groups[row]! + 1]! += 1;
  });
  for (let group = 0; group < groupCount; group += 1) offsets[group + 1]! += offsets[group]!;
  return offsets;
}

function* sortGroups(order: Uint32Array, offsets: Uint32Array, times: ArrayLike<number>): Pieces<void> {
  yield* inGroups(offsets, (group) => {
    const rows = order.subarray(offsets[group]!, offsets[group + 1]!);
    // Order files mostly come sorted by time; the sort itself is stable.
    if (!isSorted(rows, times)) rows.sort((one, other) => times[one]! - times[other]!);
  });
}

function isSorted(rows: Uint32Array, times: ArrayLike<number>): boolean {
  for (let place = 1; place < rows.length; place += 1) {
    if (times[rows[place - 1]!]! > times[rows[place]!]!) return false;
  }
  return true;
}
