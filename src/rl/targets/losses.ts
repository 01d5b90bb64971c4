/** Losses: how far predictions at the chosen actions are from their targets, as one number to differentiate. */
import {
  abs,
  add,
  cast,
  clone,
  expandDims,
  less,
  logSoftmax,
  mean,
  minimum,
  mul,
  neg,
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
import { requireOptions } from '../../internal/options.js';
import { requireOneOf, requirePositive } from '../../internal/require.js';
import { withoutGradient } from '../../nn/gradients/without-gradient.js';
import { atActions, requireShapes, weightedMean } from './batch.js';
import { tdError } from './one-step.js';

/**
 * The loss of Q-learning: how far predictions are from their targets.
 *
 *     mean over B of weight * h(target - q(action)),   h(e) = e²/2 for |e| <= delta, delta (|e| - delta/2) beyond
 *
 * The gradient of Huber's h never exceeds `delta`, so that one odd reward cannot throw the network. No gradient passes
 * to `targets` and `weights`. The mean is over the batch: weights do not change what it is divided by.
 *
 * @param q - `[B, A]`, float32: values by the network in training.
 * @param actions - `[B]`, int32, in [0, A).
 * @param targets - `[B]`, float32.
 * @returns Scalar, mean over the batch. The caller disposes it.
 * @throws RangeError when shapes do not fit or `delta` is not a positive number.
 * @see Mnih et al., "Human-level control through deep reinforcement learning" (2015), https://doi.org/10.1038/nature14236
 * @example
 * const [q, actions, targets] = [tensor2d([[1, 9], [9, 2]]), tensor1d([0, 1], 'int32'), tensor1d([1.5, 5])];
 * qLearningLoss(q, actions, targets); // 1.3125
 * qLearningLoss(q, actions, targets, { loss: 'squared' }); // 2.3125
 */
export function qLearningLoss(
  q: Tensor2D,
  actions: Tensor1D,
  targets: Tensor1D,
  options: {
    /** `'huber'`, the default: half the square of small errors, straight beyond `delta`. `'squared'`: half the square. */
    readonly loss?: 'huber' | 'squared';
    /** Where Huber's loss turns straight, above 0. Default 1. */
    readonly delta?: number;
    /** `[B]`: a weight for each transition, such as the importance weights of prioritized replay. All 1 where missing. */
    readonly weights?: Tensor1D;
  } = {},
): Scalar {
  const name = 'qLearningLoss';
  requireOptions(name, options, { loss: true, delta: true, weights: true });
  const { loss = 'huber', delta = 1, weights } = options;
  requireOneOf(name, 'loss', ['huber', 'squared'], loss);
  requirePositive(name, 'delta', delta);
  requireShapes(name, {
    q: [q, ['B', 'A']],
    actions: [actions, ['B']],
    targets: [targets, ['B']],
    weights: [weights, ['B']],
  });
  return tidy(() => {
    const errors = tdError(q, actions, targets);
    const losses = loss === 'squared' ? mul(0.5, square(errors)) : huber(errors, delta);
    return weightedMean(losses, weights);
  });
}

function huber(errors: Tensor1D, delta: number): Tensor1D {
  const sizes = abs(errors);
  const curved = minimum(sizes, delta);
  return add(mul(0.5, square(curved)), mul(delta, sub(sizes, curved)));
}

/**
 * The loss of categorical Q-learning: cross entropy between the target's distribution and the prediction.
 *
 *     mean over B of weight * -sum over k of target(k) log softmax(logits(action))(k)
 *
 * No gradient passes to `targets` and `weights`.
 *
 * @param logits - `[B, A, K]`, float32: logits over the atoms, by the network in training.
 * @param actions - `[B]`, int32, in [0, A).
 * @param targets - `[B, K]`, float32: from {@link categoricalQLearningTarget}.
 * @returns Scalar, mean over the batch. The caller disposes it.
 * @throws RangeError when shapes do not fit.
 * @see Bellemare et al., "A Distributional Perspective on Reinforcement Learning" (2017), https://arxiv.org/abs/1707.06887
 * @example
 * // Two atoms thought equally likely: log 2, whatever the target.
 * categoricalQLearningLoss(tensor3d([[[0, 0], [9, 1]]]), tensor1d([0], 'int32'), tensor2d([[0.3, 0.7]])); // 0.6931
 */
export function categoricalQLearningLoss(
  logits: Tensor3D,
  actions: Tensor1D,
  targets: Tensor2D,
  options: {
    /** `[B]`: a weight for each transition, such as the importance weights of prioritized replay. All 1 where missing. */
    readonly weights?: Tensor1D;
  } = {},
): Scalar {
  requireOptions('categoricalQLearningLoss', options, { weights: true });
  const { weights } = options;
  requireShapes('categoricalQLearningLoss', {
    logits: [logits, ['B', 'A', 'K']],
    actions: [actions, ['B']],
    targets: [targets, ['B', 'K']],
    weights: [weights, ['B']],
  });
  return tidy(() => {
    const predicted = logSoftmax(atActions(logits, actions) as Tensor2D);
    const losses = neg(
      sum(
        mul(
          withoutGradient(() => clone(targets)),
          predicted,
        ),
        1,
      ),
    ) as Tensor1D;
    return weightedMean(losses, weights);
  });
}

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
  options: {
    /** Where Huber's loss turns straight, above 0. Default 1. */
    readonly delta?: number;
    /** `[B]`: a weight for each transition, such as the importance weights of prioritized replay. All 1 where missing. */
    readonly weights?: Tensor1D;
  } = {},
): Scalar {
  const name = 'quantileQLearningLoss';
  requireOptions(name, options, { delta: true, weights: true });
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
    return weightedMean(losses, weights);
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
