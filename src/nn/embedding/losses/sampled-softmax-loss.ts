import { logSumExp, mean, slice, squeeze, sub, tensor2d } from '@tensorflow/tfjs-core';
import { requireOptions } from '../../../internal/options.js';
import { refuse } from '../../../internal/require.js';
import type { FeatureColumns } from '../inputs/features.js';
import type { EmbeddingLoss } from './embedding-loss.js';

/** Options of {@link sampledSoftmaxLoss}. */
export interface SampledSoftmaxOptions {
  /** `[I]`: how likely each item was drawn as a negative; its logarithm is taken off the logits. By default not done. */
  readonly probabilities?: Float32Array;
}

/**
 * Softmax cross-entropy of each positive among its negatives.
 *
 *     mean over groups of -log(exp(s[0]) / sum over j of exp(s[j])), s = logits - log(probability of the item)
 *
 * Row 0 of a group is the positive, the others are its negatives. Labels and weights are not looked at. With
 * `probabilities` it estimates the softmax over the whole catalogue; uniform negatives need none.
 *
 * @param options - Correction for negatives that are not drawn uniformly.
 * @returns A loss for {@link createEmbeddingStep}, for groups of two rows or more.
 * @throws RangeError when `probabilities` is no Float32Array.
 * @see Bengio and Senécal, "Adaptive Importance Sampling to Accelerate Training of a Neural Probabilistic Language Model" (2008)
 * @example
 * sampledSoftmaxLoss().isGrouped; // true
 */
export function sampledSoftmaxLoss(options: SampledSoftmaxOptions = {}): EmbeddingLoss {
  const where = 'sampledSoftmaxLoss';
  requireSoftmaxOptions(where, options);
  const { probabilities } = options;
  return {
    name: 'sampledSoftmax',
    isGrouped: true,
    compute: (logits, { rows }) => {
      const [groups, size] = logits.shape;
      const scores = probabilities
        ? sub(logits, tensor2d(logProbabilities(where, probabilities, rows, groups * size), [groups, size]))
        : logits;
      return mean(sub(logSumExp(scores, 1), squeeze(slice(scores, [0, 0], [groups, 1]), [1])));
    },
    computeOnHost: ({ logits, groupSize, rows }, gradient) => {
      const offsets = probabilities && logProbabilities(where, probabilities, rows, logits.length);
      let loss = 0;
      for (let start = 0; start < logits.length; start += groupSize) {
        for (let row = start; row < start + groupSize; row += 1) {
          gradient[row] = logits[row]! - (offsets === undefined ? 0 : offsets[row]!);
        }
        loss += softmaxInPlace(gradient, start, groupSize, start, logits.length / groupSize);
      }
      return loss;
    },
  };
}

/** Checks the options of both softmax losses. */
export function requireSoftmaxOptions(where: string, options: SampledSoftmaxOptions): void {
  requireOptions(where, options, { probabilities: true });
  const { probabilities } = options;
  if (probabilities === undefined || probabilities instanceof Float32Array) return;
  refuse(where, 'probabilities', 'be a Float32Array, a number for each item', probabilities);
}

/** The logarithm of each row's item's probability. */
export function logProbabilities(
  where: string,
  probabilities: Float32Array,
  rows: FeatureColumns,
  count: number,
): Float32Array {
  const { item } = rows;
  if (!(item instanceof Int32Array)) refuse(where, 'probabilities', `come with a categorical feature 'item'`, item);
  const logs = new Float32Array(count);
  for (let row = 0; row < count; row += 1) {
    const probability = probabilities[item[row]!];
    if (!(probability !== undefined && probability > 0)) {
      refuse(where, 'probabilities', `hold a number above 0 for item ${item[row]}`, probability);
    }
    logs[row] = Math.log(probability);
  }
  return logs;
}

/**
 * Turns a run of scores into the derivatives of their softmax cross-entropy over the number of groups.
 *
 * @param positive - Where the positive's score stands.
 * @returns The run's share of the mean loss.
 */
export function softmaxInPlace(
  scores: Float32Array,
  start: number,
  length: number,
  positive: number,
  groups: number,
): number {
  let highest = Number.NEGATIVE_INFINITY;
  for (let at = start; at < start + length; at += 1) highest = Math.max(highest, scores[at]!);
  const gap = highest - scores[positive]!;
  let total = 0;
  for (let at = start; at < start + length; at += 1) {
    const power = Math.exp(scores[at]! - highest);
    scores[at] = power;
    total += power;
  }
  for (let at = start; at < start + length; at += 1) scores[at] = scores[at]! / (total * groups);
  scores[positive] = scores[positive]! - 1 / groups;
  return (gap + Math.log(total)) / groups;
}
