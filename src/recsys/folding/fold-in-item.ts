import type { Id } from '../../data/vocabulary.js';
import { type OptionNames, requireOptions } from '../../internal/options.js';
import { refuse, requireFunction, requireOneOf } from '../../internal/require.js';
import { requireRecommender } from '../check-recommender.js';
import type { Recommender } from '../recommender.js';
import { requireId } from '../serving/item-indices.js';
import { checkFitOptions } from './fit-side.js';
import type { FoldInItemOptions } from './fold-in-options.js';
import { readHistory } from './history.js';

/** An item that came after training. */
export interface NewItem {
  /** Its id, which the recommender must not know yet. */
  readonly id: Id;
  /**
   * Users who have it, at least one that is known: ids, or ids with how much each counts (> 0, as `weights` of interactions;
   * default 1); each row is one observation, as in `seen`.
   */
  readonly users: Iterable<Id | { readonly user: Id; readonly weight?: number }> & object;
}

const names: OptionNames<FoldInItemOptions> = {
  steps: true,
  learningRate: true,
  negatives: true,
  regularization: true,
  seed: true,
  signal: true,
  unknownUsers: true,
  onUnknownUsers: true,
  confidence: true,
  features: true,
};

/**
 * Adds an item that came after training, from the users who have it: nothing is trained again.
 *
 * Factors from least squares ({@link trainImplicitAls}): the vector that solves the item's equations, in closed form, as
 * training would. Embedding models: a copy with one row more, started from the average, that `steps` updates of Adam fit to
 * the item's users and to random others, with everything else held. The item is the last of the vocabulary, and its rows are
 * added to `seen`, which loses its times. A popularity or item-item recommender is as quickly made anew, from more
 * interactions. A recommender of your own: as its `foldInItem` says.
 *
 * @param recommender - Stays as it is.
 * @param item - The item and who has it.
 * @returns A recommender that knows the item too. One with a `model` owns weights on the backend: the caller disposes them
 *   with `recommender.model?.dispose()`.
 * @throws RangeError when the item is known, a user is not and the policy is to throw, no user is left, a weight is not
 *   above 0, an option is not known or out of range, and for a recommender that items cannot be folded into. Rejects with the
 *   signal's reason when it is aborted.
 * @see Hu et al., "Collaborative Filtering for Implicit Feedback Datasets" (2008)
 * @example
 * const { recommender: als } = await trainImplicitAls({ interactions: shop, factors: 4, seed: 1 });
 * const grown = await foldInItem(als, { id: 'cup', users: ['bob', 'cat'] });
 * grown.items.has('cup'); // true
 */
export async function foldInItem(
  recommender: Recommender,
  item: NewItem,
  options: FoldInItemOptions = {},
): Promise<Recommender> {
  const where = 'foldInItem';
  requireOptions(where, options, names);
  checkFitOptions(where, options);
  const { unknownUsers = 'skip', onUnknownUsers } = options;
  requireOneOf(where, 'unknownUsers', ['throw', 'skip'], unknownUsers);
  requireFunction(where, 'onUnknownUsers', onUnknownUsers);
  requireFunction(where, 'confidence', options.confidence);
  requireRecommender(where, recommender);
  requireId(where, 'item.id', item?.id);
  if (!recommender.foldInItem) {
    refuse(where, 'recommender', 'declare `foldInItem`, for items to be folded in', recommender.name);
  }
  if (recommender.items.has(item.id)) refuse(where, 'item.id', 'be one that the recommender does not know', item.id);
  const added = readHistory(where, 'users', recommender.users, item.users, unknownUsers);
  // Nothing can be fitted to nobody.
  if (added.indices.length === 0) refuse(where, 'users', 'hold at least one id that is known', added.skipped);
  if (added.skipped.length > 0) onUnknownUsers?.(added.skipped);
  return recommender.foldInItem(item.id, added.indices, added.weights, options);
}
