import { refuse } from '../../internal/require.js';
import type { Interactions } from '../interactions.js';

/** Refuses what are no interactions, such as what a user's own program made or a mistaken argument. */
export function requireInteractions(where: string, name: string, rows: unknown): asserts rows is Interactions {
  const { offsets, itemIndices, users, items } = (rows ?? {}) as Partial<Interactions>;
  const isWhole = offsets instanceof Uint32Array && itemIndices instanceof Int32Array;
  if (!(isWhole && isVocabulary(users) && isVocabulary(items))) {
    refuse(where, name, 'be Interactions, such as createInteractions() makes', rows);
  }
}

/** Whether a value does what a vocabulary does. */
export function isVocabulary(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const given = value as Readonly<Record<string, unknown>>;
  return (
    Number.isSafeInteger(given.size) && ['indexOf', 'has', 'idAt'].every((name) => typeof given[name] === 'function')
  );
}
