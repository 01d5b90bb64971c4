import type { Vocabulary } from './vocabulary.js';

/** Whether an index is that of an id, not the one that stands for all unknown ids, nor outside. */
export function isKnownIndex({ size, unknownIndex }: Vocabulary, index: number): boolean {
  return index >= 0 && index < size && index !== unknownIndex;
}

/** How many indices are those of ids. */
export function countKnown({ size, unknownIndex }: Vocabulary): number {
  return unknownIndex < 0 ? size : size - 1;
}

/**
 * The indices of ids, rising. The one for unknown ids may stand anywhere among them: it keeps its place when a vocabulary
 * grows.
 */
export function knownIndices(vocabulary: Vocabulary): Int32Array {
  const { unknownIndex } = vocabulary;
  return Int32Array.from({ length: countKnown(vocabulary) }, (_, place) =>
    unknownIndex >= 0 && place >= unknownIndex ? place + 1 : place,
  );
}
