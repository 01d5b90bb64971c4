import type { Interactions } from '../interactions.js';
import type { CodedColumn, Column, Columns, CountColumn, NumberColumn, TimeColumn } from '../table/column.js';
import type { TableReport } from '../table/table.js';
import type { Vocabulary } from '../vocabulary.js';

/** The names of those columns of `C` that are, or may be, a `K`. */
export type NamesOf<C extends Columns, K extends Column> = {
  [N in keyof C]: Extract<C[N], K> extends never ? never : N;
}[keyof C] &
  string;

/** Options of {@link toInteractions}: which columns say what, and what becomes of cancellations and returns. */
export interface InteractionOptions<C extends Columns = Columns> {
  /** The column of users. */
  readonly user: NamesOf<C, CodedColumn>;
  /** The column of items. */
  readonly item: NamesOf<C, CodedColumn>;
  /** The column of times. By default there are none, and rows of a user keep their order. */
  readonly time?: NamesOf<C, TimeColumn>;
  /** The column of weights, such as quantities. By default every row weighs 1. */
  readonly weight?: NamesOf<C, CountColumn | NumberColumn>;
  /** What becomes of several rows of one user with one item. Default `'keep'`. */
  readonly duplicates?: 'keep' | 'first' | 'last' | 'sum';
  /** Which rows to take at all, by their number in the table and its columns. By default all. */
  readonly keep?: (row: number, columns: C) => boolean;
  /** Which rows cancel something. By default those that `cancellationPrefix` says. */
  readonly cancelled?: (row: number, columns: C) => boolean;
  /**
   * The column of order numbers: {@link Interactions.orders}, which splits keep whole. By default no row is part of an
   * order; a row without a number is one of its own.
   */
  readonly order?: NamesOf<C, CodedColumn>;
  /** How the order numbers of cancellations begin, such as `'C'`. It needs `order`. By default no number cancels. */
  readonly cancellationPrefix?: string;
  /**
   * What becomes of returns: rows that cancel, and rows that weigh less than 0. `'drop'` leaves them out. `'subtract'` takes
   * their weight off what the user had bought of the item before, the latest first, and leaves out what comes to 0.
   * Default `'drop'`.
   */
  readonly returns?: 'drop' | 'subtract';
  /** The users to number by, such as those of a trained model. By default the users that have rows. */
  readonly users?: Vocabulary;
  /** The items to number by. By default the items that have rows. */
  readonly items?: Vocabulary;
  /**
   * Largest share of the rows that may be left out though nobody asked for it, in [0, 1]: those that lack something, have an id that
   * `users` or `items` do not know, or weigh less than 0 and cancel nothing. More is an error with the reasons. Default 0.5.
   */
  readonly mostLost?: number;
}

/** Interactions made of a table. */
export interface TableInteractions extends Interactions {
  /** What became of the rows. */
  readonly report: {
    /** Rows of the table or the tables. */
    readonly rows: number;
    /** Interactions. */
    readonly kept: number;
    /**
     * The others by reason, 0 included: not kept by `keep`; without user, item, time or weight (a weight of 0 is none);
     * cancellations; returns that cancel no order; users and items that are not in the vocabulary given; purchases that returns
     * took back; duplicates merged into another row.
     */
    readonly dropped: Readonly<
      Record<
        | 'notKept'
        | 'withoutUser'
        | 'withoutItem'
        | 'withoutTime'
        | 'withoutWeight'
        | 'cancellation'
        | 'return'
        | 'unknownUser'
        | 'unknownItem'
        | 'takenBack'
        | 'duplicate',
        number
      >
    >;
    /** Of the cancellations and returns that were subtracted: those for more than had been bought before. */
    readonly unmatchedReturns: number;
    /** What became of the rows of the source on their way to the table. */
    readonly table: TableReport;
  };
}
