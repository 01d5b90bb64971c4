import { mul, type Tensor, tensor } from '@tensorflow/tfjs-core';
import type { Rng } from '../../random/rng.js';

/**
 * Sets a rectangle of each image of a batch `[B, H, W, C]` to 0, with a share of the height and width, about any centre in
 * the image: a pixel, or a corner of pixels for an even length. What lies beyond the edge is lost.
 */
export function cutOut(images: Tensor, share: number, rng: Rng): Tensor {
  const [count, height, width, channels] = images.shape as [number, number, number, number];
  const mask = new Float32Array(images.size).fill(1);
  for (let image = 0; image < count; image += 1) {
    const [top, bottom] = drawSpan(height, share, rng);
    const [left, right] = drawSpan(width, share, rng);
    for (let row = top; row < bottom; row += 1) {
      const start = (image * height + row) * width;
      mask.fill(0, (start + left) * channels, (start + right) * channels);
    }
  }
  return mul(images, tensor(mask, images.shape));
}

function drawSpan(size: number, share: number, rng: Rng): [from: number, to: number] {
  const length = Math.round(share * size);
  const from = rng.integer(length % 2 === 0 ? size + 1 : size) - Math.floor(length / 2);
  return [Math.max(0, from), Math.min(size, from + length)];
}
