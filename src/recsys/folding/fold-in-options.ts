import type { Id } from '../../data/vocabulary.js';

/** Options of {@link foldInUser}. */
export interface FoldInUserOptions {
  /** For models: updates of the new row, >= 1. Default 100. */
  readonly steps?: number;
  /** For models: how far an update goes, > 0. Default 0.05. */
  readonly learningRate?: number;
  /** For models: negatives for each positive, drawn anew for every update, >= 1. Default 4. */
  readonly negatives?: number;
  /** For models: L2 penalty: this times the row is added to its gradient, >= 0. Default 0.001. */
  readonly regularization?: number;
  /** For models: chooses the negatives. Default 0. */
  readonly seed?: number;
  /** Stops between two updates; the promise then rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  /** For least squares: what a row of weight w counts. Default what the recommender was trained with. */
  readonly confidence?: (weight: number) => number;
  /**
   * For models: what is known of the user or item besides, by the names of features: an id, ids for bags, a number or
   * numbers. What is missing is taken as average.
   */
  readonly features?: Readonly<Record<string, Id | readonly Id[]>>;
  /**
   * What to do with items that the recommender does not know. Default `'skip'`: {@link FoldedUser.unknownItems} names them,
   * and a user of whom nothing else is known gets popular items.
   */
  readonly unknownItems?: 'throw' | 'skip';
}

/** Options of {@link foldInItem}. */
export interface FoldInItemOptions extends Omit<FoldInUserOptions, 'unknownItems'> {
  /** What to do with users that the recommender does not know. Default `'skip'`. */
  readonly unknownUsers?: 'throw' | 'skip';
  /** Called with the ids of users that were skipped, where there are any. */
  readonly onUnknownUsers?: (ids: readonly string[]) => void;
}

/** How a new row is fitted while everything else stays. */
export type FitOptions = Pick<
  FoldInUserOptions,
  'steps' | 'learningRate' | 'negatives' | 'regularization' | 'seed' | 'signal'
>;

/** What is known of a new user or item, by the names of features. */
export type FeatureValues = NonNullable<FoldInUserOptions['features']>;
