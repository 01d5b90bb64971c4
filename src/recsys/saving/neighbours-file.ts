import type { Interactions } from '../../data/interactions.js';
import type { SafetensorsFile } from '../../data/safetensors/decode-safetensors.js';
import type { SafetensorInput } from '../../data/safetensors/encode-safetensors.js';
import { neighbourRecommender } from '../baselines/item-item.js';
import type { ItemNeighbours, Recommender } from '../recommender.js';
import { type Reader, refuseFile, requireIndicesBelow, requireOffsets, tensorOf } from './reader.js';

/** Neighbours of items for a file. */
export function describeNeighbours({ offsets, items, similarities }: ItemNeighbours): {
  readonly description: object;
  readonly tensors: Record<string, SafetensorInput>;
} {
  const { length } = items;
  return {
    description: { length },
    tensors: {
      'neighbours/offsets': { shape: [offsets.length], values: offsets },
      'neighbours/items': { shape: [length], values: items },
      'neighbours/similarities': { shape: [length], values: similarities },
    },
  };
}

/** Reads a recommender of neighbours. Nothing is counted again: that could take hours where a file asks for it. */
export function readNeighbours(
  file: SafetensorsFile,
  part: Reader,
  { name, seen }: { readonly name: string; readonly seen?: Interactions },
): Recommender {
  if (!seen) refuseFile('hold what was seen, beside neighbours', seen);
  const length = part.whole('length', 0, 2 ** 32 - 1);
  const { size } = seen.items;
  const items = tensorOf(file, 'neighbours/items', Int32Array, [length]);
  const similarities = tensorOf(file, 'neighbours/similarities', Float32Array, [length]);
  const offsets = tensorOf(file, 'neighbours/offsets', Uint32Array, [size + 1]);
  requireOffsets('neighbours/offsets', offsets, length);
  requireIndicesBelow('neighbours/items', items, size);
  return neighbourRecommender(name, seen, { offsets, items, similarities });
}
