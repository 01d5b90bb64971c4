import {
  add,
  clone,
  expandDims,
  logSoftmax,
  mean,
  mul,
  neg,
  type Scalar,
  softmax,
  sum,
  type Tensor1D,
  type Tensor2D,
  type Tensor3D,
  tidy,
} from '@tensorflow/tfjs-core';
import { type OptionNames, requireOptions } from '../../internal/options.js';
import { withoutGradient } from '../../nn/without-gradient.js';
import { atActions, bestActions } from './action-values.js';
import { projectCategorical } from './project-categorical.js';
import type { NextActionOptions } from './q-learning-target.js';
import { requireShapes } from './require-shapes.js';

/** Options of {@link categoricalQLearningTarget}. */
export interface CategoricalTargetOptions extends NextActionOptions {
  /** `[B, A, K]`: logits of the network that chooses the next action, as in double Q-learning. Default `nextLogits`. */
  readonly nextOnlineLogits?: Tensor3D;
}

const targetNames: OptionNames<CategoricalTargetOptions> = { actionMask: true, nextOnlineLogits: true };

/**
 * The target of categorical Q-learning (C51): the distribution of what one step earned and may follow, on fixed atoms.
 *
 *     target = projection of (reward + discount * atoms, softmax(nextLogits(a*))) onto atoms
 *
 * with a* the legal action of the largest mean. A row without a legal action needs the discount 0.
 *
 * @param rewards - `[B]`, float32.
 * @param discounts - `[B]`, float32, in [0, 1]: 0 at a true end only.
 * @param nextLogits - `[B, A, K]`, float32: logits over the atoms in the next states, by the target network.
 * @param atoms - `[K]`, float32: returns that the network tells apart, ascending.
 * @returns `[B, K]`: probabilities. The caller disposes it.
 * @throws RangeError when shapes do not fit.
 * @see Bellemare et al., "A Distributional Perspective on Reinforcement Learning" (2017), https://arxiv.org/abs/1707.06887
 * @example
 * const nextLogits = tensor3d([[[0, 0, 200], [200, 0, 0]]]);
 * // Action 0 returns 1 for sure: 0.25 + 0.5 * 1 lies half-way between the last two atoms.
 * categoricalQLearningTarget(tensor1d([0.25]), tensor1d([0.5]), nextLogits, tensor1d([0, 0.5, 1])); // [[0, 0.5, 0.5]]
 */
export function categoricalQLearningTarget(
  rewards: Tensor1D,
  discounts: Tensor1D,
  nextLogits: Tensor3D,
  atoms: Tensor1D,
  options: CategoricalTargetOptions = {},
): Tensor2D {
  requireOptions('categoricalQLearningTarget', options, targetNames);
  const { actionMask, nextOnlineLogits = nextLogits } = options;
  requireShapes('categoricalQLearningTarget', {
    rewards: [rewards, ['B']],
    discounts: [discounts, ['B']],
    nextLogits: [nextLogits, ['B', 'A', 'K']],
    atoms: [atoms, ['K']],
    nextOnlineLogits: [nextOnlineLogits, ['B', 'A', 'K']],
    actionMask: [actionMask, ['B', 'A']],
  });
  return withoutGradient(() => {
    const means = sum(mul(softmax(nextOnlineLogits), atoms), 2) as Tensor2D;
    const chosen = atActions(softmax(nextLogits), bestActions(means, actionMask)) as Tensor2D;
    const moved = add(expandDims(rewards, 1), mul(expandDims(discounts, 1), atoms)) as Tensor2D;
    return projectCategorical(moved, chosen, atoms);
  });
}

/** Options of the losses over distributions. */
export interface DistributionLossOptions {
  /** `[B]`: a weight for each transition, such as the importance weights of prioritized replay. All 1 where missing. */
  readonly weights?: Tensor1D;
}

const lossNames: OptionNames<DistributionLossOptions> = { weights: true };

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
  options: DistributionLossOptions = {},
): Scalar {
  requireOptions('categoricalQLearningLoss', options, lossNames);
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
