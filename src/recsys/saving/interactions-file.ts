import { createInteractionsInPieces } from '../../data/interactions/create-interactions.js';
import type { Interactions } from '../../data/interactions.js';
import type { SafetensorInput } from '../../data/safetensors/encode-safetensors.js';
import type { Vocabulary } from '../../data/vocabulary.js';
import { refuseFile } from '../../internal/file-fault.js';
import { inGroups, type Pieces } from '../../internal/pieces.js';
import type { Document } from '../../saving/document/document.js';
import { requireIndicesBelow, requireOffsets, tensorOf } from '../../saving/document/reader.js';

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
export function* readInteractions(
  file: Document,
  users: Vocabulary,
  items: Vocabulary,
  { length, hasTimes, hasOrders }: { readonly length: number; readonly hasTimes: boolean; readonly hasOrders: boolean },
): Pieces<Interactions> {
  // The tensors first: only what they hold in bytes says how much memory there is to take.
  const itemIndices = tensorOf(file, 'seen/items', Int32Array, [length]);
  const weights = tensorOf(file, 'seen/weights', Float32Array, [length]);
  const offsets = tensorOf(file, 'seen/offsets', Uint32Array, [users.size + 1]);
  requireOffsets('seen/offsets', offsets, length);
  const userIndices = new Int32Array(length);
  yield* inGroups(offsets, (user) => userIndices.fill(user, offsets[user], offsets[user + 1]));
  const times = hasTimes ? tensorOf(file, 'seen/times', Float64Array, [length]) : undefined;
  const orders = hasOrders ? tensorOf(file, 'seen/orders', Int32Array, [length]) : undefined;
  requireIndicesBelow('seen/items', itemIndices, items.size);
  yield;
  if (weights.some((weight) => !(weight > 0))) refuseFile("hold weights above 0 in 'seen/weights'", 'one that is not');
  if (orders?.some((order) => order < -1)) refuseFile("hold numbers from -1 on in 'seen/orders'", 'one below');
  yield;
  return yield* createInteractionsInPieces({
    ...{ users, items, userIndices, itemIndices, weights },
    ...(times && { times }),
    ...(orders && { orders }),
  });
}
