import { createVocabulary, type Vocabulary } from '../vocabulary.js';

/** A part of a vocabulary, and the new index of each old one; -1 for those that are not in it. */
export interface VocabularyPart {
  readonly vocabulary: Vocabulary;
  readonly indices: Int32Array;
}

/** The ids whose indices are `used`, in their order; the index for unknown ids stays, as the last. */
export function usedPart(vocabulary: Vocabulary, used: ArrayLike<number>): VocabularyPart {
  const { size, unknownIndex } = vocabulary;
  const hasUnknown = unknownIndex >= 0;
  const isUsed = new Uint8Array(size);
  for (let place = 0; place < used.length; place += 1) isUsed[used[place]!] = 1;
  const indices = new Int32Array(size).fill(-1);
  const ids: string[] = [];
  for (let index = 0; index < size; index += 1) {
    if (isUsed[index] === 0 || index === unknownIndex) continue;
    indices[index] = ids.length;
    ids.push(vocabulary.idAt(index)!);
  }
  if (hasUnknown) indices[unknownIndex] = ids.length;
  return { vocabulary: createVocabulary(ids, { hasUnknown }), indices };
}

/** The index in `target` of each id of `source`; -1 for those that it does not know. */
export function indicesIn(target: Vocabulary, source: Vocabulary): Int32Array {
  return Int32Array.from({ length: source.size }, (_, index) => {
    const id = source.idAt(index);
    return id === undefined ? target.unknownIndex : target.indexOf(id);
  });
}
