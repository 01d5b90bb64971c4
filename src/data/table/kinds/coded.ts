import { type OptionNames, requireOptions } from '../../../internal/options.js';
import { isId, refuse, requireFunction } from '../../../internal/require.js';
import { createGrowingArray } from '../../growing-array.js';
import { type Id, mostIds, requireVocabulary, type Vocabulary } from '../../vocabulary.js';
import type { CodedColumn } from '../column.js';
import type { ColumnKind, ColumnReader } from '../column-kind.js';
import { copyText } from '../row-tally.js';
import { createGrowingVocabulary } from './growing-vocabulary.js';

/** Options of {@link idColumn} and {@link categoryColumn}. */
export interface CodedOptions {
  /**
   * What becomes of each text before it is looked up: one id for several spellings, as `(text) => text.toUpperCase()` or
   * {@link wholeNumberId}. A row whose text leaves nothing does not fit. Default: nothing. Should depend on the text
   * alone: it may be called once for several equal texts.
   */
  readonly normalize?: (text: string) => string;
  /**
   * What becomes of a row without a value: `'skip'` leaves it out, `'keep'` gives it the code -1, and
   * `{ default: id }` gives it that id. Default `'skip'`.
   */
  readonly missing?:
    | 'skip'
    | 'keep'
    | {
        /** The id. */
        readonly default: Id;
      };
  /**
   * A vocabulary to use as it is, such as that of a trained model. Other ids get its `unknownIndex`; without one, their rows
   * do not fit. By default every id that comes is numbered.
   */
  readonly vocabulary?: Vocabulary;
}

const names: OptionNames<CodedOptions> = { normalize: true, missing: true, vocabulary: true };

/** The kind of column that {@link idColumn} and {@link categoryColumn} make; `prepare` is done to each text before `normalize`. */
export function codedKind(
  kind: 'id' | 'category',
  options: CodedOptions,
  prepare?: (text: string) => string,
): ColumnKind<CodedColumn> {
  const where = `${kind}Column`;
  requireOptions(where, options, names);
  const { normalize, missing = 'skip', vocabulary } = options;
  requireFunction(where, 'normalize', normalize);
  requireMissingId(where, missing);
  if (vocabulary !== undefined) requireVocabulary(where, 'vocabulary', vocabulary);
  const normalizeText = normalize && requireText(where, normalize);
  const idOf = prepare && normalizeText ? (text: string) => normalizeText(prepare(text)) : (prepare ?? normalizeText);
  const standIn = typeof missing === 'object' ? String(missing.default) : undefined;
  if (standIn !== undefined && vocabulary && vocabulary.indexOf(standIn) < 0) {
    refuse(where, 'missing.default', 'be an id of the vocabulary', standIn);
  }
  const parts = { kind, keepsMissing: missing !== 'skip', standIn, idOf };
  return { kind, start: vocabulary ? () => closedReader(parts, vocabulary) : () => openReader(parts) };
}

function requireMissingId(where: string, missing: unknown): void {
  if (missing === 'skip' || missing === 'keep') return;
  if (typeof missing === 'object' && missing !== null && 'default' in missing) {
    requireOptions(where, missing as { default: Id }, { default: true }, 'missing');
    const { default: standIn } = missing;
    if (isId(standIn)) return;
  }
  refuse(where, 'missing', "be 'skip', 'keep' or { default: id }", missing);
}

// `String(undefined)` would be an id that all texts share.
function requireText(where: string, normalize: (text: string) => string): (text: string) => string {
  return (text) => {
    const id: unknown = normalize(text);
    if (typeof id !== 'string') refuse(where, 'normalize', 'return a text', id);
    return id;
  };
}

interface CodedParts {
  readonly kind: CodedColumn['kind'];
  readonly keepsMissing: boolean;
  readonly standIn: string | undefined;
  /** The id that a text stands for. By default the text is the id. */
  readonly idOf: ((text: string) => string) | undefined;
}

const emptyId = 'leaves no id after `normalize`';

function openReader({ kind, keepsMissing, standIn, idOf }: CodedParts): ColumnReader<CodedColumn> {
  const vocabulary = createGrowingVocabulary(`${kind}Column`);
  // Texts that were kept, and their codes.
  const spellings = new Map<string, number>();
  const codes = createGrowingArray((size) => new Int32Array(size));
  let text = '';
  let taken: string | undefined;
  return {
    read(cell) {
      text = cell;
      // Of a spelling that is known the code is.
      taken = idOf && !spellings.has(cell) ? idOf(cell) : cell;
      return taken === '' ? emptyId : undefined;
    },
    readMissing() {
      taken = undefined;
      return keepsMissing;
    },
    // Only now, so that rows that do not fit add no ids.
    keep() {
      if (taken === undefined) codes.push(standIn === undefined ? -1 : vocabulary.add(standIn));
      else if (!idOf) codes.push(vocabulary.add(taken));
      else codes.push(spellings.get(text) ?? addSpelling(taken));
    },
    take: () => ({ kind, codes: codes.take(), vocabulary }),
  };

  function addSpelling(id: string): number {
    const code = vocabulary.add(id);
    if (spellings.size < mostIds) spellings.set(copyText(text), code);
    return code;
  }
}

function closedReader(
  { kind, keepsMissing, standIn, idOf }: CodedParts,
  vocabulary: Vocabulary,
): ColumnReader<CodedColumn> {
  const codes = createGrowingArray((size) => new Int32Array(size));
  const standInCode = standIn === undefined ? -1 : vocabulary.indexOf(standIn);
  let taken = -1;
  return {
    read(text) {
      const id = idOf ? idOf(text) : text;
      if (id === '') return emptyId;
      taken = vocabulary.indexOf(id);
      return taken < 0 ? 'is not in the vocabulary' : undefined;
    },
    readMissing() {
      taken = standInCode;
      return keepsMissing;
    },
    keep: () => codes.push(taken),
    take: () => ({ kind, codes: codes.take(), vocabulary }),
  };
}
