import { add, clone, mean, mul, sub, type Tensor, tensor, tidy } from '@tensorflow/tfjs-core';
import { refuse, requireBetween } from '../../internal/require.js';
import type { Rng } from '../../random/rng.js';
import type { Augmentation } from '../training/augmentation.js';
import { movePixels, type PixelMove } from './move-pixels.js';

/** Options of {@link diffAugment}. A part that is 0 is left out, and nothing is drawn for it. */
export interface DiffAugmentOptions {
  /** Moves an image by up to this share of its height and width, in whole pixels; in [0, 1]. Default 0.125. */
  readonly shift?: number;
  /** Sets a rectangle to 0 that has this share of the height and width; in [0, 1]. Default 0.5. */
  readonly cutout?: number;
  /**
   * Adds one number to all values of an image, up to this much up or down, >= 0. Default 0.5, meant for values in [-1, 1];
   * take 0.25 for values in [0, 1].
   */
  readonly brightness?: number;
  /** Stretches the channels of each pixel about their mean, by 1 plus up to this much up or down; in [0, 1]. Default 1. */
  readonly saturation?: number;
  /** Stretches all values of an image about their mean, by 1 plus up to this much up or down; in [0, 1]. Default 0.5. */
  readonly contrast?: number;
}

/**
 * Changes images `[B, H, W, C]` at random before the discriminator sees them, real ones and fakes alike, each image in its
 * own way: with few samples the discriminator cannot learn them by heart, and the generator does not learn the changes,
 * because they are no way to tell real from fake.
 *
 * In this order, as in the paper: brightness, saturation (of images with several channels), contrast; a shift, with zeros
 * moving in; a cut-out. Shift and centre of the cut-out are whole pixels, all equally likely; a cut-out at the edge
 * is partly outside. Values are not clipped. Gradients pass through to any order, on every backend.
 *
 * It pays most with few samples, some thousands or less.
 *
 * @param options - See {@link DiffAugmentOptions}.
 * @returns The augmentation, for `augmentation` of `trainGan`.
 * @throws RangeError when an option is out of range; `apply` throws one for samples that are no images.
 * @see Zhao et al., "Differentiable Augmentation for Data-Efficient GAN Training" (2020), https://arxiv.org/abs/2006.10738
 * @example
 * const augmentation = diffAugment({ cutout: 0.25, brightness: 0 });
 * augmentation.apply(ones([8, 28, 28, 1]), rng).shape; // [8, 28, 28, 1]
 */
export function diffAugment(options: DiffAugmentOptions = {}): Augmentation {
  const { shift = 0.125, cutout = 0.5, brightness = 0.5, saturation = 1, contrast = 0.5 } = options;
  for (const [name, value] of Object.entries({ shift, cutout, saturation, contrast })) {
    requireBetween('diffAugment', name, value, 0, 1, { closed: true });
  }
  requireBetween('diffAugment', 'brightness', brightness, 0, Number.POSITIVE_INFINITY);
  return {
    name: 'diffAugment',
    apply: (samples, rng) =>
      tidy(() => {
        requireImages(samples);
        const brighter = brightness > 0 ? add(samples, around(0, brightness, samples, rng)) : samples;
        const coloured =
          saturation > 0 && samples.shape[3]! > 1
            ? stretch(brighter, [3], around(1, saturation, samples, rng))
            : brighter;
        const contrasted = contrast > 0 ? stretch(coloured, [1, 2, 3], around(1, contrast, samples, rng)) : coloured;
        if (shift === 0 && cutout === 0) return clone(contrasted);
        return movePixels(contrasted, drawMoves(samples, shift, cutout, rng));
      }),
  };
}

function requireImages({ shape }: Tensor): void {
  if (shape.length !== 4) refuse('diffAugment', 'samples', 'be images [B, height, width, channels]', shape);
}

/** `[B, 1, 1, 1]`: for each image a number, uniform up to `reach` around `centre`. */
function around(centre: number, reach: number, { shape }: Tensor, rng: Rng): Tensor {
  const numbers = rng.fillUniform(new Float32Array(shape[0]!));
  return tensor(
    numbers.map((each) => centre + reach * (2 * each - 1)),
    [shape[0]!, 1, 1, 1],
  );
}

function stretch(images: Tensor, axes: number[], factors: Tensor): Tensor {
  const middle = mean(images, axes, true);
  return add(mul(sub(images, middle), factors), middle);
}

function drawMoves({ shape }: Tensor, shift: number, cutout: number, rng: Rng): PixelMove[] {
  const [count, height, width] = shape as [number, number, number, number];
  const offset = (size: number) => {
    const reach = Math.round(shift * size);
    return reach === 0 ? 0 : rng.integer(2 * reach + 1) - reach;
  };
  return Array.from({ length: count }, () => {
    const [down, right] = [offset(height), offset(width)];
    const [rows, columns] = [drawSpan(height, cutout, rng), drawSpan(width, cutout, rng)];
    return { down, right, blank: { top: rows[0], left: columns[0], bottom: rows[1], right: columns[1] } };
  });
}

/** A stretch of the given share of an axis about a centre on it: on a pixel, or between two, for an even length. */
function drawSpan(size: number, share: number, rng: Rng): [from: number, to: number] {
  const length = Math.round(share * size);
  if (length === 0) return [0, 0];
  const from = rng.integer(length % 2 === 0 ? size + 1 : size) - Math.floor(length / 2);
  return [from, from + length];
}
