import type { Scalar, Tensor } from '@tensorflow/tfjs-core';

/**
 * What a generator minimises: a scalar of the logits of its fakes and of those of the real batch that they stand beside.
 * Real logits cost a pass of the discriminator; a function that does without them may say so.
 */
export interface GeneratorLoss {
  (fakeLogits: Tensor, realLogits: Tensor): Scalar;
  /**
   * Whether `realLogits` are looked at. Where it is false nothing is computed for them, and the function is called with
   * `fakeLogits` twice. It stands on the function itself, so that one that is put in its place says nothing. Default true.
   */
  readonly comparesRealSamples?: boolean;
}

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
  /** What the generator minimises. */
  readonly generator: GeneratorLoss;
}

/** A generator's loss by its fakes alone, which says so. */
export function ofFakesAlone(loss: (fakeLogits: Tensor) => Scalar): GeneratorLoss {
  return Object.assign((fakeLogits: Tensor) => loss(fakeLogits), { comparesRealSamples: false });
}

/** Options of {@link minimaxLoss} and {@link nonSaturatingLoss}. */
export interface MinimaxLossOptions {
  /**
   * One-sided label smoothing s: the discriminator's target for real samples is 1 - s instead of 1, for fakes it stays
   * 0. In [0, 1). Default 0 (Salimans et al., "Improved Techniques for Training GANs", 2016).
   */
  readonly labelSmoothing?: number;
}
