import type { Vocabulary } from '../vocabulary.js';

/** A column of ids, each held as its index in a vocabulary. */
export interface CodedColumn {
  /** What made it: {@link idColumn} or {@link categoryColumn}. */
  readonly kind: 'id' | 'category';
  /** `[N]`: indices into `vocabulary`; -1 where a missing value was kept. */
  readonly codes: Int32Array;
  /**
   * The ids, numbered by first appearance, or the vocabulary given for the column. Tables of one stream share it, and it
   * grows while the stream is read.
   */
  readonly vocabulary: Vocabulary;
}

/** A column of numbers or amounts of money. */
export interface NumberColumn {
  /** What made it: {@link numberColumn} or {@link moneyColumn}. */
  readonly kind: 'number' | 'money';
  /** `[N]`; NaN where a missing value was kept. */
  readonly values: Float64Array;
}

/** A column of whole numbers. */
export interface CountColumn {
  /** What made it: {@link countColumn}. */
  readonly kind: 'count';
  /** `[N]`. */
  readonly values: Int32Array;
}

/** A column of points of time. */
export interface TimeColumn {
  /** What made it: {@link timeColumn}. */
  readonly kind: 'time';
  /** `[N]`: milliseconds since 1970-01-01 UTC; NaN where a missing value was kept. */
  readonly values: Float64Array;
}

/** One column of a {@link Table}. */
export type Column = CodedColumn | NumberColumn | CountColumn | TimeColumn;

/** Columns by name. */
export type Columns = Readonly<Record<string, Column>>;
