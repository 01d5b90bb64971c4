import type { Id } from '../../data/vocabulary.js';
import { type OptionNames, requireOptions } from '../../internal/options.js';
import { requireRecommender } from '../check-recommender.js';
import type { FoldedUser } from '../folding/folded-user.js';
import type { Recommender } from '../recommender.js';
import { bestItems, createChoice, requireExcluded, toRecommendations } from './choice.js';
import { poolSize, requireDiversify, spread } from './diversify.js';
import { choiceNames, type Recommendation, type RecommendOptions } from './recommend-options.js';
import { createSearch } from './search-index.js';
import { requireUserPolicy, scoresOfUser } from './user-scores.js';

/**
 * The best items for a user, in the caller's own ids.
 *
 * What the recommender knows nothing about is not ranked by its scores, which would be noise or zeros. Behind what it knows
 * the list is filled up by popularity, the number of users who have an item, and each entry says so in `source`: so for a
 * user without a row in `seen` and for one that is not known at all the whole list is popular items. An item that nobody
 * has, and the recommender knows nothing of, never comes. Fewer than `k` come back where fewer are left.
 *
 * Of equal scores the item that comes first in the vocabulary is first. With `diversify` the list is chosen one by one from
 * the best `pool` items, by maximal marginal relevance:
 *
 *     next = argmax over the pool of (1 - strength) * relevance - strength * max likeness to those chosen
 *
 * with relevance the score, moved to [0, 1] over the pool, and likeness the cosine that {@link similarItems} uses; what
 * fills up the list comes behind the rest, spread in the same way. Scores come back unchanged, so those of a diversified
 * list need not fall.
 *
 * @param recommender - Any: a trained model, a baseline, or one of your own.
 * @param user - The user's id, or a user from {@link foldInUser}.
 * @returns The list, best first.
 * @throws RangeError when an option is not known or out of range, when `k` is above the number of items known, when
 *   `exclude: 'seen'` or `unknownUser: 'popular'` meets a recommender without `seen`, and when a score is NaN.
 * @see Carbonell and Goldstein, "The Use of MMR, Diversity-Based Reranking for Reordering Documents and Producing
 *   Summaries" (1998)
 * @example
 * const picks = await recommend(recommender, 'ann', { k: 2 });
 * picks.map(({ item }) => item); // ['cake', 'milk']
 * const [best] = await recommend(recommender, 'nobody we know', { k: 1 });
 * best.source; // 'popularity'
 */
export async function recommend(
  recommender: Recommender,
  user: Id | FoldedUser,
  options: RecommendOptions = {},
): Promise<Recommendation[]> {
  const where = 'recommend';
  const names: OptionNames<RecommendOptions> = { ...choiceNames, diversify: true, unknownUser: true };
  requireOptions(where, options, names);
  requireUserPolicy(where, options.unknownUser);
  requireDiversify(where, options.diversify);
  requireRecommender(where, recommender);
  const choice = await createChoice(where, recommender, options);
  if (typeof user !== 'object') requireExcluded(where, recommender, choice);
  const { k, items } = choice;
  const pool = Math.min(poolSize(where, k, options.diversify), items.size);
  const scores = scoresOfUser(where, recommender, user, options.unknownUser);
  if (!scores) return [];
  const search = options.index && (await createSearch(where, recommender, options.index));
  const chosen = await bestItems(choice, scores, pool, search);
  if (!options.diversify) return toRecommendations(choice, chosen, scores.seenItems);
  const places = await spread(where, recommender, chosen, k, options.diversify.strength);
  const spaced = {
    items: places.map((place) => chosen.items[place]!),
    keys: Float64Array.from(places, (at) => chosen.keys[at]!),
  };
  return toRecommendations(choice, spaced, scores.seenItems);
}
