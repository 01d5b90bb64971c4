import { add, logSumExp, mean, mul, sub, sum, tensor2d } from '@tensorflow/tfjs-core';
import type { FeatureColumns } from '../inputs/features.js';
import type { EmbeddingLoss } from './embedding-loss.js';
import {
  logProbabilities,
  requireSoftmaxOptions,
  type SampledSoftmaxOptions,
  softmaxInPlace,
} from './sampled-softmax-loss.js';

/** Stands for minus infinity, which would turn into NaN where it meets a zero. */
const BARRED = -1e30;

/**
 * Softmax cross-entropy of each row's item among the items of the whole batch: every row's item is every other row's
 * negative, and no negatives are drawn.
 *
 *     mean over i of -log(exp(s[i, i]) / sum over j of exp(s[i, j])), s[i, j] = logit(user i, item j) - log(p[item j])
 *
 * A popular item is a negative as often as it is bought: `probabilities`, each item's share of the training rows, put
 * that right. Where item j is item i again, it is left out of the sum. Labels and weights are not looked at. A model of
 * the dot product or two-tower kind computes all pairs as one matrix product; any other, pair by pair.
 *
 * @param options - Correction for items that are not equally frequent.
 * @returns A loss for {@link createEmbeddingStep}, for batches of users with items that they bought.
 * @throws RangeError when `probabilities` is no Float32Array.
 * @see Yi et al., "Sampling-Bias-Corrected Neural Modeling for Large Corpus Item Recommendations" (2019)
 * @example
 * inBatchSoftmaxLoss().isWithinBatch; // true
 */
export function inBatchSoftmaxLoss(options: SampledSoftmaxOptions = {}): EmbeddingLoss {
  requireSoftmaxOptions('inBatchSoftmaxLoss', options);
  const { probabilities } = options;
  return {
    name: 'inBatchSoftmax',
    isWithinBatch: true,
    compute: (logits, { rows }) => {
      const [count] = logits.shape;
      const scores = add(logits, tensor2d(offsets(rows, count, probabilities), [count, count]));
      const diagonal = Float32Array.from({ length: count * count }, (_, at) => (at % (count + 1) === 0 ? 1 : 0));
      const positives = sum(mul(scores, tensor2d(diagonal, [count, count])), 1);
      return mean(sub(logSumExp(scores, 1), positives));
    },
    computeOnHost: ({ logits, groupSize: count, rows }, gradient) => {
      const added = offsets(rows, count, probabilities);
      for (let at = 0; at < logits.length; at += 1) gradient[at] = logits[at]! + added[at]!;
      let loss = 0;
      for (let row = 0; row < count; row += 1) {
        loss += softmaxInPlace(gradient, row * count, count, row * (count + 1), count);
      }
      return loss;
    },
  };
}

// What is added to each logit: the correction for its item, or what bars it.
function offsets(rows: FeatureColumns, count: number, probabilities: Float32Array | undefined): Float32Array {
  const items = rows.item as Int32Array;
  const logs = probabilities && logProbabilities('inBatchSoftmaxLoss', probabilities, rows, count);
  const added = new Float32Array(count * count);
  for (let row = 0; row < count; row += 1) {
    for (let column = 0; column < count; column += 1) {
      const isSame = row !== column && items[row] === items[column];
      added[row * count + column] = isSame ? BARRED : -(logs?.[column] ?? 0);
    }
  }
  return added;
}
