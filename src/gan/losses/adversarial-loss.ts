import type { Scalar, Tensor } from '@tensorflow/tfjs-core';

/**
 * The two sides of an adversarial game as one value, so that a pair cannot be mixed up.
 *
 * Both functions take **logits** (any real numbers, before a sigmoid) of any shape `[B, …]`, return a scalar that is
 * minimised, borrow their inputs and leave no other tensor. Write your own by returning such an object.
 *
 * @example
 * const wasserstein: AdversarialLoss = {
 *   name: 'wasserstein',
 *   discriminator: (real, fake) => sub(mean(fake), mean(real)),
 *   generator: (fake) => mean(neg(fake)),
 * };
 */
export interface AdversarialLoss {
  /** Names the loss in reports. */
  readonly name: string;
  /** What the discriminator minimises. */
  discriminator(realLogits: Tensor, fakeLogits: Tensor): Scalar;
  /**
   * What the generator minimises. `realLogits` are those of the batch that the fakes stand beside, for losses that
   * compare the two; most ignore them.
   */
  generator(fakeLogits: Tensor, realLogits: Tensor): Scalar;
}

/** Options of {@link minimaxLoss} and {@link nonSaturatingLoss}. */
export interface MinimaxLossOptions {
  /**
   * One-sided label smoothing s: the discriminator's target for real samples is 1 - s instead of 1, for fakes it stays
   * 0. In [0, 1). Default 0 (Salimans et al., "Improved Techniques for Training GANs", 2016).
   */
  readonly labelSmoothing?: number;
}
