import { createVocabulary, type Id } from '../../data/vocabulary.js';
import { type OptionNames, requireOptions } from '../../internal/options.js';
import { refuse, requireFunction, requireOneOf } from '../../internal/require.js';
import { requireRecommender } from '../check-recommender.js';
import { factorRecommender } from '../factor-recommender.js';
import type { LeastSquares, Recommender } from '../recommender.js';
import type { UnknownItemPolicy } from '../serving/item-indices.js';
import { checkFitOptions, type FitOptions } from './fit-side.js';
import { confidencesOf, fitVector, fixedSide } from './fit-vector.js';
import { foldUserIntoModel } from './fold-into-model.js';
import type { FoldedUser } from './folded-user.js';
import { type ReadHistory, readHistory } from './history.js';
import type { FeatureValues } from './side-blocks.js';

/** Something that a user did. */
export interface HistoryItem {
  /** The item's id. */
  readonly item: Id;
  /** How much it counts, > 0, as `weights` of interactions. Default 1. */
  readonly weight?: number;
}

/** Options of {@link foldInUser}. */
export interface FoldInUserOptions extends FitOptions {
  /**
   * What to do with items that the recommender does not know. Default `'skip'`: {@link FoldedUser.unknownItems} names them,
   * and a user of whom nothing else is known gets popular items.
   */
  readonly unknownItems?: UnknownItemPolicy;
  /** For least squares: what a row of weight w counts. Default what the recommender was trained with. */
  readonly confidence?: (weight: number) => number;
  /** For models: what is known of the user besides, by the names of features. What is missing is taken as average. */
  readonly features?: FeatureValues;
}

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
 *
 * @param recommender - Stays as it is.
 * @param items - What the user did, at least one item; each row is one observation, as in `seen`.
 * @returns A user for {@link recommend}, {@link scoreItems} and {@link explainRecommendation}, of this recommender only.
 * @throws RangeError when an item is not known and the policy is to throw, when there is none, when a weight is not above 0,
 *   when an option is not known or out of range, and for a recommender that users cannot be folded into. Rejects with the
 *   signal's reason when it is aborted.
 * @see Hu et al., "Collaborative Filtering for Implicit Feedback Datasets" (2008)
 * @example
 * const als = await trainImplicitAls(shop, { factors: 4, seed: 1 });
 * const visitor = await foldInUser(als, ['tea', { item: 'mug', weight: 2 }]);
 * const picks = await recommend(als, visitor, { k: 2 });
 * picks.length; // 2
 */
export async function foldInUser(
  recommender: Recommender,
  items: Iterable<Id | HistoryItem> & object,
  options: FoldInUserOptions = {},
): Promise<FoldedUser> {
  const where = 'foldInUser';
  requireOptions(where, options, names);
  checkFitOptions(where, options);
  const { unknownItems = 'skip', features = {} } = options;
  requireOneOf(where, 'unknownItems', ['throw', 'skip'], unknownItems);
  requireFunction(where, 'confidence', options.confidence);
  requireRecommender(where, recommender);
  const history = readHistory(where, 'items', recommender.items, items, unknownItems);
  const { leastSquares, scoreHistory, model } = recommender;
  if (leastSquares) {
    const { confidence = leastSquares.confidence } = options;
    const confidences = confidencesOf(where, { ...leastSquares, ...(confidence && { confidence }) }, history.weights);
    return foldBySquares(recommender, leastSquares, history, confidences, options.signal);
  }
  if (scoreHistory) return foldByHistory(recommender, history);
  if (model) return foldUserIntoModel(where, model, history, features, options);
  refuse(where, 'recommender', 'be one that users can be folded into', recommender.name);
}

async function foldBySquares(
  recommender: Recommender,
  leastSquares: LeastSquares,
  { indices, weights, skipped }: ReadHistory,
  confidences: Float32Array,
  signal: AbortSignal | undefined,
): Promise<FoldedUser> {
  const factors = await recommender.factors!();
  const vector = await fitVector(await fixedSide(leastSquares, factors, 'items'), indices, confidences, signal);
  const alone = factorRecommender({
    users: createVocabulary(['folded in']),
    items: recommender.items,
    factors: { ...factors, users: vector },
  });
  return {
    isKnown: indices.length > 0,
    unknownItems: skipped,
    seenItems: indices,
    weights,
    vector,
    scoreItems: (items) => alone.scorePairs(new Int32Array(items.length), items),
    scoreAll: () => alone.scoreAll(Int32Array.of(0)),
  };
}

function foldByHistory(recommender: Recommender, { indices, weights, skipped }: ReadHistory): FoldedUser {
  const scoreAll = () => recommender.scoreHistory!(indices, weights);
  return {
    isKnown: indices.length > 0,
    unknownItems: skipped,
    seenItems: indices,
    weights,
    scoreAll,
    scoreItems: async (items) => {
      const scores = await scoreAll();
      return Float32Array.from(items, (item) => scores[item]!);
    },
  };
}
