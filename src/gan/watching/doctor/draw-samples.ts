import { reshape, type Tensor, type Tensor2D, tensor, tidy } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';

/** Noise on the host: `[count, …]`. */
export interface Noise {
  readonly values: Float32Array;
  readonly shape: readonly number[];
}

/**
 * Draws a sample for each row of noise, in the conditions of the same row if the generator takes any.
 *
 * @param conditions - `[count, C]` or longer; later rows are left out.
 * @returns `[count, D]`. The caller disposes it.
 */
export function drawSamples(generator: LayersModel, noise: Noise, conditions: Float32Array): Tensor2D {
  const count = noise.shape[0]!;
  return tidy(() => {
    const latent = tensor(noise.values, [...noise.shape]);
    const taken = generator.inputs[1]?.shape.slice(1) as number[] | undefined;
    const inputs = taken ? [latent, tensor(firstRows(conditions, count, taken), [count, ...taken])] : latent;
    return reshape(generator.apply(inputs) as Tensor, [count, -1]) as Tensor2D;
  });
}

/** The first rows of noise. */
export function firstNoise({ values, shape }: Noise, count: number): Noise {
  return { values: firstRows(values, count, shape.slice(1)), shape: [count, ...shape.slice(1)] };
}

function firstRows(values: Float32Array, count: number, shape: readonly number[]): Float32Array {
  return values.subarray(0, count * shape.reduce((product, size) => product * size, 1));
}
