import { squaredDifference } from '@tensorflow/tfjs-core';
import { type EmbeddingLoss, totalWeight, weightedMean } from './embedding-loss.js';

/**
 * Squared error: the loss of a `value` model.
 *
 *     mean of (output - label)^2, each row counting by its weight
 *
 * @returns A loss for {@link createEmbeddingStep}.
 * @example
 * squaredErrorLoss().name; // 'squaredError'
 */
export function squaredErrorLoss(): EmbeddingLoss {
  return {
    name: 'squaredError',
    compute: (outputs, { labels, weights }) => weightedMean(squaredDifference(outputs, labels), weights),
    computeOnHost: ({ logits, labels, weights }, gradient) => {
      const total = totalWeight(weights, logits.length);
      let loss = 0;
      for (let row = 0; row < logits.length; row += 1) {
        const error = logits[row]! - labels[row]!;
        const share = (weights === undefined ? 1 : weights[row]!) / total;
        loss += share * error * error;
        gradient[row] = 2 * share * error;
      }
      return loss;
    },
  };
}
