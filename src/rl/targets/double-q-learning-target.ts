import type { Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import { requireOptions } from '../../internal/options.js';
import { withoutGradient } from '../../nn/without-gradient.js';
import { atActions, bestActions, unlessStuck } from './action-values.js';
import { bootstrap } from './bootstrap.js';
import { type NextActionOptions, nextActionNames } from './q-learning-target.js';
import { requireShapes } from './require-shapes.js';

/**
 * The target of double Q-learning: one network chooses the next action, the other says what it is worth, so that lucky
 * overestimates are not picked and believed at once.
 *
 *     target = reward + discount * nextQ(argmax over legal a of nextOnlineQ(a))
 *
 * @param rewards - `[B]`, float32.
 * @param discounts - `[B]`, float32, in [0, 1]: 0 at a true end only.
 * @param nextQ - `[B, A]`, float32: values in the next states by the target network.
 * @param nextOnlineQ - `[B, A]`, float32: the same by the network in training, which chooses.
 * @returns `[B]`. The caller disposes it.
 * @throws RangeError when shapes do not fit.
 * @see van Hasselt et al., "Deep Reinforcement Learning with Double Q-learning" (2015), https://arxiv.org/abs/1509.06461
 * @example
 * // The online network prefers action 0, which the target network thinks worth 4.
 * doubleQLearningTarget(tensor1d([1]), tensor1d([0.5]), tensor2d([[4, 9]]), tensor2d([[3, 2]])); // [3]
 */
export function doubleQLearningTarget(
  rewards: Tensor1D,
  discounts: Tensor1D,
  nextQ: Tensor2D,
  nextOnlineQ: Tensor2D,
  options: NextActionOptions = {},
): Tensor1D {
  requireOptions('doubleQLearningTarget', options, nextActionNames);
  const { actionMask } = options;
  requireShapes('doubleQLearningTarget', {
    rewards: [rewards, ['B']],
    discounts: [discounts, ['B']],
    nextQ: [nextQ, ['B', 'A']],
    nextOnlineQ: [nextOnlineQ, ['B', 'A']],
    actionMask: [actionMask, ['B', 'A']],
  });
  return withoutGradient(() => {
    const values = atActions(nextQ, bestActions(nextOnlineQ, actionMask)) as Tensor1D;
    return bootstrap(rewards, discounts, unlessStuck(values, actionMask));
  });
}
