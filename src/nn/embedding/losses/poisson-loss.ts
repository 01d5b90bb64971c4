import { exp, mul, sub } from '@tensorflow/tfjs-core';
import { type EmbeddingLoss, totalWeight, weightedMean } from './embedding-loss.js';

/**
 * Poisson likelihood: the loss of a `count` model, whose output is the logarithm of a rate.
 *
 *     mean of exp(output) - label * output, each row counting by its weight
 *
 * That is the negative log-likelihood without the logarithm of `label!`, which no weight can change. It grows with the
 * exponential of the output: an output beyond 88 is infinite in float32.
 *
 * @returns A loss for {@link createEmbeddingStep}.
 * @example
 * poissonLoss().name; // 'poisson'
 */
export function poissonLoss(): EmbeddingLoss {
  return {
    name: 'poisson',
    compute: (outputs, { labels, weights }) => weightedMean(sub(exp(outputs), mul(labels, outputs)), weights),
    computeOnHost: ({ logits, labels, weights }, gradient) => {
      const total = totalWeight(weights, logits.length);
      let loss = 0;
      for (let row = 0; row < logits.length; row += 1) {
        const rate = Math.exp(logits[row]!);
        const share = (weights === undefined ? 1 : weights[row]!) / total;
        loss += share * (rate - labels[row]! * logits[row]!);
        gradient[row] = share * (rate - labels[row]!);
      }
      return loss;
    },
  };
}
