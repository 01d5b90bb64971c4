import { mean, neg, type Scalar, softplus, tidy } from '@tensorflow/tfjs-core';
import { requireOptions } from '../../internal/options.js';
import { type AdversarialLoss, type MinimaxLossOptions, ofFakesAlone } from './adversarial-loss.js';
import { discriminatorCrossEntropy } from './discriminator-cross-entropy.js';

/**
 * The loss that GANs are usually trained with: the discriminator of {@link minimaxLoss}, and a generator that
 * maximises log s(D(G(z))) instead of minimising log(1 - s(D(G(z)))).
 *
 *     generator = E[-log s(D(G(z)))]
 *
 * It has the same fixed point, and a strong gradient just where the minimax generator's vanishes: when D is sure that
 * the samples are fakes.
 *
 * @param options - See {@link MinimaxLossOptions}.
 * @returns The pair. What its functions return is a scalar, mean over all logits; the caller disposes it.
 * @throws RangeError when `labelSmoothing` is not in [0, 1).
 * @see Goodfellow et al., "Generative Adversarial Networks" (2014), https://arxiv.org/abs/1406.2661, section 3
 * @example
 * const loss = nonSaturatingLoss({ labelSmoothing: 0.25 });
 * loss.discriminator(tensor1d([-5, 1.4, 12.5, 2.7]), tensor1d([10, 4.4, -5.5, 3.6])); // 6.55887
 * loss.generator(tensor1d([10, 4.4, -5.5, 3.6]), tensor1d([-5, 1.4, 12.5, 2.7])); // 1.38582
 */
export function nonSaturatingLoss(options: MinimaxLossOptions = {}): AdversarialLoss {
  requireOptions('nonSaturatingLoss', options, { labelSmoothing: true });
  const { labelSmoothing = 0 } = options;
  return {
    name: 'non-saturating',
    discriminator: discriminatorCrossEntropy('nonSaturatingLoss', labelSmoothing),
    // -log s(x) = softplus(-x)
    generator: ofFakesAlone((fakeLogits) => tidy(() => mean<Scalar>(softplus(neg(fakeLogits))))),
  };
}
