import { type Tensor, tensor, tidy, tile } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';

/** A generator and the noise that it answers every history with. */
export interface VectorSource {
  readonly generator: LayersModel;
  /** `[S, Z]`: the same for everybody, so that a score depends on nothing but the history. */
  readonly noise: Float32Array;
  /** S. */
  readonly draws: number;
  /** F. */
  readonly size: number;
}

/**
 * What the generator answers to histories `[B, F]`.
 *
 * @returns `[B * S, F]`: S vectors for each history, one after the other. The caller disposes it.
 */
export function generateVectors({ generator, noise, draws, size }: VectorSource, histories: Float32Array): Tensor {
  return tidy(() => {
    const users = histories.length / size;
    const latent = tile(tensor(noise, [draws, noise.length / draws]), [users, 1]);
    const repeated = new Float32Array(users * draws * size);
    for (let row = 0; row < users * draws; row += 1) {
      const user = Math.floor(row / draws);
      repeated.set(histories.subarray(user * size, (user + 1) * size), row * size);
    }
    return generator.apply([latent, tensor(repeated, [users * draws, size])]) as Tensor;
  });
}
