import { refuse } from '../../internal/require.js';
import type { Interactions } from '../interactions.js';
import { isVocabulary } from '../vocabulary.js';

/** Refuses what are no interactions, such as what a user's own program made or a mistaken argument. */
export function requireInteractions(where: string, name: string, rows: unknown): asserts rows is Interactions {
  const { offsets, itemIndices, users, items } = (rows ?? {}) as Partial<Interactions>;
  const isWhole = offsets instanceof Uint32Array && itemIndices instanceof Int32Array;
  if (!(isWhole && isVocabulary(users) && isVocabulary(items))) {
    refuse(where, name, 'be Interactions, such as createInteractions() makes', rows);
  }
}
