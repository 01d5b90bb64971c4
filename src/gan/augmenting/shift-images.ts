import { matMul, reshape, type Tensor, tensor, transpose } from '@tensorflow/tfjs-core';
import type { Rng } from '../../random/rng.js';

/**
 * Moves each image of a batch `[B, H, W, C]` by whole pixels, up to a share of its height and width, all offsets equally
 * likely; zeros move in.
 *
 * By products with matrices of 0 and 1, which copy exactly: looking pixels up one by one is many times slower on wasm, and
 * so is its gradient.
 */
export function shiftImages(images: Tensor, share: number, rng: Rng): Tensor {
  const [count, height, width] = images.shape as [number, number, number, number];
  const moved = moveRows(images, shiftMatrices(count, height, share, rng));
  const turned = transpose(moved, [0, 2, 1, 3]);
  return transpose(moveRows(turned, shiftMatrices(count, width, share, rng)), [0, 2, 1, 3]);
}

function moveRows(images: Tensor, matrices: Tensor): Tensor {
  const [count, height, width, channels] = images.shape as [number, number, number, number];
  const rows = reshape(images, [count, height, width * channels]);
  return reshape(matMul(matrices, rows), images.shape);
}

/** `[B, size, size]`: for each image a matrix with a 1 where a row (first) is to come from another (second). */
function shiftMatrices(count: number, size: number, share: number, rng: Rng): Tensor {
  const reach = Math.round(share * size);
  const ones = new Float32Array(count * size * size);
  for (let image = 0; image < count; image += 1) {
    const by = rng.integer(2 * reach + 1) - reach;
    for (let row = Math.max(0, by); row < Math.min(size, size + by); row += 1) {
      ones[(image * size + row) * size + row - by] = 1;
    }
  }
  return tensor(ones, [count, size, size]);
}
