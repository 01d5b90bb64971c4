import { avgPool, image, matMul, mul, reshape, type Tensor, type Tensor4D, tensor } from '@tensorflow/tfjs-core';
import { linearMap } from '../linear-map.js';

/** Each element of `[B, H, W, C]` as a block of `size`, differentiable any number of times. */
export function upsampleNearest(x: Tensor, size: readonly [number, number]): Tensor {
  const [rows, columns] = size;
  return linearMap(
    x,
    (input) => repeatPixels(input, size),
    (upstream) => mul(avgPool(upstream as Tensor4D, [rows, columns], [rows, columns], 'valid'), rows * columns),
  );
}

/** Each element of `[B, H, W, C]` as a block of `size`, without a gradient of its own. */
export function repeatPixels(x: Tensor, size: readonly [number, number]): Tensor {
  const larger: [number, number] = [x.shape[1]! * size[0], x.shape[2]! * size[1]];
  // With half-pixel centres no position is rounded to a neighbour, whatever the backend's division gives.
  return image.resizeNearestNeighbor(x as Tensor4D, larger, false, true);
}

/**
 * `[B, H, W, C]` made larger by linear interpolation between pixel centres, with the edge repeated beyond the outermost
 * ones, differentiable any number of times.
 */
export function upsampleBilinear(x: Tensor, size: readonly [number, number]): Tensor {
  const [batch, height, width, channels] = x.shape as [number, number, number, number];
  const [rows, columns] = [height * size[0], width * size[1]];
  const tall = matMul(interpolation(height, size[0]), reshape(x, [batch, height, width * channels]));
  const wide = matMul(interpolation(width, size[1]), reshape(tall, [batch * rows, width, channels]));
  return reshape(wide, [batch, rows, columns, channels]);
}

// The matrix [1, length * factor, length] that interpolates along one axis.
function interpolation(length: number, factor: number): Tensor {
  const weights = new Float32Array(length * factor * length);
  for (let index = 0; index < length * factor; index += 1) {
    const position = Math.min(Math.max((index + 0.5) / factor - 0.5, 0), length - 1);
    const left = Math.floor(position);
    weights[index * length + left] = 1 - (position - left);
    if (left + 1 < length) weights[index * length + left + 1] = position - left;
  }
  return tensor(weights, [1, length * factor, length]);
}
