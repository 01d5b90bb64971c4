/** Targets of one step: what it earned and what the next state is worth, and how far predictions are from that. */
import {
  add,
  cast,
  clone,
  greater,
  mul,
  sub,
  sum,
  type Tensor1D,
  type Tensor2D,
  tidy,
  where,
  zerosLike,
} from '@tensorflow/tfjs-core';
import { type OptionNames, requireOptions } from '../../internal/options.js';
import { requireProbability } from '../../internal/require.js';
import { withoutGradient } from '../../nn/gradients/without-gradient.js';
import { atActions, bestActions, bestValues, bootstrap, requireShapes, unlessStuck } from './batch.js';

/** Options of the targets that look for the best next action. */
export interface NextActionOptions {
  /**
   * `[B, A]`: 1 where an action is legal in the next state, 0 where not. All are legal where missing. Illegal actions are
   * never chosen, whatever their values; a row without a legal action bootstraps from 0.
   */
  readonly actionMask?: Tensor2D;
}

const nextActionNames: OptionNames<NextActionOptions> = { actionMask: true };

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

/**
 * The target of expected SARSA: what follows on average under a policy whose probabilities are known. It has the mean of
 * {@link sarsaTarget} and less variance, and serves off-policy too.
 *
 *     target = reward + discount * sum over a of probability(a) nextQ(a)
 *
 * Illegal actions have probability 0; their values are then not looked at.
 *
 * @param rewards - `[B]`, float32.
 * @param discounts - `[B]`, float32, in [0, 1]: 0 at a true end only.
 * @param nextQ - `[B, A]`, float32: values in the next states.
 * @param nextProbabilities - `[B, A]`, float32: the policy's probabilities there, each row with the sum 1.
 * @returns `[B]`. The caller disposes it.
 * @throws RangeError when shapes do not fit.
 * @see van Seijen et al., "A Theoretical and Empirical Analysis of Expected Sarsa" (2009)
 * @example
 * // 1 + 0.5 (0.25 * 4 + 0.75 * 8)
 * expectedSarsaTarget(tensor1d([1]), tensor1d([0.5]), tensor2d([[4, 8]]), tensor2d([[0.25, 0.75]])); // [4.5]
 */
export function expectedSarsaTarget(
  rewards: Tensor1D,
  discounts: Tensor1D,
  nextQ: Tensor2D,
  nextProbabilities: Tensor2D,
): Tensor1D {
  requireShapes('expectedSarsaTarget', {
    rewards: [rewards, ['B']],
    discounts: [discounts, ['B']],
    nextQ: [nextQ, ['B', 'A']],
    nextProbabilities: [nextProbabilities, ['B', 'A']],
  });
  return withoutGradient(() => {
    // An infinite value times a probability of 0 would not be 0.
    const possible = where(greater(nextProbabilities, 0), nextQ, zerosLike(nextQ));
    return bootstrap(rewards, discounts, sum(mul(possible, nextProbabilities), 1));
  });
}

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
 * @see Bellemare et al., "Increasing the Action NonNullable<Certificate['gapToBest']>: New Operators for Reinforcement Learning" (2016), https://arxiv.org/abs/1512.04860
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
  options: {
    /** `[B, A]`: as for {@link qLearningTarget}. */
    readonly actionMask?: Tensor2D;
    /** How much of the best next value gives way to that of the same action again, in [0, 1]. Default 0: Q-learning. */
    readonly actionGapScale?: number;
  } = {},
): Tensor1D {
  const name = 'persistentQLearningTarget';
  requireOptions(name, options, { actionGapScale: true, actionMask: true });
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

/**
 * The temporal-difference error of each transition: how far the target lies above the prediction.
 *
 *     error = target - q(action)
 *
 * Differentiable by `q`; no gradient passes to `targets`, even where they are computed inside the differentiated
 * function.
 *
 * @param q - `[B, A]`, float32: values in the states where the actions were taken.
 * @param actions - `[B]`, int32, in [0, A).
 * @param targets - `[B]`, float32, from {@link qLearningTarget} or another target.
 * @returns `[B]`. The caller disposes it.
 * @throws RangeError when shapes do not fit.
 * @see Sutton, "Learning to Predict by the Methods of Temporal Differences" (1988)
 * @example
 * tdError(tensor2d([[1, 1, 0], [1, 2, 0]]), tensor1d([0, 1], 'int32'), tensor1d([1, 3])); // [0, 1]
 */
export function tdError(q: Tensor2D, actions: Tensor1D, targets: Tensor1D): Tensor1D {
  requireShapes('tdError', { q: [q, ['B', 'A']], actions: [actions, ['B']], targets: [targets, ['B']] });
  return tidy(() =>
    sub(
      withoutGradient(() => clone(targets)),
      atActions(q, actions) as Tensor1D,
    ),
  );
}
