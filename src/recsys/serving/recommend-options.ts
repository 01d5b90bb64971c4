import type { Id } from '../../data/vocabulary.js';
import type { OptionNames } from '../../internal/options.js';
import type { ItemIndex } from '../indexes/item-index.js';
import type { UnknownItemOptions } from './item-indices.js';
import type { ScoredItem } from './score-items.js';
import type { UnknownUserPolicy } from './user-scores.js';

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

/** How {@link recommend} spreads a list over unlike items. */
export interface Diversify {
  /** How much unlikeness counts against the score, in [0, 1]: 0 leaves the list as it is, 1 looks at unlikeness alone. */
  readonly strength: number;
  /** How many of the best items the list is chosen from, >= `k`. Default 10 for each item of the list. */
  readonly pool?: number;
}

/** What {@link recommend} and {@link recommendAll} choose from. */
export interface ChoiceOptions extends UnknownItemOptions {
  /** Length of the list, from 1 to the number of items that the recommender knows. Default 10, or all where there are fewer. */
  readonly k?: number;
  /**
   * `'seen'`: what the user has in `recommender.seen`; `'nothing'`: for shops where people buy again; or a list of ids in
   * its place, of which unknown ones change nothing. Default `'seen'` (of a recommender without `seen`: nothing), as in
   * {@link evaluateRanking}.
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
}

/** Options of {@link recommend}. */
export interface RecommendOptions extends ChoiceOptions {
  /** Spreads the list over unlike items. */
  readonly diversify?: Diversify;
  /**
   * What to do for a user that the recommender does not know. Default `'popular'`: the items that most users in
   * `recommender.seen` have, marked in {@link ScoredItem.source}.
   */
  readonly unknownUser?: UnknownUserPolicy;
}

/** The names of {@link ChoiceOptions}. */
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
