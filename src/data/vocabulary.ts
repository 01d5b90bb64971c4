/** An id as an app has it. `17850` and `'17850'` are the same id. */
export type Id = string | number;

/** A vocabulary as plain JSON, for files. */
export interface VocabularyState {
  /** The ids, in the order of their indices. */
  readonly ids: readonly string[];
  /** Whether the last index stands for every id that is not in the list. */
  readonly hasUnknown: boolean;
}

/** Ids of one kind (users, items, countries …) and their indices 0 to `size - 1`, both ways. */
export interface Vocabulary {
  /** How many indices there are, the one for unknown ids included: the rows that an embedding table needs. */
  readonly size: number;
  /** The index that stands for every unknown id, or -1 when there is none. */
  readonly unknownIndex: number;
  /** The index of an id; for one that is not there `unknownIndex`. */
  indexOf(id: Id): number;
  /** Whether the id itself is there. */
  has(id: Id): boolean;
  /** The id at an index, as text; `undefined` at `unknownIndex` and outside. */
  idAt(index: number): string | undefined;
  /** The vocabulary as plain JSON: `createVocabulary(state.ids, …)` makes it again, with the same indices. */
  toJSON(): VocabularyState;
}

/** Options of {@link createVocabulary}. */
export interface VocabularyOptions {
  /** Whether one more index, the last, stands for all ids that are not in the list. Default `false`. */
  readonly hasUnknown?: boolean;
}

/**
 * Numbers ids in the order given; of an id that comes twice, the first place counts.
 *
 * @param ids - Any iterable of ids.
 * @returns A vocabulary that never changes.
 * @example
 * const countries = createVocabulary(['UK', 'France', 'UK'], { hasUnknown: true });
 * countries.size; // 3
 * countries.indexOf('France'); // 1
 * countries.indexOf('Peru'); // 2
 */
export function createVocabulary(ids: Iterable<Id>, options: VocabularyOptions = {}): Vocabulary {
  const { hasUnknown = false } = options;
  const indices = new Map<string, number>();
  for (const id of ids) {
    const text = String(id);
    if (!indices.has(text)) indices.set(text, indices.size);
  }
  const list = [...indices.keys()];
  const unknownIndex = hasUnknown ? list.length : -1;
  return {
    size: list.length + (hasUnknown ? 1 : 0),
    unknownIndex,
    indexOf: (id) => indices.get(String(id)) ?? unknownIndex,
    has: (id) => indices.has(String(id)),
    idAt: (index) => list[index],
    toJSON: () => ({ ids: [...list], hasUnknown }),
  };
}
