import { mean, neg, type Scalar, softplus, tidy } from '@tensorflow/tfjs-core';
import { requireOptions } from '../../internal/options.js';
import { type AdversarialLoss, type MinimaxLossOptions, ofFakesAlone } from './adversarial-loss.js';
import { discriminatorCrossEntropy } from './discriminator-cross-entropy.js';

/**
 * The game of the first GAN paper, both sides of one value function:
 *
 *     V(D, G) = E[log s(D(x))] + E[log(1 - s(D(G(z))))]
 *     discriminator = -V(D, G),   generator = E[log(1 - s(D(G(z))))]
 *
 * where s is the sigmoid and D gives logits. The generator's loss is at most 0 and saturates: when D tells fakes apart
 * with certainty its gradient vanishes. That is why the same paper trains with {@link nonSaturatingLoss}.
 *
 * @param options - See {@link MinimaxLossOptions}.
 * @returns The pair. What its functions return is a scalar, mean over all logits; the caller disposes it.
 * @throws RangeError when `labelSmoothing` is not in [0, 1).
 * @see Goodfellow et al., "Generative Adversarial Networks" (2014), https://arxiv.org/abs/1406.2661, equation 1
 * @example
 * const loss = minimaxLoss();
 * loss.discriminator(tensor1d([-5, 1.4, 12.5, 2.7]), tensor1d([10, 4.4, -5.5, 3.6])); // 5.83387
 * loss.generator(tensor1d([10, 4.4, -5.5, 3.6]), tensor1d([-5, 1.4, 12.5, 2.7])); // -4.51082
 */
export function minimaxLoss(options: MinimaxLossOptions = {}): AdversarialLoss {
  requireOptions('minimaxLoss', options, { labelSmoothing: true });
  const { labelSmoothing = 0 } = options;
  return {
    name: 'minimax',
    discriminator: discriminatorCrossEntropy('minimaxLoss', labelSmoothing),
    // log(1 - s(x)) = -softplus(x)
    generator: ofFakesAlone((fakeLogits) => tidy(() => neg(mean<Scalar>(softplus(fakeLogits))))),
  };
}
