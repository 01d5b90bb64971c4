import { add, mean, mul, type Scalar, softplus, sub, type Tensor, tidy } from '@tensorflow/tfjs-core';
import { requireBetween } from '../../internal/require.js';

/**
 * The discriminator's side of the minimax game, shared by the losses that differ only in the generator's side:
 *
 *     mean of -t log s(real) - (1 - t) log(1 - s(real))  +  mean of -log(1 - s(fake)),   t = 1 - labelSmoothing
 */
export function discriminatorCrossEntropy(
  where: string,
  labelSmoothing: number,
): (realLogits: Tensor, fakeLogits: Tensor) => Scalar {
  requireBetween(where, 'labelSmoothing', labelSmoothing, 0, 1);
  const target = 1 - labelSmoothing;
  return (realLogits, fakeLogits) =>
    tidy(() => {
      // softplus(x) - t x equals -t log s(x) - (1 - t) log(1 - s(x)), and stays finite for any logit.
      const real = mean(sub(softplus(realLogits), mul(target, realLogits)));
      return add<Scalar>(real, mean(softplus(fakeLogits)));
    });
}
