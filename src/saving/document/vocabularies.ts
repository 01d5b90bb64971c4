import { restoreVocabularyInPieces, type Vocabulary, type VocabularyState } from '../../data/vocabulary.js';
import { refuseFile } from '../../internal/file-fault.js';
import type { Pieces } from '../../internal/pieces.js';
import type { Reader } from './reader.js';

/** Collects vocabularies, each once, and gives their places. */
export interface VocabularyList {
  place(vocabulary: Vocabulary): number;
  states(): VocabularyState[];
}

export function createVocabularyList(): VocabularyList {
  const list: Vocabulary[] = [];
  return {
    place: (vocabulary) => {
      const found = list.indexOf(vocabulary);
      return found < 0 ? list.push(vocabulary) - 1 : found;
    },
    states: () => list.map((vocabulary) => vocabulary.toJSON()),
  };
}

/** Makes the vocabularies of a file. */
export function* readVocabularies(description: Reader): Pieces<readonly Vocabulary[]> {
  const list: Vocabulary[] = [];
  for (const state of description.parts('vocabularies')) {
    const [ids, hasUnknown] = [state.texts('ids'), state.flag('hasUnknown')];
    const unknownIndex = state.has('unknownIndex') ? state.whole('unknownIndex', 0, ids.length) : undefined;
    const described = { ids, hasUnknown, ...(unknownIndex !== undefined && { unknownIndex }) };
    const vocabulary = yield* restoreVocabularyInPieces(described);
    if (vocabulary.size === 0) refuseFile('hold vocabularies of at least one id', 'none');
    list.push(vocabulary);
  }
  return list;
}

/** One of the vocabularies, by its place in a part of the description. */
export function vocabularyAt(vocabularies: readonly Vocabulary[], part: Reader, name: string): Vocabulary {
  return vocabularies[part.whole(name, 0, vocabularies.length - 1)]!;
}
