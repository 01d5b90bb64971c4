import type { Interactions } from '../../../data/interactions.js';
import { isKnownIndex } from '../../../data/known-indices.js';
import type { Vocabulary } from '../../../data/vocabulary.js';
import type { Sequences } from '../../../nn/sequences/pack-sequences.js';

/** The known items among some, in their order. */
export function knownItems(vocabulary: Vocabulary, items: Int32Array): Int32Array {
  if (vocabulary.unknownIndex < 0) return items;
  return items.filter((item) => isKnownIndex(vocabulary, item));
}

/** The known items of a user's rows, oldest first. */
export function historyOf({ items, itemIndices, offsets }: Interactions, user: number): Int32Array {
  return knownItems(items, itemIndices.subarray(offsets[user]!, offsets[user + 1]!));
}

/** Puts histories one behind the other. */
export function joinHistories(histories: readonly Int32Array[]): Sequences {
  const offsets = new Uint32Array(histories.length + 1);
  histories.forEach((history, place) => {
    offsets[place + 1] = offsets[place]! + history.length;
  });
  const items = new Int32Array(offsets.at(-1)!);
  histories.forEach((history, place) => {
    items.set(history, offsets[place]!);
  });
  return { offsets, items };
}
