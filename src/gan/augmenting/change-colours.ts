import { add, matMul, mean, mul, reshape, type Tensor, tensor } from '@tensorflow/tfjs-core';
import type { Rng } from '../../random/rng.js';

/** Adds to each image of a batch a number of its own, up to `reach` up or down. */
export function brighten(images: Tensor, reach: number, rng: Rng): Tensor {
  return add(images, perImage(drawAround(0, reach, images, rng)));
}

/** Stretches each image about the mean of its values, by 1 plus up to `reach` up or down. */
export function changeContrast(images: Tensor, reach: number, rng: Rng): Tensor {
  const factors = drawAround(1, reach, images, rng);
  const middle = mul(mean(images, [1, 2, 3], true), perImage(factors.map((factor) => 1 - factor)));
  return add(mul(images, perImage(factors)), middle);
}

/**
 * Stretches the channels of each pixel about their mean, by 1 plus up to `reach` up or down for each image: as one product
 * with a matrix `f I + (1 - f) / C` for each image, because spreading a mean over channels is slow on wasm.
 */
export function saturate(images: Tensor, reach: number, rng: Rng): Tensor {
  const [count, height, width, channels] = images.shape as [number, number, number, number];
  // A single channel is its own mean.
  if (channels === 1) return images;
  const factors = drawAround(1, reach, images, rng);
  const mix = Float32Array.from({ length: count * channels * channels }, (_, index) => {
    const factor = factors[Math.floor(index / (channels * channels))]!;
    const isSameChannel = (index % (channels * channels)) % (channels + 1) === 0;
    return (1 - factor) / channels + (isSameChannel ? factor : 0);
  });
  const pixels = reshape(images, [count, height * width, channels]);
  return reshape(matMul(pixels, tensor(mix, [count, channels, channels])), images.shape);
}

/** For each image a number, uniform up to `reach` around `centre`. */
function drawAround(centre: number, reach: number, { shape }: Tensor, rng: Rng): Float32Array {
  return rng.fillUniform(new Float32Array(shape[0]!)).map((each) => centre + reach * (2 * each - 1));
}

function perImage(numbers: Float32Array): Tensor {
  return tensor(numbers, [numbers.length, 1, 1, 1]);
}
