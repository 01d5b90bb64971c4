import { gather, rowsIn } from '../interactions/gather.js';
import type { Interactions } from '../interactions.js';

/** The rows that stand in part `part`, in their order, with the vocabularies of the whole. */
export function selectRows(interactions: Interactions, parts: Uint8Array, part: number): Interactions {
  const { users, items, userIndices, itemIndices, weights, times, orders } = interactions;
  const rows = rowsIn(parts, part);
  const length = rows.length;
  return {
    users,
    items,
    length,
    offsets: offsetsIn(interactions.offsets, parts, part),
    userIndices: gather(new Int32Array(length), userIndices, rows),
    itemIndices: gather(new Int32Array(length), itemIndices, rows),
    weights: gather(new Float32Array(length), weights, rows),
    ...(times && { times: gather(new Float64Array(length), times, rows) }),
    ...(orders && { orders: gather(new Int32Array(length), orders, rows) }),
  };
}

function offsetsIn(offsets: Uint32Array, parts: Uint8Array, part: number): Uint32Array {
  const kept = new Uint32Array(offsets.length);
  let count = 0;
  for (let group = 0; group + 1 < offsets.length; group += 1) {
    for (let row = offsets[group]!; row < offsets[group + 1]!; row += 1) count += parts[row] === part ? 1 : 0;
    kept[group + 1] = count;
  }
  return kept;
}
