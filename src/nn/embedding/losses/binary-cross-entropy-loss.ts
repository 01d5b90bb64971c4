import { mul, softplus, sub } from '@tensorflow/tfjs-core';
import { type EmbeddingLoss, totalWeight, weightedMean } from './embedding-loss.js';

/**
 * Cross-entropy of yes or no: the loss of a `binary` model.
 *
 *     mean of softplus(logit) - label * logit, which is -label log p - (1 - label) log(1 - p) with p = sigmoid(logit)
 *
 * With weights, each row counts by its weight, and the mean is over the sum of weights. Labels between 0 and 1 are
 * probabilities.
 *
 * @returns A loss for {@link createEmbeddingStep}; finite for any logit.
 * @example
 * binaryCrossEntropyLoss().name; // 'binaryCrossEntropy'
 */
export function binaryCrossEntropyLoss(): EmbeddingLoss {
  return {
    name: 'binaryCrossEntropy',
    isLogistic: true,
    compute: (logits, { labels, weights }) => weightedMean(sub(softplus(logits), mul(labels, logits)), weights),
    computeOnHost: ({ logits, labels, weights }, gradient) => {
      const total = totalWeight(weights, logits.length);
      let loss = 0;
      for (let row = 0; row < logits.length; row += 1) {
        const logit = logits[row]!;
        const share = (weights === undefined ? 1 : weights[row]!) / total;
        // exp of what is not positive: neither overflows.
        const small = Math.exp(-Math.abs(logit));
        const probability = (logit >= 0 ? 1 : small) / (1 + small);
        loss += share * (Math.max(logit, 0) + Math.log1p(small) - labels[row]! * logit);
        gradient[row] = share * (probability - labels[row]!);
      }
      return loss;
    },
  };
}
