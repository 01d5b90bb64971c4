import type { Id } from '../../data/vocabulary.js';
import type { OptionNames } from '../../internal/options.js';
import type { ItemIndex } from '../indexes/item-index.js';
import type { ScoredItem } from './score-items.js';

/** An item that {@link recommend} chose. */
export interface Recommendation extends ScoredItem {
  /** Its place in the list, from 1. */
  readonly rank: number;
}

/** One user's list. */
export interface UserRecommendations {
  /** The user's id, as text. */
  readonly user: string;
  /** As {@link recommend} gives them. */
  readonly items: readonly Recommendation[];
}

/** Options of {@link recommend}. */
export interface RecommendOptions {
  /** Length of the list, from 1 to the number of items that the recommender knows. Default 10, or all where there are fewer. */
  readonly k?: number;
  /**
   * `'seen'`: what the user has in `recommender.seen`, for films, books, furniture; `'nothing'`: where people buy again, as
   * groceries; or a list of ids in its place, of which unknown ones change nothing. By default, as in {@link evaluateRanking},
   * the rows decide: `'nothing'` where at least a tenth of what users bought in `recommender.seen` after their first order was
   * had before ({@link repeatShare}), and of a recommender without `seen`; else `'seen'`.
   */
  readonly exclude?: 'seen' | 'nothing' | (Iterable<Id> & object);
  /**
   * With what a list is filled up when the recommender knows nothing of further items for the user: `'popularity'`, marked
   * in {@link ScoredItem.source}, or `'nothing'`, which leaves it shorter. Default `'popularity'`.
   */
  readonly fill?: 'popularity' | 'nothing';
  /** Whether an item may be recommended: in stock, say. Asked only about items that would otherwise make the list. */
  readonly filter?: (item: string) => boolean;
  /** Choose among these ids only, each counted once. Default all items. */
  readonly candidates?: Iterable<Id> & object;
  /**
   * Finds the items in place of scoring them all, for recommenders with `factors`; what it finds is scored by the
   * recommender. Not together with `candidates`. Default none.
   */
  readonly index?: ItemIndex;
  /** What to do with items in `candidates` that the recommender does not know. Default `'skip'`. */
  readonly unknownItems?: 'throw' | 'skip';
  /** Called with the ids that were skipped, where there are any. */
  readonly onUnknownItems?: (ids: readonly string[]) => void;
  /** Spreads the list over unlike items. By default it does not. */
  readonly diversify?: {
    /** How much unlikeness counts against the score, in [0, 1]: 0 leaves the list as it is, 1 looks at unlikeness alone. */
    readonly strength: number;
    /** How many of the best items the list is chosen from, >= `k`. Default 10 for each item of the list. */
    readonly pool?: number;
  };
  /**
   * What to do for a user that the recommender does not know: go by popularity, by how many users in `recommender.seen` have
   * an item, marked in {@link ScoredItem.source}; score with the row that the model has for unknown users; recommend
   * nothing; or throw. Default `'popular'`.
   */
  readonly unknownUser?: 'popular' | 'model' | 'nothing' | 'throw';
}

/** What a list is chosen from. */
export type ChoiceOptions = Omit<RecommendOptions, 'diversify' | 'unknownUser'>;

/** The names of {@link RecommendOptions} that a list is chosen by. */
export const choiceNames: OptionNames<ChoiceOptions> = {
  k: true,
  exclude: true,
  fill: true,
  filter: true,
  candidates: true,
  index: true,
  unknownItems: true,
  onUnknownItems: true,
};
