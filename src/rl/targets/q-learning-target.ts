import type { Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import { type OptionNames, requireOptions } from '../../internal/options.js';
import { withoutGradient } from '../../nn/without-gradient.js';
import { bestValues } from './action-values.js';
import { bootstrap } from './bootstrap.js';
import { requireShapes } from './require-shapes.js';

/** Options of the targets that look for the best next action. */
export interface NextActionOptions {
  /**
   * `[B, A]`: 1 where an action is legal in the next state, 0 where not. All are legal where missing. Illegal actions are
   * never chosen, whatever their values; a row without a legal action bootstraps from 0.
   */
  readonly actionMask?: Tensor2D;
}

/** Names of {@link NextActionOptions}. */
export const nextActionNames: OptionNames<NextActionOptions> = { actionMask: true };

/**
 * The target of Q-learning: what one step earned, and the best that may follow.
 *
 *     target = reward + discount * max over legal a of nextQ(a)
 *
 * `discounts` belong to the transitions: 0 at a true end of an episode, gamma otherwise, also where an episode was only
 * cut off, and gamma ** n for returns of n steps.
 *
 * @param rewards - `[B]`, float32.
 * @param discounts - `[B]`, float32, in [0, 1].
 * @param nextQ - `[B, A]`, float32: values in the next states, by the target network.
 * @returns `[B]`. The caller disposes it.
 * @throws RangeError when shapes do not fit.
 * @see Watkins and Dayan, "Q-learning" (1992), https://doi.org/10.1007/BF00992698
 * @example
 * const nextQ = tensor2d([[4, 1], [2, 6]]);
 * qLearningTarget(tensor1d([1, 2]), tensor1d([0, 0.5]), nextQ); // [1, 5]
 * qLearningTarget(tensor1d([1, 2]), tensor1d([0, 0.5]), nextQ, { actionMask: tensor2d([[1, 1], [1, 0]]) }); // [1, 3]
 */
export function qLearningTarget(
  rewards: Tensor1D,
  discounts: Tensor1D,
  nextQ: Tensor2D,
  options: NextActionOptions = {},
): Tensor1D {
  requireOptions('qLearningTarget', options, nextActionNames);
  const { actionMask } = options;
  requireShapes('qLearningTarget', {
    rewards: [rewards, ['B']],
    discounts: [discounts, ['B']],
    nextQ: [nextQ, ['B', 'A']],
    actionMask: [actionMask, ['B', 'A']],
  });
  return withoutGradient(() => bootstrap(rewards, discounts, bestValues(nextQ, actionMask)));
}
