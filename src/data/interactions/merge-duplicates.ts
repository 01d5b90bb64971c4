import type { GroupedRows } from './group-rows.js';

/** What can be done with rows that repeat a pair. */
export const duplicatePolicies = ['keep', 'first', 'last', 'sum'] as const;

/** Leaves one row for each item within a group, the first or the last of them. */
export function mergeDuplicates(
  { order, offsets }: GroupedRows,
  items: ArrayLike<number>,
  itemCount: number,
  which: 'first' | 'last',
): GroupedRows {
  const isKept =
    which === 'first' ? markFirst(order, offsets, items, itemCount) : markLast(order, offsets, items, itemCount);
  const newOffsets = new Uint32Array(offsets.length);
  const kept = new Uint32Array(order.length);
  let count = 0;
  for (let group = 0; group + 1 < offsets.length; group += 1) {
    for (let place = offsets[group]!; place < offsets[group + 1]!; place += 1) {
      if (isKept[place] === 0) continue;
      kept[count] = order[place]!;
      count += 1;
    }
    newOffsets[group + 1] = count;
  }
  return { order: kept.slice(0, count), offsets: newOffsets };
}

/** `[N]`, for the rows of `merged`: the weights of all rows of the same group and item in `grouped`, added up; 1 each where missing. */
export function sumWeights(
  grouped: GroupedRows,
  merged: GroupedRows,
  items: ArrayLike<number>,
  itemCount: number,
  weights?: ArrayLike<number>,
): Float32Array {
  const sums = new Float64Array(merged.order.length);
  const places = new Uint32Array(itemCount);
  for (let group = 0; group + 1 < grouped.offsets.length; group += 1) {
    for (let place = merged.offsets[group]!; place < merged.offsets[group + 1]!; place += 1) {
      places[items[merged.order[place]!]!] = place;
    }
    for (let place = grouped.offsets[group]!; place < grouped.offsets[group + 1]!; place += 1) {
      const row = grouped.order[place]!;
      sums[places[items[row]!]!]! += weights ? weights[row]! : 1;
    }
  }
  return new Float32Array(sums);
}

function markFirst(order: Uint32Array, offsets: Uint32Array, items: ArrayLike<number>, itemCount: number): Uint8Array {
  const isFirst = new Uint8Array(order.length);
  const seenBy = new Int32Array(itemCount).fill(-1);
  for (let group = 0; group + 1 < offsets.length; group += 1) {
    for (let place = offsets[group]!; place < offsets[group + 1]!; place += 1) {
      const item = items[order[place]!]!;
      if (seenBy[item] !== group) isFirst[place] = 1;
      seenBy[item] = group;
    }
  }
  return isFirst;
}

function markLast(order: Uint32Array, offsets: Uint32Array, items: ArrayLike<number>, itemCount: number): Uint8Array {
  const isLast = new Uint8Array(order.length);
  const seenBy = new Int32Array(itemCount).fill(-1);
  for (let group = 0; group + 1 < offsets.length; group += 1) {
    for (let place = offsets[group + 1]! - 1; place >= offsets[group]!; place -= 1) {
      const item = items[order[place]!]!;
      if (seenBy[item] !== group) isLast[place] = 1;
      seenBy[item] = group;
    }
  }
  return isLast;
}
