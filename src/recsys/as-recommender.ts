import type { Interactions } from '../data/interactions.js';
import { refuse } from '../internal/require.js';
import type { EmbeddingModel } from '../nn/embedding/embedding-model.js';
import type { Recommender } from './recommender.js';

/** Options of {@link asRecommender}. */
export interface AsRecommenderOptions {
  /** What it was trained on: the rows that count as seen. By default nothing counts as seen. */
  readonly seen?: Interactions;
  /** What reports call it. Default: the model's kind. */
  readonly name?: string;
}

/**
 * Wraps a model for everything that takes a recommender: evaluation, recommending, explaining.
 *
 * The wrapper keeps nothing: it scores with the weights that the model has at that moment.
 *
 * @param model - A model with the categorical features `user` and `item`; it stays yours.
 * @returns A recommender over the model.
 * @throws RangeError when the model lacks one of these features.
 * @example
 * asRecommender(model, { seen: interactions }).name; // 'embeddingMlp'
 */
export function asRecommender(model: EmbeddingModel, options: AsRecommenderOptions = {}): Recommender {
  const { seen, name = model.kind } = options;
  return {
    name,
    users: vocabularyOf(model, 'user'),
    items: vocabularyOf(model, 'item'),
    ...(seen ? { seen } : {}),
    model,
    scorePairs: (users, items) => model.scorePairs(users, items),
    scoreAll: (users) => model.scoreAll(users),
    ...(model.factors ? { factors: () => model.factors!() } : {}),
  };
}

function vocabularyOf(model: EmbeddingModel, name: 'user' | 'item') {
  const feature = model.features[name];
  if (feature?.kind === 'categorical') return feature.vocabulary;
  return refuse('asRecommender', 'model', `have a categorical feature \`${name}\``, Object.keys(model.features));
}
