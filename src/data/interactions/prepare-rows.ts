import type { Vocabulary } from '../vocabulary.js';
import type { CollectedRows } from './collect-rows.js';
import type { DropTally } from './drop-tally.js';
import { gather, rowsIn } from './gather.js';
import { subtractReturns } from './subtract-returns.js';
import { indicesIn, usedPart } from './used-part.js';

/** Numbers users and items by the vocabularies that are given, and drops those that are not in them. */
export function dropUnknown(
  rows: CollectedRows,
  users: Vocabulary | undefined,
  items: Vocabulary | undefined,
  dropped: DropTally,
): CollectedRows {
  if (!users && !items) return rows;
  const userIndices = users ? mapped(rows.userIndices, indicesIn(users, rows.users)) : rows.userIndices;
  const itemIndices = items ? mapped(rows.itemIndices, indicesIn(items, rows.items)) : rows.itemIndices;
  const isKnown = new Uint8Array(userIndices.length);
  for (let row = 0; row < isKnown.length; row += 1) {
    const reason = userIndices[row]! < 0 ? 'unknownUser' : itemIndices[row]! < 0 ? 'unknownItem' : undefined;
    isKnown[row] = reason ? 0 : 1;
    // Returns were counted when they were taken.
    if (reason && rows.weights[row]! > 0) dropped[reason] += 1;
  }
  return select({ ...rows, userIndices, itemIndices, users: users ?? rows.users, items: items ?? rows.items }, isKnown);
}

/** Takes returns off earlier purchases, where there are returns. */
export function takeBack(rows: CollectedRows, dropped: DropTally): { rows: CollectedRows; unmatched: number } {
  if (rows.weights.every((weight) => weight > 0)) return { rows, unmatched: 0 };
  const { weights, unmatched } = subtractReturns(rows, rows.users.size, rows.items.size);
  const isLeft = Uint8Array.from(weights, (weight) => (weight > 0 ? 1 : 0));
  for (let row = 0; row < isLeft.length; row += 1) {
    if (isLeft[row] === 0 && rows.weights[row]! > 0) dropped.takenBack += 1;
  }
  return { rows: select({ ...rows, weights }, isLeft), unmatched };
}

/** Leaves users and items without rows out of the vocabularies, but for those that were given. */
export function renumber(rows: CollectedRows, users?: Vocabulary, items?: Vocabulary): CollectedRows {
  const userPart = users ? undefined : usedPart(rows.users, rows.userIndices);
  const itemPart = items ? undefined : usedPart(rows.items, rows.itemIndices);
  return {
    ...rows,
    ...(userPart && { users: userPart.vocabulary, userIndices: mapped(rows.userIndices, userPart.indices) }),
    ...(itemPart && { items: itemPart.vocabulary, itemIndices: mapped(rows.itemIndices, itemPart.indices) }),
  };
}

function mapped(indices: Int32Array, target: Int32Array): Int32Array {
  return gather(new Int32Array(indices.length), target, indices);
}

function select(rows: CollectedRows, isKept: Uint8Array): CollectedRows {
  const { userIndices, itemIndices, weights, times, orders } = rows;
  const places = rowsIn(isKept, 1);
  return {
    ...rows,
    userIndices: gather(new Int32Array(places.length), userIndices, places),
    itemIndices: gather(new Int32Array(places.length), itemIndices, places),
    weights: gather(new Float64Array(places.length), weights, places),
    ...(times && { times: gather(new Float64Array(places.length), times, places) }),
    ...(orders && { orders: gather(new Int32Array(places.length), orders, places) }),
  };
}
