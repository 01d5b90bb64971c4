import type { Interactions } from '../../../data/interactions.js';
import { refuseFile } from '../../../internal/file-fault.js';
import { createReader, requireIndicesBelow, requireOffsets, tensorOf } from '../../../saving/document/reader.js';
import type { RecommenderState, SavedRecommender } from '../../recommender.js';
import type { ItemNeighbours } from './item-neighbours.js';

/** Lists of items as a file holds them. */
export function stateOfItemLists({ offsets, items, similarities }: ItemNeighbours): Omit<RecommenderState, 'kind'> {
  const { length } = items;
  return {
    settings: { length },
    tensors: {
      offsets: { shape: [offsets.length], values: offsets },
      items: { shape: [length], values: items },
      similarities: { shape: [length], values: similarities },
    },
  };
}

/** Reads them, and what was seen, beside which they stand. */
export function readItemLists(
  saved: SavedRecommender,
  what: string,
): { readonly seen: Interactions; readonly lists: ItemNeighbours } {
  const { seen, settings } = saved;
  if (!seen) refuseFile(`hold what was seen, beside ${what}`, seen);
  const length = createReader(settings, 'settings').whole('length', 0, 2 ** 32 - 1);
  const { size } = seen.items;
  const items = tensorOf(saved, 'items', Int32Array, [length]);
  const similarities = tensorOf(saved, 'similarities', Float32Array, [length]);
  const offsets = tensorOf(saved, 'offsets', Uint32Array, [size + 1]);
  requireOffsets(`${what}/offsets`, offsets, length);
  requireIndicesBelow(`${what}/items`, items, size);
  return { seen, lists: { offsets, items, similarities } };
}
