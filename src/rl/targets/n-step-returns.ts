import { reshape, slice, stack, type Tensor1D, type Tensor2D } from '@tensorflow/tfjs-core';
import { type OptionNames, requireOptions } from '../../internal/options.js';
import { requirePositiveInteger } from '../../internal/require.js';
import { withoutGradient } from '../../nn/without-gradient.js';
import { bootstrap } from './bootstrap.js';
import { requireShapes } from './require-shapes.js';

/** Options of {@link nStepReturns}. */
export interface NStepOptions {
  /** How many rewards come before the bootstrap, >= 1; fewer at the end of the sequence. */
  readonly n: number;
}

const names: OptionNames<NStepOptions> = { n: true };

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
  options: NStepOptions,
): Tensor2D {
  requireOptions('nStepReturns', options, names);
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

/** Checks three sequences `[B, T]`. */
export function requireSequences(name: string, rewards: Tensor2D, discounts: Tensor2D, nextValues: Tensor2D): void {
  requireShapes(name, {
    rewards: [rewards, ['B', 'T']],
    discounts: [discounts, ['B', 'T']],
    nextValues: [nextValues, ['B', 'T']],
  });
}

/** The columns of `[B, T]`, each `[B]`. */
export function columnsOf(matrix: Tensor2D): Tensor1D[] {
  const [rows, columns] = matrix.shape;
  return Array.from({ length: columns }, (_, column) => reshape(slice(matrix, [0, column], [rows, 1]), [rows]));
}
