import type { Id } from '../../data/vocabulary.js';
import type { FoldedUser } from '../folding/folded-user.js';
import type { Recommender } from '../recommender.js';
import { bestItems, createChoice, requireExcluded, toRecommendations } from './choice.js';
import { poolSize, spread } from './diversify.js';
import type { Recommendation, RecommendOptions } from './recommend-options.js';
import { createSearch } from './search-index.js';
import { scoresOfUser } from './user-scores.js';

/**
 * The best items for a user, in the caller's own ids.
 *
 * Fewer than `k` come back where fewer are left after exclusions and filter. Of equal scores the item that comes first in
 * the vocabulary is first. With `diversify` the list is chosen one by one from the best `pool` items, by maximal marginal
 * relevance:
 *
 *     next = argmax over the pool of (1 - strength) * relevance - strength * max likeness to those chosen
 *
 * with relevance the score, moved to [0, 1] over the pool, and likeness the cosine that {@link similarItems} uses. Scores
 * come back unchanged, so those of a diversified list need not fall.
 *
 * @param recommender - Any: a trained model, a baseline, or one of your own.
 * @param user - The user's id, or a user from {@link foldInUser}.
 * @returns The list, best first.
 * @throws RangeError when an option is out of range, when `k` is above the number of items known, when `exclude: 'seen'` or
 *   `unknownUser: 'popular'` meets a recommender without `seen`, and when a score is NaN.
 * @see Carbonell and Goldstein, "The Use of MMR, Diversity-Based Reranking for Reordering Documents and Producing
 *   Summaries" (1998)
 * @example
 * const picks = await recommend(recommender, 'ann', { k: 2, exclude: 'seen' });
 * picks.map(({ item }) => item); // ['cake', 'milk']
 */
export async function recommend(
  recommender: Recommender,
  user: Id | FoldedUser,
  options: RecommendOptions = {},
): Promise<Recommendation[]> {
  const choice = createChoice('recommend', recommender, options);
  if (typeof user !== 'object') requireExcluded('recommend', recommender, choice);
  const { k, items } = choice;
  const pool = poolSize('recommend', k, options.diversify);
  const scores = scoresOfUser('recommend', recommender, user, options.unknownUser);
  if (!scores) return [];
  const search = options.index && (await createSearch('recommend', recommender, options.index));
  const [indices, values] = await bestItems(choice, scores, Math.min(pool, items.size), search);
  if (!options.diversify) return toRecommendations(items, indices, values);
  const places = await spread('recommend', recommender, indices, values, k, options.diversify.strength);
  return toRecommendations(
    items,
    places.map((place) => indices[place]!),
    Float32Array.from(places, (at) => values[at]!),
  );
}
