/** Targets of learners that predict how returns are distributed, by probabilities of fixed atoms or by quantiles. */
import {
  add,
  broadcastTo,
  concat,
  div,
  expandDims,
  maximum,
  mean,
  minimum,
  mul,
  ones,
  relu,
  slice,
  softmax,
  sub,
  sum,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
  type Tensor3D,
} from '@tensorflow/tfjs-core';
import { requireOptions } from '../../internal/options.js';
import { refuse } from '../../internal/require.js';
import { withoutGradient } from '../../nn/gradients/without-gradient.js';
import { atActions, bestActions, requireShapes } from './batch.js';

/**
 * Moves distributions onto fixed atoms: each weight is split between the two neighbouring atoms in proportion to its
 * nearness, and what lies beyond the ends goes to the last atom. Means within the ends are kept.
 *
 * @param values - `[B, K]`, float32: where the weights are now.
 * @param weights - `[B, K]`, float32: probabilities, or any weights.
 * @param atoms - `[M]` or `[B, M]`, float32: where they go, ascending, M >= 2.
 * @returns `[B, M]`: the weights on the atoms. The caller disposes it.
 * @throws RangeError when shapes do not fit.
 * @see Bellemare et al., "A Distributional Perspective on Reinforcement Learning" (2017), https://arxiv.org/abs/1707.06887, algorithm 1
 * @example
 * // 0.75 lies half-way between 0.5 and 1, and 9 beyond the end.
 * projectCategorical(tensor2d([[0.75, 9]]), tensor2d([[0.4, 0.6]]), tensor1d([0.5, 1, 1.5])); // [[0.2, 0.2, 0.6]]
 */
export function projectCategorical(values: Tensor2D, weights: Tensor2D, atoms: Tensor1D | Tensor2D): Tensor2D {
  requireShapes('projectCategorical', {
    values: [values, ['B', 'K']],
    weights: [weights, ['B', 'K']],
    atoms: [atoms, atoms.rank === 1 ? ['M'] : ['B', 'M']],
  });
  const [batch, count] = [values.shape[0], atoms.shape.at(-1)!];
  if (count < 2) refuse('projectCategorical', 'atoms', 'hold two atoms or more', atoms.shape);
  return withoutGradient(() => {
    const onto = broadcastTo(atoms as Tensor, [batch, count]) as Tensor2D;
    const column = (from: number, length: number) => slice(onto, [0, from], [batch, length]);
    const inside = minimum(maximum(values, column(0, 1)), column(count - 1, 1));
    const gaps = sub(column(1, count - 1), column(0, count - 1));
    // The gap beyond an end is never used, because nothing lies there any more; 1 keeps it from dividing by 0.
    const beyond = ones([batch, 1]);
    const below = expandDims(concat([beyond, gaps], 1), 1);
    const above = expandDims(concat([gaps, beyond], 1), 1);
    // [B, K, M]: how far each value lies above each atom. Its share of the weight falls from 1 to 0 at the next atom.
    const distance = sub(expandDims(inside, 2), expandDims(onto, 1));
    const share = relu(sub(1, add(div(relu(distance), above), div(relu(sub(0, distance)), below))));
    return sum(mul(share, expandDims(weights, 2)), 1) as Tensor2D;
  });
}

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
  options: {
    /** `[B, A]`: as for {@link qLearningTarget}. */
    readonly actionMask?: Tensor2D;
    /** `[B, A, K]`: logits of the network that chooses the next action, as in double Q-learning. Default `nextLogits`. */
    readonly nextOnlineLogits?: Tensor3D;
  } = {},
): Tensor2D {
  requireOptions('categoricalQLearningTarget', options, { actionMask: true, nextOnlineLogits: true });
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
  options: {
    /** `[B, A]`: as for {@link qLearningTarget}. */
    readonly actionMask?: Tensor2D;
    /** `[B, A, N]`: quantiles by the network that chooses the next action, as in double Q-learning. Default `nextQuantiles`. */
    readonly nextOnlineQuantiles?: Tensor3D;
  } = {},
): Tensor2D {
  requireOptions('quantileQLearningTarget', options, { actionMask: true, nextOnlineQuantiles: true });
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
