import type { Vocabulary } from './vocabulary.js';

/**
 * What users did with items: one row for each (user, item) event, grouped by user, each user's rows oldest first. Rows
 * of equal time, and rows without times, keep the order of their source. Plain typed arrays: do not write into them.
 */
export interface Interactions {
  /** The users; index `u` below. A user may have no row here (a split leaves the vocabulary whole). */
  readonly users: Vocabulary;
  /** The items; index `i` below. */
  readonly items: Vocabulary;
  /** Number of rows, N. */
  readonly length: number;
  /** `[U + 1]`: the rows of user `u` are `offsets[u]` to `offsets[u + 1] - 1`. */
  readonly offsets: Uint32Array;
  /** `[N]`: user index of each row. */
  readonly userIndices: Int32Array;
  /** `[N]`: item index of each row. */
  readonly itemIndices: Int32Array;
  /** `[N]`: how much each row counts, > 0, such as a quantity; 1 where nothing was given. */
  readonly weights: Float32Array;
  /** `[N]`: milliseconds since 1970-01-01 UTC; missing where the source has no times. */
  readonly times?: Float64Array;
  /**
   * `[N]`: which order each row is part of: rows of one user with the same number are one order, -1 stands for none. After
   * {@link toInteractions} the numbers are indices into the vocabulary of the column `order`. Missing where the source has
   * no orders.
   */
  readonly orders?: Int32Array;
}
