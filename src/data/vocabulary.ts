import { requireOptions } from '../internal/options.js';
import { atOnce, inStretches, type Pieces } from '../internal/pieces.js';
import {
  isId,
  refuse,
  requireFlag,
  requireId,
  requireIds,
  requirePositiveInteger,
  requireTexts,
} from '../internal/require.js';

/** An id as an app has it. `17850` and `'17850'` are the same id. */
export type Id = string | number;

/** A vocabulary as plain JSON, for files. */
export interface VocabularyState {
  /** The ids, in the order of their indices. */
  readonly ids: readonly string[];
  /** Whether one index stands for every id that is not in the list. */
  readonly hasUnknown: boolean;
  /** That index, the last one by default; the ids after it come one index later than their place in the list. */
  readonly unknownIndex?: number;
}

/** Ids of one kind (users, items, countries …) and their indices 0 to `size - 1`, both ways. */
export interface Vocabulary {
  /** How many indices there are, the one for unknown ids included: the rows that an embedding table needs. */
  readonly size: number;
  /** The index that stands for every unknown id, or -1 when there is none. */
  readonly unknownIndex: number;
  /** The index of an id; for one that is not there `unknownIndex`. What is no id, such as `undefined`, is refused. */
  indexOf(id: Id): number;
  /** Whether the id itself is there. What is no id is refused. */
  has(id: Id): boolean;
  /** The id at an index, as text; `undefined` at `unknownIndex` and outside. */
  idAt(index: number): string | undefined;
  /** The vocabulary as plain JSON: {@link restoreVocabulary} makes it again, with the same indices. */
  toJSON(): VocabularyState;
}

/**
 * Numbers ids in the order given; of an id that comes twice, the first place counts.
 *
 * @param ids - Any iterable of ids.
 * @returns A vocabulary that never changes.
 * @throws RangeError when `minimumCount` is not a positive integer, `hasUnknown` no boolean, `ids` are no list, or one of them is no id:
 *   neither a text nor a finite number of at most 2^53 - 1.
 * @example
 * const countries = createVocabulary(['UK', 'France', 'UK'], { hasUnknown: true });
 * countries.size; // 3
 * countries.indexOf('France'); // 1
 * countries.indexOf('Peru'); // 2
 * createVocabulary(['UK', 'France', 'UK'], { minimumCount: 2 }).has('France'); // false
 */
