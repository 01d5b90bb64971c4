import type { Tensor } from '@tensorflow/tfjs-core';
import type { Rng } from '../../random/rng.js';

/**
 * Changes samples before the discriminator sees them, real ones and fakes alike. It must be differentiable with respect
 * to the samples, because the generator learns through it.
 */
export interface Augmentation {
  /** Names the augmentation in reports. */
  readonly name: string;
  /** `[B, …]` to `[B, …]` of the same shape; random numbers come from `rng`, a fresh set at every call. */
  apply(samples: Tensor, rng: Rng): Tensor;
}
