import {
  abs,
  add,
  cast,
  clone,
  expandDims,
  less,
  mean,
  minimum,
  mul,
  type Scalar,
  square,
  sub,
  sum,
  type Tensor1D,
  type Tensor2D,
  type Tensor3D,
  tensor1d,
  tidy,
} from '@tensorflow/tfjs-core';
import { type OptionNames, requireOptions } from '../../internal/options.js';
import { requirePositive } from '../../internal/require.js';
import { withoutGradient } from '../../nn/without-gradient.js';
import { atActions, bestActions } from './action-values.js';
import type { DistributionLossOptions } from './categorical-q-learning.js';
import type { NextActionOptions } from './q-learning-target.js';
import { requireShapes } from './require-shapes.js';

/** Options of {@link quantileQLearningTarget}. */
export interface QuantileTargetOptions extends NextActionOptions {
  /** `[B, A, N]`: quantiles by the network that chooses the next action, as in double Q-learning. Default `nextQuantiles`. */
  readonly nextOnlineQuantiles?: Tensor3D;
}

const targetNames: OptionNames<QuantileTargetOptions> = { actionMask: true, nextOnlineQuantiles: true };

/**
 * The target of quantile Q-learning: the quantiles of the best next action, discounted, and what the step earned.
 *
 *     target(j) = reward + discount * nextQuantiles(a*)(j),   a* the legal action of the largest mean
 *
 * A row without a legal action needs the discount 0.
 *
 * @param rewards - `[B]`, float32.
 * @param discounts - `[B]`, float32, in [0, 1]: 0 at a true end only.
 * @param nextQuantiles - `[B, A, N]`, float32: quantiles of the return in the next states, by the target network.
 * @returns `[B, N]`. The caller disposes it.
 * @throws RangeError when shapes do not fit.
 * @see Dabney et al., "Distributional Reinforcement Learning with Quantile Regression" (2018), https://arxiv.org/abs/1710.10044
 * @example
 * quantileQLearningTarget(tensor1d([1]), tensor1d([0.5]), tensor3d([[[2, 4], [0, 5]]])); // [[2, 3]]
 */
export function quantileQLearningTarget(
  rewards: Tensor1D,
  discounts: Tensor1D,
  nextQuantiles: Tensor3D,
  options: QuantileTargetOptions = {},
): Tensor2D {
  requireOptions('quantileQLearningTarget', options, targetNames);
  const { actionMask, nextOnlineQuantiles = nextQuantiles } = options;
  requireShapes('quantileQLearningTarget', {
    rewards: [rewards, ['B']],
    discounts: [discounts, ['B']],
    nextQuantiles: [nextQuantiles, ['B', 'A', 'N']],
    nextOnlineQuantiles: [nextOnlineQuantiles, ['B', 'A', 'N']],
    actionMask: [actionMask, ['B', 'A']],
  });
  return withoutGradient(() => {
    const chosen = bestActions(mean(nextOnlineQuantiles, 2), actionMask);
    return add(expandDims(rewards, 1), mul(expandDims(discounts, 1), atActions(nextQuantiles, chosen))) as Tensor2D;
  });
}

/** Options of {@link quantileQLearningLoss}. */
export interface QuantileLossOptions extends DistributionLossOptions {
  /** Where Huber's loss turns straight, above 0. Default 1. */
  readonly delta?: number;
}

const lossNames: OptionNames<QuantileLossOptions> = { delta: true, weights: true };

/**
 * The loss of quantile Q-learning: each predicted quantile is pulled up by targets above it and down by those below, in
 * the proportion that makes it a quantile.
 *
 *     mean over B of weight * sum over i of mean over j of |tau(i) - [e < 0]| h(e) / delta,
 *     e = target(j) - quantile(i),   tau(i) = (i + 1/2) / N
 *
 * with h Huber's loss, as in {@link qLearningLoss}. No gradient passes to `targets` and `weights`.
 *
 * @param quantiles - `[B, A, N]`, float32: by the network in training.
 * @param actions - `[B]`, int32, in [0, A).
 * @param targets - `[B, M]`, float32: from {@link quantileQLearningTarget}, or samples of the return.
 * @returns Scalar, mean over the batch. The caller disposes it.
 * @throws RangeError when shapes do not fit or `delta` is not a positive number.
 * @see Dabney et al., "Distributional Reinforcement Learning with Quantile Regression" (2018), https://arxiv.org/abs/1710.10044, equation 10
 * @example
 * // One quantile, the median, 0.5 and 3 below the targets: half of the mean of 0.125 and 2.5.
 * quantileQLearningLoss(tensor3d([[[0], [7]]]), tensor1d([0], 'int32'), tensor2d([[0.5, 3]])); // 0.65625
 */
export function quantileQLearningLoss(
  quantiles: Tensor3D,
  actions: Tensor1D,
  targets: Tensor2D,
  options: QuantileLossOptions = {},
): Scalar {
  const name = 'quantileQLearningLoss';
  requireOptions(name, options, lossNames);
  const { delta = 1, weights } = options;
  requirePositive(name, 'delta', delta);
  requireShapes(name, {
    quantiles: [quantiles, ['B', 'A', 'N']],
    actions: [actions, ['B']],
    targets: [targets, ['B', 'M']],
    weights: [weights, ['B']],
  });
  return tidy(() => {
    const predicted = atActions(quantiles, actions) as Tensor2D;
    // [B, N, M]
    const errors = sub(
      expandDims(
        withoutGradient(() => clone(targets)),
        1,
      ),
      expandDims(predicted, 2),
    ) as Tensor3D;
    const losses = sum(mean(mul(slopes(errors), huberOverDelta(errors, delta)), 2), 1) as Tensor1D;
    return mean<Scalar>(
      weights
        ? mul(
            losses,
            withoutGradient(() => clone(weights)),
          )
        : losses,
    );
  });
}

// |tau - [e < 0]|, which is locally constant: no gradient passes.
function slopes(errors: Tensor3D): Tensor3D {
  const count = errors.shape[1];
  const taus = tensor1d(Float32Array.from({ length: count }, (_, index) => (index + 0.5) / count));
  return withoutGradient(() => abs(sub(expandDims(taus, 1), cast(less(errors, 0), 'float32')) as Tensor3D));
}

function huberOverDelta(errors: Tensor3D, delta: number): Tensor3D {
  const sizes = abs(errors);
  const curved = minimum(sizes, delta);
  return add(mul(0.5 / delta, square(curved)), sub(sizes, curved));
}
