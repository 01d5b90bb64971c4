import type { Id } from '../../data/vocabulary.js';
import { requireOptions } from '../../internal/options.js';
import { createPause } from '../../internal/pause.js';
import { requireRecommender } from '../check-recommender.js';
import { createCompletion } from '../completion.js';
import type { Recommender } from '../recommender.js';
import { type Choice, createChoice, pickBest, toRecommendations } from './choice.js';
import { indexOfItem } from './item-indices.js';
import { itemLikeness, type Likeness } from './item-likeness.js';
import type { Recommendation, RecommendOptions } from './recommend-options.js';

/**
 * The items most like one: "more like this".
 *
 * Likeness is the cosine of the items' vectors (factors; for an embedding model the item's embeddings, side by side), and
 * for a recommender without vectors the cosine of the sets of users who have the items in `recommender.seen`,
 * `|A and B| / sqrt(|A| |B|)`. Where nothing is known (the vector 0, an item that the recommender learned nothing of, two
 * items that no user has both) the list is filled up by popularity, as by {@link recommend}, and `source` says so.
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
  options: Omit<RecommendOptions, 'exclude' | 'index' | 'diversify' | 'unknownUser'> & {
    /** Ids to leave out, of which unknown ones change nothing. The item itself never comes. Default none. */
    readonly exclude?: Iterable<Id> & object;
  } = {},
): Promise<Recommendation[]> {
  const where = 'similarItems';
  requireOptions(where, options, {
    k: true,
    exclude: true,
    fill: true,
    filter: true,
    candidates: true,
    unknownItems: true,
    onUnknownItems: true,
  });
  requireRecommender(where, recommender);
  const { exclude = [], ...rest } = options;
  // Whether two items are alike was asked of the likeness already; a cosine of 0 is known.
  const completion = createCompletion(
    { ...recommender, knowledge: { emptyScore: nothingKnown } },
    undefined,
    rest.fill,
  );
  const made = await createChoice(where, recommender, { ...rest, exclude });
  const choice: Choice = { ...made, completion, sources: undefined };
  const index = indexOfItem(where, 'item', recommender.items, item);
  const none = new Int32Array(0);
  const scores = await likenessOf(choice, await itemLikeness(where, recommender), index);
  const other = { ...choice, accepts: (each: number) => each !== index && choice.accepts(each) };
  return toRecommendations(choice, pickBest(other, none, scores, choice.k), none);
}

// No cosine.
const nothingKnown = 2;

async function likenessOf({ candidates, items }: Choice, likeness: Likeness, index: number): Promise<Float32Array> {
  const scores = new Float32Array(candidates?.length ?? items.size);
  // At least once: many short calls in a row would otherwise hold the event loop.
  await createPause(0)();
  const pause = createPause();
  for (let at = 0; at < scores.length; at += 1) {
    // Where likeness is counted, one of them can be as many steps as there are users.
    if ((at & 15) === 0) await pause();
    scores[at] = likeness(index, candidates?.[at] ?? at) ?? nothingKnown;
  }
  return scores;
}