export function createVocabulary(
  ids: Iterable<Id>,
  options: {
    /** Whether one more index, the last, stands for all ids that are not in the list. Default `false`. */
    readonly hasUnknown?: boolean;
    /** Ids that come fewer times than this are left out: with `hasUnknown` they count as unknown. Default 1. */
    readonly minimumCount?: number;
  } = {},
): Vocabulary {
  requireOptions('createVocabulary', options, { hasUnknown: true, minimumCount: true });
  const { hasUnknown = false, minimumCount = 1 } = options;
  requireFlag('createVocabulary', 'hasUnknown', hasUnknown);
  requireIds('createVocabulary', 'ids', ids);
  requirePositiveInteger('createVocabulary', 'minimumCount', minimumCount);
  const counts = new Map<string, number>();
  let place = 0;
  for (const id of ids) {
    if (!isId(id)) requireId('createVocabulary', `ids[${place}]`, id);
    place += 1;
    const text = String(id);
    counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  const list: string[] = [];
  for (const [id, count] of counts) if (count >= minimumCount) list.push(id);
  return vocabularyOf(list, hasUnknown ? list.length : -1);
}

/**
 * Makes the vocabulary that `state` was taken from.
 *
 * @param state - From {@link Vocabulary.toJSON}, or from a file.
 * @returns A vocabulary with the same indices.
 * @throws RangeError when `state` does not hold different texts, or its unknown index does not fit.
 * @example
 * const countries = createVocabulary(['UK', 'France']);
 * restoreVocabulary(JSON.parse(JSON.stringify(countries))).indexOf('France'); // 1
 */
export function restoreVocabulary(state: VocabularyState): Vocabulary {
  return atOnce(restoreVocabularyInPieces(state));
}

/** {@link restoreVocabulary} for work that lets the event loop turn. */
export function* restoreVocabularyInPieces(state: VocabularyState): Pieces<Vocabulary> {
  const { ids, hasUnknown } = state ?? {};
  requireTexts('restoreVocabulary', 'state.ids', ids);
  requireFlag('restoreVocabulary', 'state.hasUnknown', hasUnknown);
  if (ids.length > mostIds) refuse('restoreVocabulary', 'state.ids', `be at most ${mostIds}`, ids.length);
  const unknownIndex = state.unknownIndex ?? (hasUnknown ? ids.length : -1);
  const fits = hasUnknown ? unknownIndex >= 0 && unknownIndex <= ids.length : unknownIndex === -1;
  if (!Number.isInteger(unknownIndex) || !fits) {
    refuse('restoreVocabulary', 'state.unknownIndex', `be an index from 0 to ${ids.length}, or missing`, unknownIndex);
  }
  const list: readonly string[] = [...ids];
  const indices = yield* indicesOf(list, unknownIndex);
  if (indices.size !== list.length) {
    const found = `${list.length} ids, ${indices.size} of them different`;
    refuse('restoreVocabulary', 'state.ids', 'hold every id once', found);
  }
  return vocabularyOf(list, unknownIndex, indices);
}

/**
 * Adds ids to a vocabulary: those that are there keep their indices, the index for unknown ids included, and new ones
 * get the indices that follow.
 *
 * @param vocabulary - Stays as it is.
 * @param ids - Any iterable of ids, known ones too.
 * @returns A vocabulary of its own.
 * @throws RangeError when `vocabulary` is none, `ids` are no list, or one of them is no id.
 * @example
 * const grown = growVocabulary(createVocabulary(['UK'], { hasUnknown: true }), ['France', 'UK']);
 * [grown.indexOf('UK'), grown.indexOf('Peru'), grown.indexOf('France')]; // [0, 1, 2]
 */
export function growVocabulary(vocabulary: Vocabulary, ids: Iterable<Id>): Vocabulary {
  requireVocabulary('growVocabulary', 'vocabulary', vocabulary);
  requireIds('growVocabulary', 'ids', ids);
  const list = new Set(vocabulary.toJSON().ids);
  let place = 0;
  for (const id of ids) {
    if (!isId(id)) requireId('growVocabulary', `ids[${place}]`, id);
    place += 1;
    list.add(String(id));
  }
  return vocabularyOf([...list], vocabulary.unknownIndex);
}

/** No `Map` holds more. */
export const mostIds = 2 ** 24;

// A text takes longer to look up than a number.
const idsInPiece = 2 ** 14;

// The index for unknown ids stays where it is when ids are added, so ids that came later stand behind it.
function* indicesOf(list: readonly string[], unknownIndex: number): Pieces<ReadonlyMap<string, number>> {
  const indices = new Map<string, number>();
  const indexOfPlace = (place: number) => (unknownIndex >= 0 && place >= unknownIndex ? place + 1 : place);
  yield* inStretches(
    list.length,
    (from, to) => {
      for (let place = from; place < to; place += 1) indices.set(list[place]!, indexOfPlace(place));
    },
    idsInPiece,
  );
  return indices;
}

function vocabularyOf(
  list: readonly string[],
  unknownIndex: number,
  indices = atOnce(indicesOf(list, unknownIndex)),
): Vocabulary {
  const hasUnknown = unknownIndex >= 0;
  const isLast = unknownIndex === list.length;
  const placeOfIndex = (index: number) => (hasUnknown && index > unknownIndex ? index - 1 : index);
  return {
    size: list.length + (hasUnknown ? 1 : 0),
    unknownIndex,
    indexOf: (id) => indices.get(textOf('indexOf', id)) ?? unknownIndex,
    has: (id) => indices.has(textOf('has', id)),
    idAt: (index) => (hasUnknown && index === unknownIndex ? undefined : list[placeOfIndex(index)]),
    toJSON: () => ({ ids: [...list], hasUnknown, ...(hasUnknown && !isLast && { unknownIndex }) }),
  };
}

/** The text of an id that is looked up, by the function that does. */
export function textOf(where: string, id: unknown): string {
  requireId(where, 'id', id);
  return String(id);
}

/** Refuses what does not do what a vocabulary does. */
export function requireVocabulary(where: string, name: string, value: unknown): asserts value is Vocabulary {
  if (!isVocabulary(value)) refuse(where, name, 'be a vocabulary, such as createVocabulary() makes', value);
}

/** Whether a value does what a vocabulary does. */
export function isVocabulary(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const given = value as Readonly<Record<string, unknown>>;
  return (
    Number.isSafeInteger(given.size) && ['indexOf', 'has', 'idAt'].every((name) => typeof given[name] === 'function')
  );
}
