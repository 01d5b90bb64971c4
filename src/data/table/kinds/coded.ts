import { refuse } from '../../../internal/require.js';
import { createGrowingArray } from '../../growing-array.js';
import type { Id, Vocabulary } from '../../vocabulary.js';
import type { CodedColumn } from '../column.js';
import type { ColumnKind, ColumnReader } from '../column-kind.js';
import { createGrowingVocabulary, type GrowingVocabulary } from './growing-vocabulary.js';

/** The id that rows without one get. */
export interface MissingId {
  /** The id. */
  readonly default: Id;
}

/** Options of {@link id} and {@link category}. */
export interface CodedOptions {
  /**
   * What becomes of each text before it is looked up: one id for several spellings, as `(text) => text.toUpperCase()` or
   * {@link wholeNumberId}. Default: nothing. Called once for each different text.
   */
  readonly normalize?: (text: string) => string;
  /**
   * What becomes of a row without a value: `'skip'` leaves it out, `'keep'` gives it the code -1, and
   * `{ default: id }` gives it that id. Default `'skip'`.
   */
  readonly missing?: 'skip' | 'keep' | MissingId;
  /**
   * A vocabulary to use as it is, such as that of a trained model. Other ids get its `unknownIndex`; without one, their rows
   * do not fit. By default every id that comes is numbered.
   */
  readonly vocabulary?: Vocabulary;
}

/** The kind of column that {@link id} and {@link category} make. */
export function codedKind(kind: 'id' | 'category', options: CodedOptions): ColumnKind<CodedColumn> {
  const { normalize, missing = 'skip', vocabulary } = options;
  if (normalize !== undefined && typeof normalize !== 'function') refuse(kind, 'normalize', 'be a function', normalize);
  if (!(missing === 'skip' || missing === 'keep' || (typeof missing === 'object' && 'default' in missing))) {
    refuse(kind, 'missing', "be 'skip', 'keep' or { default: id }", missing);
  }
  const standIn = typeof missing === 'object' ? String(missing.default) : undefined;
  const start = vocabulary
    ? () => closedReader(kind, vocabulary, missing !== 'skip', standIn, normalize)
    : () => openReader(kind, missing !== 'skip', standIn, normalize);
  return { kind, start };
}

const asWritten = (text: string) => text;

function openReader(
  kind: CodedColumn['kind'],
  keepsMissing: boolean,
  standIn: string | undefined,
  normalize: (text: string) => string = asWritten,
): ColumnReader<CodedColumn> {
  const vocabulary = createGrowingVocabulary();
  // Different texts of one id; the vocabulary itself where texts are ids.
  const codeOf = normalize === asWritten ? vocabulary.add : createSpellings(vocabulary, normalize);
  const codes = createGrowingArray((size) => new Int32Array(size));
  let taken: string | undefined;
  return {
    read(text) {
      taken = text;
      return undefined;
    },
    readMissing() {
      taken = undefined;
      return keepsMissing;
    },
    // Only now, so that rows that do not fit add no ids.
    keep() {
      if (taken !== undefined) codes.push(codeOf(taken));
      else codes.push(standIn === undefined ? -1 : vocabulary.add(standIn));
    },
    take: () => ({ kind, codes: codes.take(), vocabulary }),
  };
}

function createSpellings(vocabulary: GrowingVocabulary, normalize: (text: string) => string): (text: string) => number {
  const spellings = createGrowingVocabulary();
  const codes: number[] = [];
  return (text) => {
    const spelling = spellings.add(text);
    if (spelling === codes.length) codes.push(vocabulary.add(String(normalize(text))));
    return codes[spelling]!;
  };
}

function closedReader(
  kind: CodedColumn['kind'],
  vocabulary: Vocabulary,
  keepsMissing: boolean,
  standIn: string | undefined,
  normalize: (text: string) => string = asWritten,
): ColumnReader<CodedColumn> {
  const codes = createGrowingArray((size) => new Int32Array(size));
  let taken = -1;
  return {
    read(text) {
      taken = vocabulary.indexOf(normalize(text));
      return taken < 0 ? 'is not in the vocabulary' : undefined;
    },
    readMissing() {
      taken = standIn === undefined ? -1 : vocabulary.indexOf(standIn);
      return keepsMissing;
    },
    keep: () => codes.push(taken),
    take: () => ({ kind, codes: codes.take(), vocabulary }),
  };
}
