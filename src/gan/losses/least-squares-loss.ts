import { add, mean, mul, type Scalar, square, sub, type Tensor, tidy } from '@tensorflow/tfjs-core';
import { type AdversarialLoss, ofFakesAlone } from './adversarial-loss.js';

/**
 * Pulls the logits of real samples to 1 and those of fakes to 0, by squares; the generator pulls its fakes to 1.
 *
 *     discriminator = 1/2 E[(D(x) - 1)^2] + 1/2 E[D(G(z))^2],   generator = 1/2 E[(D(G(z)) - 1)^2]
 *
 * With the factor 1/2 of the paper, which some libraries leave out. A fake that is judged real beyond doubt still has a
 * gradient, so it is drawn to where real samples are.
 *
 * @returns The pair. What its functions return is a scalar, mean over all logits; the caller disposes it.
 * @see Mao et al., "Least Squares Generative Adversarial Networks" (2017), https://arxiv.org/abs/1611.04076, equation 9
 * @example
 * const loss = leastSquaresLoss();
 * loss.discriminator(tensor1d([-5, 1.4, 12.5, 2.7]), tensor1d([10, 4.4, -5.5, 3.6])); // 41.73375
 * loss.generator(tensor1d([10, 4.4, -5.5, 3.6]), tensor1d([-5, 1.4, 12.5, 2.7])); // 17.69625
 */
export function leastSquaresLoss(): AdversarialLoss {
  return {
    name: 'least squares',
    discriminator: (realLogits, fakeLogits) =>
      tidy(() => add(halfSquare(realLogits, 1), halfSquare(fakeLogits, 0)) as Scalar),
    generator: ofFakesAlone((fakeLogits) => tidy(() => halfSquare(fakeLogits, 1))),
  };
}

function halfSquare(logits: Tensor, target: number): Scalar {
  return mul(0.5, mean<Scalar>(square(sub(logits, target))));
}
