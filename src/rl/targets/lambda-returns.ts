import { add, mul, stack, type Tensor1D, type Tensor2D } from '@tensorflow/tfjs-core';
import { type OptionNames, requireOptions } from '../../internal/options.js';
import { requireProbability } from '../../internal/require.js';
import { withoutGradient } from '../../nn/without-gradient.js';
import { bootstrap } from './bootstrap.js';
import { columnsOf, requireSequences } from './n-step-returns.js';

/** Options of {@link lambdaReturns}. */
export interface LambdaOptions {
  /** Weight of the longer returns, in [0, 1]: 0 gives one-step targets, 1 the rewards up to the end. Default 0. */
  readonly lambda?: number;
}

const names: OptionNames<LambdaOptions> = { lambda: true };

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
  options: LambdaOptions = {},
): Tensor2D {
  requireOptions('lambdaReturns', options, names);
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
