import { reshape, type Tensor, tidy, transpose } from '@tensorflow/tfjs-core';
import { refuse } from '../../../internal/require.js';

/**
 * Puts every `count` samples that follow one another into one, along the last axis: `[B, …, C]` to
 * `[B / count, …, count * C]`. A discriminator that sees several samples at once notices when they are all alike.
 *
 * See Lin et al., "PacGAN: The Power of Two Samples in Generative Adversarial Networks" (2018)
 */
export function packSamples(where: string, samples: Tensor, count: number): Tensor {
  if (count === 1) return samples;
  const size = samples.shape[0]!;
  if (size % count !== 0) refuse(where, 'packing', `divide the batch, ${size}`, count);
  return tidy(() => {
    const [batch, ...shape] = samples.shape as [number, ...number[]];
    const inner = shape.slice(0, -1);
    const grouped = reshape(samples, [batch / count, count, ...shape]);
    const order = [0, ...inner.map((_, axis) => axis + 2), 1, inner.length + 2];
    return reshape(transpose(grouped, order), [batch / count, ...inner, count * shape.at(-1)!]);
  });
}
