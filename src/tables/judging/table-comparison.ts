import type { Estimate } from '../../statistics/estimate.js';

/** A score of virtual rows, and what as many real rows get that were held out. */
export interface TableScore {
  /** Of the virtual rows, in [0, 1]. */
  readonly value: number;
  /** Of the real rows that were held out: what virtual rows as good as real ones would get, within chance. */
  readonly heldOut: number;
}

/** How alike one column is. */
export interface ColumnScore extends TableScore {
  /** Its name. */
  readonly column: string;
}

/** How alike what two columns have to do with each other is. */
export interface PairScore extends TableScore {
  /** Their names, in the order of the table. */
  readonly columns: readonly [string, string];
}

/** What {@link compareTables} found. */
export interface TableComparison {
  /** Mean over the columns. */
  readonly shape: TableScore;
  /** Mean over the pairs of columns; 1 of a table with one column. */
  readonly pair: TableScore;
  /** Each column, in the order of the table. */
  readonly columns: readonly ColumnScore[];
  /** Each pair of columns. */
  readonly pairs: readonly PairScore[];
  /** Share of rows that equal a row of the real table in every cell. */
  readonly copies: TableScore;
  /**
   * `copies.value - copies.heldOut`, with its 95% interval (Newcombe's). Above 0, rows of the real table were learned by heart: rows
   * that are real and were not learned from repeat it less.
   */
  readonly copyExcess: Required<Estimate>;
}
