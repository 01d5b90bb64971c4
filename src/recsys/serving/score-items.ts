import type { Id } from '../../data/vocabulary.js';
import type { FoldedUser } from '../folding/folded-user.js';
import type { Recommender } from '../recommender.js';
import { indicesOfItems, type UnknownItemPolicy } from './item-indices.js';
import { scoresOfUser, type UnknownUserPolicy } from './user-scores.js';

/** An item with its score. */
export interface ScoredItem {
  /** The id, as text. */
  readonly item: string;
  /** Higher is better; comparable with the same user's other scores, not with another user's. */
  readonly score: number;
}

/** Options of {@link scoreItems}. */
export interface ScoreItemsOptions {
  /** What to do for a user that the recommender does not know. Default `'popular'`; `'nothing'` gives an empty list. */
  readonly unknownUser?: UnknownUserPolicy;
  /** What to do with items that it does not know. Default `'throw'`. */
  readonly unknownItems?: UnknownItemPolicy;
}

/**
 * Scores some items for a user.
 *
 * @param recommender - Any: a trained model, a baseline, or one of your own.
 * @param user - The user's id, or a user from {@link foldInUser}.
 * @param items - Ids of items.
 * @returns The items in the order given, each with its score, as raw as the recommender gives it.
 * @throws RangeError when an item is not known, or the user is not and the policy is to throw.
 * @example
 * const [tea] = await scoreItems(recommender, 'ann', ['tea']);
 * tea.item; // 'tea'
 */
export async function scoreItems(
  recommender: Recommender,
  user: Id | FoldedUser,
  items: Iterable<Id>,
  options: ScoreItemsOptions = {},
): Promise<ScoredItem[]> {
  const indices = indicesOfItems('scoreItems', 'items', recommender.items, items, options.unknownItems);
  const scores = await scoresOfUser('scoreItems', recommender, user, options.unknownUser)?.scoreItems(indices);
  if (!scores) return [];
  return Array.from(indices, (index, place) => ({ item: recommender.items.idAt(index)!, score: scores[place]! }));
}
