import { add, cast, mul, type Tensor1D, type Tensor2D, where } from '@tensorflow/tfjs-core';
import { type OptionNames, requireOptions } from '../../internal/options.js';
import { requireProbability } from '../../internal/require.js';
import { withoutGradient } from '../../nn/without-gradient.js';
import { atActions, bestValues } from './action-values.js';
import { bootstrap } from './bootstrap.js';
import type { NextActionOptions } from './q-learning-target.js';
import { requireShapes } from './require-shapes.js';

/** Options of {@link persistentQLearningTarget}. */
export interface PersistentOptions extends NextActionOptions {
  /** How much of the best next value gives way to that of the same action again, in [0, 1]. Default 0: Q-learning. */
  readonly actionGapScale?: number;
}

const names: OptionNames<PersistentOptions> = { actionGapScale: true, actionMask: true };

/**
 * The target of persistent advantage learning: it holds that the action will be repeated to a degree, which widens the
 * gap between the best action and the others, and keeps policies from flickering where steps are short.
 *
 *     target = reward + discount * ((1 - c) * max over legal a of nextQ(a) + c * nextQ(action)),   c = actionGapScale
 *
 * Where the action is illegal in the next state it cannot be repeated, and the whole weight is on the best one.
 *
 * @param rewards - `[B]`, float32.
 * @param discounts - `[B]`, float32, in [0, 1]: 0 at a true end only.
 * @param nextQ - `[B, A]`, float32: values in the next states.
 * @param actions - `[B]`, int32: the actions of these transitions, in [0, A).
 * @returns `[B]`. The caller disposes it.
 * @throws RangeError when shapes do not fit or `actionGapScale` is not in [0, 1].
 * @see Bellemare et al., "Increasing the Action Gap: New Operators for Reinforcement Learning" (2016), https://arxiv.org/abs/1512.04860
 * @example
 * const [rewards, discounts, nextQ] = [tensor1d([2]), tensor1d([1]), tensor2d([[20, 16]])];
 * // 2 + 0.75 * 20 + 0.25 * 16
 * persistentQLearningTarget(rewards, discounts, nextQ, tensor1d([1], 'int32'), { actionGapScale: 0.25 }); // [21]
 */
export function persistentQLearningTarget(
  rewards: Tensor1D,
  discounts: Tensor1D,
  nextQ: Tensor2D,
  actions: Tensor1D,
  options: PersistentOptions = {},
): Tensor1D {
  const name = 'persistentQLearningTarget';
  requireOptions(name, options, names);
  const { actionGapScale = 0, actionMask } = options;
  requireProbability(name, 'actionGapScale', actionGapScale);
  requireShapes(name, {
    rewards: [rewards, ['B']],
    discounts: [discounts, ['B']],
    nextQ: [nextQ, ['B', 'A']],
    actions: [actions, ['B']],
    actionMask: [actionMask, ['B', 'A']],
  });
  return withoutGradient(() => {
    const best = bestValues(nextQ, actionMask);
    const again = repeated(nextQ, actions, best, actionMask);
    return bootstrap(rewards, discounts, add(mul(1 - actionGapScale, best), mul(actionGapScale, again)));
  });
}

function repeated(nextQ: Tensor2D, actions: Tensor1D, best: Tensor1D, actionMask: Tensor2D | undefined): Tensor1D {
  const again = atActions(nextQ, actions) as Tensor1D;
  if (!actionMask) return again;
  const isLegal = cast(atActions(cast(actionMask, 'float32'), actions), 'bool');
  return where(isLegal, again, best);
}
