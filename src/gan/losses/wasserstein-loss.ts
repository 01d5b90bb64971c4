import { mean, neg, type Scalar, sub, tidy } from '@tensorflow/tfjs-core';
import { type AdversarialLoss, ofFakesAlone } from './adversarial-loss.js';

/**
 * The discriminator, here called a critic, scores real samples high and fakes low; the generator wants a high score.
 *
 *     discriminator = E[D(G(z))] - E[D(x)],   generator = -E[D(G(z))]
 *
 * Minus the discriminator's loss estimates the earth mover's distance between real and generated samples, up to a
 * factor, as long as the critic's slope is bounded. Nothing here bounds it: add `gradientPenalty()` (Gulrajani et al.,
 * 2017) or clip the weights, and give the critic several updates before each one of the generator (`discriminatorSteps`,
 * 5 in the paper).
 *
 * @returns The pair. What its functions return is a scalar, mean over all logits; the caller disposes it.
 * @see Arjovsky et al., "Wasserstein GAN" (2017), https://arxiv.org/abs/1701.07875, algorithm 1
 * @example
 * const loss = wassersteinLoss();
 * loss.discriminator(tensor1d([-5, 1.4, 12.5, 2.7]), tensor1d([10, 4.4, -5.5, 3.6])); // 0.225
 * loss.generator(tensor1d([10, 4.4, -5.5, 3.6]), tensor1d([-5, 1.4, 12.5, 2.7])); // -3.125
 */
export function wassersteinLoss(): AdversarialLoss {
  return {
    name: 'wasserstein',
    discriminator: (realLogits, fakeLogits) => tidy(() => sub(mean(fakeLogits), mean(realLogits)) as Scalar),
    generator: ofFakesAlone((fakeLogits) => tidy(() => neg(mean<Scalar>(fakeLogits)))),
  };
}
