import type { Column } from './column.js';

/** What reads the cells of one column. Made by {@link ColumnKind.start} for each load. */
export interface ColumnReader<C extends Column = Column> {
  /**
   * Takes the text of one cell; `undefined` when it fits, else why not, such as `'is not a number'`. Another cell of the row
   * may not fit, so nothing that later rows depend on may change before {@link ColumnReader.keep}.
   */
  read(text: string): string | undefined;
  /**
   * How the column would have to be read for a cell that did not fit, such as `` `decimal` ',' ``; `undefined` where nobody writes
   * so. Cells that did fit may then have been read wrongly: `1.234` beside `12,50` is no number below 2.
   */
  otherwise?(text: string): string | undefined;
  /** Takes a cell without a value; whether the row may stay. */
  readMissing(): boolean;
  /** Adds what was taken last to the column: called once all cells of a row fit. */
  keep(): void;
  /**
   * The first cell kept that could be two numbers, such as `1.234`, where no other shows which of them is meant; `undefined` where none is
   * in doubt.
   */
  doubtful?(): string | undefined;
  /** The cells kept since the start or the last call, in arrays of their own. */
  take(): C;
}

/**
 * How to read a column: made by {@link idColumn}, {@link categoryColumn}, {@link numberColumn}, {@link moneyColumn},
 * {@link countColumn}, {@link timeColumn}.
 */
export interface ColumnKind<C extends Column = Column> {
  /** Its name in messages. */
  readonly kind: C['kind'];
  /** Begins a column. */
  start(): ColumnReader<C>;
}

/** Column kinds by name of the column. */
export type ColumnKinds<C extends Readonly<Record<string, Column>>> = { readonly [N in keyof C]: ColumnKind<C[N]> };
