import type { Id } from '../../data/vocabulary.js';
import { type OptionNames, requireOptions } from '../../internal/options.js';
import { refuse, requireFunction, requireOneOf } from '../../internal/require.js';
import { requireRecommender } from '../check-recommender.js';
import type { Recommender } from '../recommender.js';
import { checkFitOptions } from './fit-side.js';
import type { FoldInUserOptions } from './fold-in-options.js';
import type { FoldedUser } from './folded-user.js';
import { readHistory } from './history.js';

const names: OptionNames<FoldInUserOptions> = {
  steps: true,
  learningRate: true,
  negatives: true,
  regularization: true,
  seed: true,
  signal: true,
  unknownItems: true,
  confidence: true,
  features: true,
};

/**
 * Makes a user of somebody the recommender was not trained on, from what they did: nothing is trained again.
 *
 * How depends on the recommender. Factors from least squares ({@link trainImplicitAls}): the vector that solves the user's
 * equations, in closed form, as training would. Scores that follow from a history alone (popularity, item-item): the
 * history itself. Embedding models: embeddings for the user, started from the average of all, that `steps` updates of Adam
 * fit to the history and to random other items, with the loss of the model's head and everything else held; weights do not
 * count; a history bag takes the history in besides. Fitted so, a user ranks near to, not exactly as, a trained one.
 * A recommender of your own: as its `foldInUser` or its `scoreHistory` says.
 *
 * @param recommender - Stays as it is.
 * @param items - What the user did, at least one item: ids, or ids with how much each counts (> 0, as `weights` of
 *   interactions; default 1); each row is one observation, as in `seen`.
 * @returns A user for {@link recommend}, {@link scoreItems} and {@link explainRecommendation}, of this recommender only.
 * @throws RangeError when an item is not known and the policy is to throw, when there is none, when a weight is not above 0,
 *   when an option is not known or out of range, and for a recommender that users cannot be folded into. Rejects with the
 *   signal's reason when it is aborted.
 * @see Hu et al., "Collaborative Filtering for Implicit Feedback Datasets" (2008)
 * @example
 * const { recommender: als } = await trainImplicitAls({ interactions: shop, factors: 4, seed: 1 });
 * const visitor = await foldInUser(als, ['tea', { item: 'mug', weight: 2 }]);
 * const picks = await recommend(als, visitor, { k: 2 });
 * picks.length; // 2
 */
export async function foldInUser(
  recommender: Recommender,
  items: Iterable<Id | { readonly item: Id; readonly weight?: number }> & object,
  options: FoldInUserOptions = {},
): Promise<FoldedUser> {
  const where = 'foldInUser';
  requireOptions(where, options, names);
  checkFitOptions(where, options);
  const { unknownItems = 'skip' } = options;
  requireOneOf(where, 'unknownItems', ['throw', 'skip'], unknownItems);
  requireFunction(where, 'confidence', options.confidence);
  requireRecommender(where, recommender);
  const { indices, weights, skipped } = readHistory(where, 'items', recommender.items, items, unknownItems);
  const user = await scoresOf(where, recommender, indices, weights, options);
  return { isKnown: indices.length > 0, unknownItems: skipped, seenItems: indices, weights, ...user };
}

function scoresOf(
  where: string,
  recommender: Recommender,
  items: Int32Array,
  weights: Float32Array,
  options: FoldInUserOptions,
): ReturnType<NonNullable<Recommender['foldInUser']>> {
  if (recommender.foldInUser) return recommender.foldInUser(items, weights, options);
  if (recommender.scoreHistory) return scoresOfHistory(recommender, items, weights);
  return refuse(
    where,
    'recommender',
    'declare `foldInUser` or `scoreHistory`, for users to be folded in',
    recommender.name,
  );
}

async function scoresOfHistory(recommender: Recommender, history: Int32Array, weights: Float32Array) {
  const scoreAll = () => recommender.scoreHistory!(history, weights);
  const scoreItems = async (items: Int32Array) => {
    const scores = await scoreAll();
    return Float32Array.from(items, (item) => scores[item]!);
  };
  return { scoreAll, scoreItems };
}
