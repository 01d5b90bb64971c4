import { mean, neg, slice, softplus, sub } from '@tensorflow/tfjs-core';
import type { EmbeddingLoss } from './embedding-loss.js';

/**
 * Bayesian personalised ranking: each positive should outscore each of its negatives.
 *
 *     mean over groups and negatives of -log sigmoid(positive - negative)
 *
 * Row 0 of a group is the positive, the others are its negatives. Labels and weights are not looked at.
 *
 * @returns A loss for {@link createEmbeddingStep}, for groups of two rows or more.
 * @see Rendle et al., "BPR: Bayesian Personalized Ranking from Implicit Feedback" (2009)
 * @example
 * bprLoss().isGrouped; // true
 */
export function bprLoss(): EmbeddingLoss {
  return {
    name: 'bpr',
    isGrouped: true,
    compute: (logits) => {
      const [groups, size] = logits.shape;
      const gaps = sub(slice(logits, [0, 0], [groups, 1]), slice(logits, [0, 1], [groups, size - 1]));
      return mean(softplus(neg(gaps)));
    },
    computeOnHost: ({ logits, groupSize }, gradient) => {
      const share = groupSize / (logits.length * (groupSize - 1));
      let loss = 0;
      for (let start = 0; start < logits.length; start += groupSize) {
        let pull = 0;
        for (let row = start + 1; row < start + groupSize; row += 1) {
          const shortfall = logits[row]! - logits[start]!;
          const small = Math.exp(-Math.abs(shortfall));
          loss += share * (Math.max(shortfall, 0) + Math.log1p(small));
          const push = (share * (shortfall >= 0 ? 1 : small)) / (1 + small);
          gradient[row] = push;
          pull += push;
        }
        gradient[start] = -pull;
      }
      return loss;
    },
  };
}
