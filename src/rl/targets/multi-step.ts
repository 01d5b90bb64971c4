/** Returns of several steps along sequences `[B, T]` in the order of time; a discount of 0 ends a return. */
import { add, mul, reshape, slice, stack, type Tensor1D, type Tensor2D } from '@tensorflow/tfjs-core';
import { requireOptions } from '../../internal/options.js';
import { requirePositiveInteger, requireProbability } from '../../internal/require.js';
import { withoutGradient } from '../../nn/gradients/without-gradient.js';
import { bootstrap, requireShapes } from './batch.js';

/**
 * Returns of `n` steps along sequences: `n` rewards as they came, then the value of where they led.
 *
 *     return(t) = r(t) + d(t) (r(t+1) + d(t+1) (… r(t+n-1) + d(t+n-1) nextValue(t+n-1)))
 *
 * In the last `n - 1` places the sequence ends earlier, and the bootstrap is from its last value. A discount of 0 ends
 * a return there, so that sequences may run over ends of episodes. `n = 1` is the one-step target.
 *
 * @param rewards - `[B, T]`, float32: sequences in order of time.
 * @param discounts - `[B, T]`, float32, in [0, 1]: 0 at true ends only.
 * @param nextValues - `[B, T]`, float32: values of the states after each step.
 * @returns `[B, T]`. The caller disposes it.
 * @throws RangeError when shapes do not fit or `n` is no positive integer.
 * @see Sutton and Barto, "Reinforcement Learning: An Introduction" (2018), http://incompleteideas.net/book/the-book.html, chapter 7
 * @example
 * const [rewards, discounts] = [tensor2d([[1, 2, 3]]), tensor2d([[0.5, 0.5, 0.5]])];
 * // 1 + 0.5 (2 + 0.5 * 8), 2 + 0.5 (3 + 0.5 * 16), 3 + 0.5 * 16
 * nStepReturns(rewards, discounts, tensor2d([[4, 8, 16]]), { n: 2 }); // [[4, 7.5, 11]]
 */
export function nStepReturns(
  rewards: Tensor2D,
  discounts: Tensor2D,
  nextValues: Tensor2D,
  options: {
    /** How many rewards come before the bootstrap, >= 1; fewer at the end of the sequence. */
    readonly n: number;
  },
): Tensor2D {
  requireOptions('nStepReturns', options, { n: true });
  const { n } = options ?? {};
  requirePositiveInteger('nStepReturns', 'n', n);
  requireSequences('nStepReturns', rewards, discounts, nextValues);
  return withoutGradient(() => {
    const [reward, discount, value] = [rewards, discounts, nextValues].map(columnsOf);
    const length = reward!.length;
    const returns = reward!.map((_, start) => {
      const last = Math.min(start + n, length) - 1;
      let sum = value![last]!;
      for (let at = last; at >= start; at -= 1) sum = bootstrap(reward![at]!, discount![at]!, sum);
      return sum;
    });
    return stack(returns, 1) as Tensor2D;
  });
}

/**
 * Returns that blend those of 1, 2, 3 … steps with weights that fall by `lambda`.
 *
 *     return(t) = r(t) + d(t) ((1 - lambda) nextValue(t) + lambda return(t+1)),   return(T) = nextValue(T-1)
 *
 * A discount of 0 ends a return there, so that sequences may run over ends of episodes.
 *
 * @param rewards - `[B, T]`, float32: sequences in order of time.
 * @param discounts - `[B, T]`, float32, in [0, 1]: 0 at true ends only.
 * @param nextValues - `[B, T]`, float32: values of the states after each step.
 * @returns `[B, T]`. The caller disposes it.
 * @throws RangeError when shapes do not fit or `lambda` is not in [0, 1].
 * @see Sutton and Barto, "Reinforcement Learning: An Introduction" (2018), http://incompleteideas.net/book/the-book.html, chapter 12
 * @example
 * const [rewards, discounts] = [tensor2d([[1, 2]]), tensor2d([[0.5, 0.5]])];
 * // last 2 + 0.5 * 8 = 6; before it 1 + 0.5 (0.5 * 4 + 0.5 * 6)
 * lambdaReturns(rewards, discounts, tensor2d([[4, 8]]), { lambda: 0.5 }); // [[3.5, 6]]
 */
export function lambdaReturns(
  rewards: Tensor2D,
  discounts: Tensor2D,
  nextValues: Tensor2D,
  options: {
    /** Weight of the longer returns, in [0, 1]: 0 gives one-step targets, 1 the rewards up to the end. Default 0. */
    readonly lambda?: number;
  } = {},
): Tensor2D {
  requireOptions('lambdaReturns', options, { lambda: true });
  const { lambda = 0 } = options;
  requireProbability('lambdaReturns', 'lambda', lambda);
  requireSequences('lambdaReturns', rewards, discounts, nextValues);
  return withoutGradient(() => {
    const [reward, discount, value] = [rewards, discounts, nextValues].map(columnsOf);
    const returns: Tensor1D[] = [];
    let after = value!.at(-1)!;
    for (let at = reward!.length - 1; at >= 0; at -= 1) {
      const blend = add(mul(1 - lambda, value![at]!), mul(lambda, after));
      after = bootstrap(reward![at]!, discount![at]!, blend as Tensor1D);
      returns.unshift(after as Tensor1D);
    }
    return stack(returns, 1) as Tensor2D;
  });
}

/** Checks three sequences `[B, T]`. */
function requireSequences(name: string, rewards: Tensor2D, discounts: Tensor2D, nextValues: Tensor2D): void {
  requireShapes(name, {
    rewards: [rewards, ['B', 'T']],
    discounts: [discounts, ['B', 'T']],
    nextValues: [nextValues, ['B', 'T']],
  });
}

/** The columns of `[B, T]`, each `[B]`. */
function columnsOf(matrix: Tensor2D): Tensor1D[] {
  const [rows, columns] = matrix.shape;
  return Array.from({ length: columns }, (_, column) => reshape(slice(matrix, [0, column], [rows, 1]), [rows]));
}
