import { type Tensor, tensor } from '@tensorflow/tfjs-core';
import type { Rng } from './rng.js';

/**
 * Draws latent vectors, standard normal in every component, on the host: the same numbers on every backend.
 *
 * @param rng - Where the numbers come from; it moves on.
 * @param shape - `[B, Z]`, or any shape whose first axis counts samples.
 * @returns `[B, Z]`, float32. The caller disposes it.
 * @example
 * latentNoise(createRng(1), [16, 100]).shape; // [16, 100]
 */
export function latentNoise(rng: Rng, shape: readonly number[]): Tensor {
  const size = shape.reduce((product, length) => product * length, 1);
  return tensor(rng.fillNormal(new Float32Array(size)), [...shape], 'float32');
}
