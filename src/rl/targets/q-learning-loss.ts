import {
  abs,
  add,
  clone,
  mean,
  minimum,
  mul,
  type Scalar,
  square,
  sub,
  type Tensor1D,
  type Tensor2D,
  tidy,
} from '@tensorflow/tfjs-core';
import { type OptionNames, requireOptions } from '../../internal/options.js';
import { requireOneOf, requirePositive } from '../../internal/require.js';
import { withoutGradient } from '../../nn/without-gradient.js';
import { requireShapes } from './require-shapes.js';
import { tdError } from './td-error.js';

/** Options of {@link qLearningLoss}. */
export interface QLearningLossOptions {
  /** `'huber'`, the default: half the square of small errors, straight beyond `delta`. `'squared'`: half the square. */
  readonly loss?: 'huber' | 'squared';
  /** Where Huber's loss turns straight, above 0. Default 1. */
  readonly delta?: number;
  /** `[B]`: a weight for each transition, such as the importance weights of prioritized replay. All 1 where missing. */
  readonly weights?: Tensor1D;
}

const names: OptionNames<QLearningLossOptions> = { loss: true, delta: true, weights: true };

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
  options: QLearningLossOptions = {},
): Scalar {
  const name = 'qLearningLoss';
  requireOptions(name, options, names);
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

function huber(errors: Tensor1D, delta: number): Tensor1D {
  const sizes = abs(errors);
  const curved = minimum(sizes, delta);
  return add(mul(0.5, square(curved)), mul(delta, sub(sizes, curved)));
}
