import { add, mean, neg, relu, type Scalar, sub, tidy } from '@tensorflow/tfjs-core';
import { type AdversarialLoss, ofFakesAlone } from './adversarial-loss.js';

/**
 * The discriminator pays for real logits below 1 and fake logits above -1, and for nothing else; the generator wants
 * high logits.
 *
 *     discriminator = E[max(0, 1 - D(x))] + E[max(0, 1 + D(G(z)))],   generator = -E[D(G(z))]
 *
 * Samples that are judged well enough give the discriminator no gradient. Usual with spectral normalisation.
 *
 * @returns The pair. What its functions return is a scalar, mean over all logits; the caller disposes it.
 * @see Lim and Ye, "Geometric GAN" (2017), https://arxiv.org/abs/1705.02894
 * @see Miyato et al., "Spectral Normalization for Generative Adversarial Networks" (2018), https://arxiv.org/abs/1802.05957
 * @example
 * const loss = hingeLoss();
 * loss.discriminator(tensor1d([-5, 1.4, 12.5, 2.7]), tensor1d([10, 4.4, -5.5, 3.6])); // 6.75
 * loss.generator(tensor1d([10, 4.4, -5.5, 3.6]), tensor1d([-5, 1.4, 12.5, 2.7])); // -3.125
 */
export function hingeLoss(): AdversarialLoss {
  return {
    name: 'hinge',
    discriminator: (realLogits, fakeLogits) =>
      tidy(() => add(mean(relu(sub(1, realLogits))), mean(relu(add(1, fakeLogits)))) as Scalar),
    generator: ofFakesAlone((fakeLogits) => tidy(() => neg(mean<Scalar>(fakeLogits)))),
  };
}
