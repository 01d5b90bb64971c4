import { createInteractions } from '../../data/interactions/create-interactions.js';
import type { Interactions } from '../../data/interactions.js';
import type { SafetensorInput } from '../../data/safetensors/encode-safetensors.js';
import type { SafetensorsFile } from '../../data/safetensors/parse-safetensors.js';
import type { Vocabulary } from '../../data/vocabulary.js';
import { refuseFile, tensorOf } from './reader.js';

/** Interactions as tensors of a file. */
export function interactionTensors(seen: Interactions): Record<string, SafetensorInput> {
  const { length, offsets, itemIndices, weights, times, orders } = seen;
  return {
    'seen/offsets': { shape: [offsets.length], values: offsets },
    'seen/items': { shape: [length], values: itemIndices },
    'seen/weights': { shape: [length], values: weights },
    ...(times && { 'seen/times': { shape: [length], values: times } }),
    ...(orders && { 'seen/orders': { shape: [length], values: orders } }),
  };
}

/** What a file says of interactions. */
export function describeInteractions({ length, times, orders }: Interactions): object {
  return { length, hasTimes: times !== undefined, hasOrders: orders !== undefined };
}

/** Reads them back. */
export function readInteractions(
  file: SafetensorsFile,
  users: Vocabulary,
  items: Vocabulary,
  { length, hasTimes, hasOrders }: { readonly length: number; readonly hasTimes: boolean; readonly hasOrders: boolean },
): Interactions {
  const offsets = tensorOf(file, 'seen/offsets', Uint32Array, [users.size + 1]);
  const isRising = offsets.every((offset, user) => user === 0 || offset >= offsets[user - 1]!);
  if (offsets[0] !== 0 || offsets.at(-1) !== length || !isRising) {
    refuseFile(`hold offsets of users that rise from 0 to ${length}`, offsets.at(-1));
  }
  const userIndices = new Int32Array(length);
  for (let user = 0; user < users.size; user += 1) userIndices.fill(user, offsets[user], offsets[user + 1]);
  return createInteractions({
    users,
    items,
    userIndices,
    itemIndices: tensorOf(file, 'seen/items', Int32Array, [length]),
    weights: tensorOf(file, 'seen/weights', Float32Array, [length]),
    ...(hasTimes && { times: tensorOf(file, 'seen/times', Float64Array, [length]) }),
    ...(hasOrders && { orders: tensorOf(file, 'seen/orders', Int32Array, [length]) }),
  });
}
