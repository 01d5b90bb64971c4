import type { Columns } from './column.js';

/** What became of the rows of a source. Empty lines are no rows. */
export interface TableReport {
  /** Rows that the source has. */
  readonly rows: number;
  /** Rows that are in the table. */
  readonly kept: number;
  /** Rows left out because a value was missing, by the first such column; columns without any are not there. */
  readonly missing: Readonly<Record<string, number>>;
  /** Rows left out because something did not fit. */
  readonly bad: number;
  /** The first of those, at most `listedBadRows`. */
  readonly badRows: readonly {
    /** Where it begins in the source, from 1, as an editor counts lines. */
    readonly line: number;
    /** The column whose cell did not fit. By default there is none: the row as a whole did not fit. */
    readonly column?: string;
    /** The text of the cell, or of the row, cut to 80 characters. */
    readonly value: string;
    /** What is wrong, such as `'is not a number'`. */
    readonly reason: string;
  }[];
  /** How many there are of each reason, with its column; behind the first 20 reasons of a column, of its others together. */
  readonly reasons: Readonly<Record<string, number>>;
  /** Lines that are the header once more, as in files that were put together; they are no rows. */
  readonly repeatedHeaders: number;
  /**
   * Characters U+FFFD in the text. Each stands for one that could not be decoded, here (see `badBytes`) or in a program
   * before, so that texts that were different may be one now.
   */
  readonly lostCharacters: number;
}

/** Rows as typed columns. */
export interface Table<C extends Columns = Columns> {
  /** Number of rows, N. */
  readonly length: number;
  /** The columns that were asked for, by name. */
  readonly columns: C;
  /** What became of the rows; in tables of a stream, of all rows read so far. */
  readonly report: TableReport;
}

/** A table of columns that were made, not read: nothing was lost. */
export function tableOf<C extends Columns>(columns: C, length: number): Table<C> {
  const lost = { missing: {}, bad: 0, badRows: [], reasons: {}, repeatedHeaders: 0, lostCharacters: 0 };
  return { length, columns, report: { rows: length, kept: length, ...lost } };
}
