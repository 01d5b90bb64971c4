import { div, mean, mul, type Scalar, sum, type Tensor, type Tensor2D } from '@tensorflow/tfjs-core';
import type { FeatureColumns } from '../inputs/features.js';

/**
 * A loss for {@link createEmbeddingStep}. Write your own: `compute` alone will do. A loss that looks at pairs or lists
 * takes groups: row 0 of each is the positive, the others are its negatives.
 */
export interface EmbeddingLoss {
  /** What reports call it. */
  readonly name: string;
  /** Whether it needs groups of two rows or more. Default `false`. */
  readonly isGrouped?: boolean;
  /**
   * Whether it compares each row's user with every row's item: the logits are then `[B, B]`, the positives on the
   * diagonal. Default `false`.
   */
  readonly isWithinBatch?: boolean;
  /**
   * Whether it is the mean of `softplus(logit) - label * logit`, and nothing besides: a step may then compute it in loops of
   * its own, and never calls `compute`. Leave it out of losses of your own. Default `false`.
   */
  readonly isLogistic?: boolean;
  /** The loss of a batch, as groups of rows, G groups of g rows: a differentiable function of the logits `[G, g]`. */
  compute(
    logits: Tensor2D,
    targets: {
      /** `[G, g]`; `[B, 1]` for a loss within the batch. */
      readonly labels: Tensor2D;
      /** As `labels`; missing where every row counts as 1. */
      readonly weights?: Tensor2D;
      /** The batch's features, on the host. */
      readonly rows: FeatureColumns;
    },
  ): Scalar;
  /**
   * The same loss without tensors, for speed: writes the derivatives with respect to each logit into `gradient` and
   * returns the loss. It is an option: where it is missing, `compute` is differentiated.
   */
  computeOnHost?(
    batch: {
      /** `[G * g]`, row-major: raw outputs of the model; `[B * B]` for a loss within the batch. */
      readonly logits: Float32Array;
      /** `[G * g]`; `[B]` for a loss within the batch. */
      readonly labels: Float32Array;
      /** As `labels`; missing where every row counts as 1. */
      readonly weights?: Float32Array;
      /** Rows of a group, g. */
      readonly groupSize: number;
      /** The batch's features. */
      readonly rows: FeatureColumns;
    },
    gradient: Float32Array,
  ): number;
}

/** What a loss compares, as tensors. */
export type LossTargets = Parameters<EmbeddingLoss['compute']>[1];

/** The mean of losses, each counting by its weight where there are weights. */
export function weightedMean(losses: Tensor, weights: Tensor | undefined): Scalar {
  return weights === undefined ? mean(losses) : div(sum(mul(losses, weights)), sum(weights));
}

/** What divides a sum of weighted losses: the sum of weights, or the number of rows. */
export function totalWeight(weights: Float32Array | undefined, rows: number): number {
  return weights === undefined ? rows : weights.reduce((sum, weight) => sum + weight, 0);
}
