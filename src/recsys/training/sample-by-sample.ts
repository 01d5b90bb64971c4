import { dotProductTables } from './dot-product-weights.js';
import type { ImplicitTrainingOptions } from './recommender-options.js';

/**
 * Whether a run is plain stochastic gradient descent on a dot product, one sample at a time by cross-entropy, which has
 * loops of its own: a batch of one would spend its time on everything but arithmetic.
 */
export function isSampleBySample({ model, loss, optimizer, batchSize }: ImplicitTrainingOptions): boolean {
  const isPlain = optimizer?.kind === 'sgd' && batchSize === 1 && model.head === 'binary';
  const isCrossEntropy = loss === undefined || loss.isLogistic === true;
  return isPlain && isCrossEntropy && dotProductTables(model) !== undefined;
}
