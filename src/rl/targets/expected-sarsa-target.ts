import { greater, mul, sum, type Tensor1D, type Tensor2D, where, zerosLike } from '@tensorflow/tfjs-core';
import { withoutGradient } from '../../nn/without-gradient.js';
import { bootstrap } from './bootstrap.js';
import { requireShapes } from './require-shapes.js';

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
