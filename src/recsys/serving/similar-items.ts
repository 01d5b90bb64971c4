import type { Id } from '../../data/vocabulary.js';
import type { Recommender } from '../recommender.js';
import { createChoice, pickBest, toRecommendations } from './choice.js';
import { indexOfItem } from './item-indices.js';
import { itemLikeness } from './item-likeness.js';
import type { ChoiceOptions, Recommendation } from './recommend-options.js';

/** Options of {@link similarItems}. */
export interface SimilarItemsOptions extends Omit<ChoiceOptions, 'exclude' | 'index'> {
  /** Ids to leave out, of which unknown ones change nothing. The item itself never comes. Default none. */
  readonly exclude?: Iterable<Id>;
}

/**
 * The items most like one: "more like this".
 *
 * Likeness is the cosine of the items' vectors (factors; for an embedding model the item's embeddings, side by side), and
 * for a recommender without vectors the cosine of the sets of users who have the items in `recommender.seen`,
 * `|A and B| / sqrt(|A| |B|)`. An item with the vector 0, or without users, is like none.
 *
 * @param recommender - Any with item vectors or `seen`.
 * @param item - The item's id.
 * @returns The list, most alike first, with the cosine as score; of equal ones the first in the vocabulary is first.
 * @throws RangeError when the item is not known, an option is out of range, or there is nothing to compare items by.
 * @example
 * const [nearest] = await similarItems(recommender, 'tea', { k: 1 });
 * nearest.item; // 'milk'
 */
export async function similarItems(
  recommender: Recommender,
  item: Id,
  options: SimilarItemsOptions = {},
): Promise<Recommendation[]> {
  const choice = createChoice('similarItems', recommender, options);
  const index = indexOfItem('similarItems', 'item', recommender.items, item);
  const likeness = await itemLikeness('similarItems', recommender);
  const candidates = choice.candidates ?? Int32Array.from({ length: recommender.items.size }, (_, each) => each);
  const scores = Float32Array.from(candidates, (each) => likeness(index, each));
  const others = { ...choice, candidates, accepts: (each: number) => each !== index && choice.accepts(each) };
  const [indices, values] = pickBest(others, new Int32Array(0), scores, choice.k);
  return toRecommendations(recommender.items, indices, values);
}
