import { refuse } from '../../../internal/require.js';
import { mostIds, textOf, type Vocabulary } from '../../vocabulary.js';
import { copyText } from '../row-tally.js';

/** A vocabulary that numbers ids as they come. */
export interface GrowingVocabulary extends Vocabulary {
  /** The index of an id, a new one if it was not there. */
  add(id: string): number;
}

/** Begins without an id. */
export function createGrowingVocabulary(where: string): GrowingVocabulary {
  const indices = new Map<string, number>();
  const list: string[] = [];
  return {
    get size() {
      return list.length;
    },
    unknownIndex: -1,
    indexOf: (id) => indices.get(textOf('indexOf', id)) ?? -1,
    has: (id) => indices.has(textOf('has', id)),
    idAt: (index) => list[index],
    toJSON: () => ({ ids: [...list], hasUnknown: false }),
    add(id) {
      const known = indices.get(id);
      if (known !== undefined) return known;
      if (list.length === mostIds) refuse(where, 'ids', `be at most ${mostIds} different ones`, id);
      const copy = copyText(id);
      list.push(copy);
      indices.set(copy, list.length - 1);
      return list.length - 1;
    },
  };
}
