import type { CodedColumn, Column, Columns } from '../data/table/column.js';
import type { Table } from '../data/table/table.js';
import type { Id } from '../data/vocabulary.js';
import type { PrivacyBudget } from '../privacy/privacy-ledger.js';

/** Numbers from one to another, both included; a side that is left out has no bound. */
export interface NumberRange {
  /** The least. Default: no bound. */
  readonly from?: number;
  /** The greatest. Default: no bound. */
  readonly to?: number;
}

/**
 * What the cell of a column must be: an id, a number (of a time its milliseconds), numbers of a {@link NumberRange}, or `null`
 * for a missing value.
 */
export type CellCondition<C extends Column> = (C extends CodedColumn ? Id : number | NumberRange) | null;

/** What the cells of a row must be, by column; columns that are not named may hold anything. */
export type RowConditions<C extends Columns> = { readonly [N in keyof C]?: CellCondition<C[N]> };

/** Options of {@link TableModel.sample}. */
export interface SampleRowsOptions<C extends Columns> {
  /** What every row must hold. Default: nothing. */
  readonly where?: RowConditions<C>;
  /** Fixes the rows; any safe integer. Default 0. */
  readonly seed?: number;
  /** Stops the work; it then rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

/** How to stop work. */
export interface StopOptions {
  /** Stops the work; it then rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

/** The cells of a row: ids as text, `null` where one is missing; numbers (of a time its milliseconds), NaN where one is missing. */
export type TableRow<C extends Columns = Columns> = {
  readonly [N in keyof C]: C[N] extends CodedColumn ? string | null : C[N] extends Column ? number : never;
};

/** No columns: options that name none suit every table. */
export type NoColumns = Readonly<Record<never, never>>;

/** Options of {@link bootstrapRows}, {@link independentColumns} and {@link gaussianCopula}. */
export interface TableModelOptions<C extends Columns = NoColumns> {
  /** Most bins of a column of numbers, 1 or more. Default 20. */
  readonly bins?: number;
  /**
   * Lists of columns, such as `[['product', 'price']]`, that are learned together: each combination of their cells that the table has
   * is one state, whatever `bins` says, and no other is ever drawn. At most 65,536 combinations of a list. Conditions on any of
   * these columns stay exact. A row with another combination is ruled out, unless all of these cells are missing.
   */
  readonly together?: readonly (readonly (keyof C & string)[])[];
  /**
   * Columns that are computed and not learned, such as `{ total: (row) => row.price * row.pieces }`. A formula gets the cells of the
   * columns that are not computed, and must give what the table has in every row, to the last digit: round as the table does. A row that
   * contradicts it has no probability. Such a column cannot be conditioned.
   */
  readonly derived?: { readonly [N in keyof C]?: (row: TableRow<C>) => TableRow<C>[N] };
  /** Stops the work; it then rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

/** What makes virtual rows, learned from a table. */
export interface TableGenerator<C extends Columns = Columns> {
  /**
   * Draws virtual rows: a table of the same columns, whose ids are those of the same vocabularies. With `where`, every row
   * fulfils it, and the rest is drawn given that.
   *
   * @throws RangeError when `rows` is no positive integer, an option is wrong, a condition names what is not there, or it is too
   *   unlikely; the message says how unlikely.
   */
  sample(rows: number, options?: SampleRowsOptions<C>): Promise<Table<C>>;
}

/**
 * A distribution of rows, learned from a table: made by {@link bootstrapRows}, {@link independentColumns},
 * {@link gaussianCopula}, {@link latentClassMixture} and {@link conditionalNetwork}, each of which is the baseline of the next.
 *
 * Each cell is in a state. An id, a missing value, each of at most 50 different numbers, and a number that half a percent of
 * the rows have (5 rows or more) are states of their own; what remains of a column of numbers is cut into bins of equally many
 * rows. Within a bin a number is drawn as often as the table has it: virtual numbers are numbers of the table, with its decimals.
 */
export interface TableModel<C extends Columns = Columns> extends TableGenerator<C> {
  /**
   * What was spent on it, of one that is private: {@link privateMixture}, a {@link conditionalNetwork} that learned from one, a
   * {@link trainTableGan} with `privacy`. Missing of others, which are not.
   */
  readonly privacy?: Required<PrivacyBudget>;
  /**
   * Draws virtual rows: a table of the same columns, whose ids are those of the same vocabularies. With `where`, every row
   * fulfils it, and the rest is drawn given that.
   *
   * @throws RangeError when `rows` is no positive integer, an option is wrong, a condition names what is not there, or its
   *   probability is below 1e-9; the message says that probability.
   */
  sample(rows: number, options?: SampleRowsOptions<C>): Promise<Table<C>>;
  /**
   * The share of rows that fulfil the conditions under the model, in [0, 1].
   *
   * @throws RangeError when a condition names a column, or an id, that is not there.
   */
  probability(conditions: RowConditions<C>, options?: StopOptions): Promise<number>;
  /**
   * The natural logarithm of the probability that a row falls in the states of each given row, `[N]`; the mean over rows that
   * were held out compares models of the same table with as many bins. -Infinity for a row that the model rules out, such as one
   * with an id that the table did not have. A number that it did not have counts as the nearest that it had; a value missing in a
   * column that lacked none says nothing.
   *
   * @throws RangeError when the table lacks a column of the model, or has it as another kind.
   */
  logProbability(table: Table<C>, options?: StopOptions): Promise<Float64Array>;
}
