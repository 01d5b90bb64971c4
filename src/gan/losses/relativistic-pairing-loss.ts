import { mean, type Scalar, softplus, sub, type Tensor, tidy } from '@tensorflow/tfjs-core';
import { refuse } from '../../internal/require.js';
import type { AdversarialLoss } from './adversarial-loss.js';

/**
 * Judges every fake beside a real sample: the discriminator learns which of the two is real, the generator to win the
 * comparison.
 *
 *     discriminator = E[-log s(D(x) - D(G(z)))],   generator = E[-log s(D(G(z)) - D(x))]
 *
 * where s is the sigmoid and real logit `i` is paired with fake logit `i`. Because a fake counts only beside a real one,
 * no region can be written off as fake altogether, which is how other losses drop modes. It converges with {@link r1Penalty} and
 * {@link r2Penalty} together, the recipe of "The GAN is dead; long live the GAN!". The generator's update judges real samples
 * too, which costs one more pass of the discriminator.
 *
 * @returns The pair. What its functions return is a scalar, mean over all pairs; the caller disposes it. They throw a
 *   RangeError when real and fake logits differ in shape.
 * @see Jolicoeur-Martineau, "The Relativistic Discriminator: A Key Element Missing from Standard GAN" (2018),
 *   https://arxiv.org/abs/1807.00734
 * @see Huang et al., "The GAN is Dead; Long Live the GAN! A Modern GAN Baseline" (2024), https://arxiv.org/abs/2501.05441
 * @example
 * const loss = relativisticPairingLoss();
 * loss.discriminator(tensor1d([-5, 1.4, 12.5, 2.7]), tensor1d([10, 4.4, -5.5, 3.6])); // 4.82244
 * loss.generator(tensor1d([10, 4.4, -5.5, 3.6]), tensor1d([-5, 1.4, 12.5, 2.7])); // 4.59744
 */
export function relativisticPairingLoss(): AdversarialLoss {
  return {
    name: 'relativistic pairing',
    discriminator: (realLogits, fakeLogits) => preferred(realLogits, fakeLogits),
    generator: (fakeLogits, realLogits) => preferred(fakeLogits, realLogits),
  };
}

// -log s(x) = softplus(-x), of what the winners lead by.
function preferred(winners: Tensor, losers: Tensor): Scalar {
  if (String(winners.shape) !== String(losers.shape)) {
    const shapes = `[${winners.shape}] beside [${losers.shape}]`;
    refuse('relativisticPairingLoss', 'logits', 'have one shape, real and fake', shapes);
  }
  return tidy(() => mean<Scalar>(softplus(sub(losers, winners))));
}
