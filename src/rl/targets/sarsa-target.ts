import type { Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import { withoutGradient } from '../../nn/without-gradient.js';
import { atActions } from './action-values.js';
import { bootstrap } from './bootstrap.js';
import { requireShapes } from './require-shapes.js';

/**
 * The target of SARSA: the value of the policy that acts, exploration included.
 *
 *     target = reward + discount * nextQ(nextAction)
 *
 * @param rewards - `[B]`, float32.
 * @param discounts - `[B]`, float32, in [0, 1]: 0 at a true end only.
 * @param nextQ - `[B, A]`, float32: values in the next states.
 * @param nextActions - `[B]`, int32: the actions that were taken there, in [0, A).
 * @returns `[B]`. The caller disposes it.
 * @throws RangeError when shapes do not fit.
 * @see Rummery and Niranjan, "On-Line Q-Learning Using Connectionist Systems" (1994)
 * @example
 * sarsaTarget(tensor1d([1]), tensor1d([0.5]), tensor2d([[4, 9]]), tensor1d([0], 'int32')); // [3]
 */
export function sarsaTarget(rewards: Tensor1D, discounts: Tensor1D, nextQ: Tensor2D, nextActions: Tensor1D): Tensor1D {
  requireShapes('sarsaTarget', {
    rewards: [rewards, ['B']],
    discounts: [discounts, ['B']],
    nextQ: [nextQ, ['B', 'A']],
    nextActions: [nextActions, ['B']],
  });
  return withoutGradient(() => bootstrap(rewards, discounts, atActions(nextQ, nextActions) as Tensor1D));
}
