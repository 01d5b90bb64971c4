import { clone, type Tensor, tidy } from '@tensorflow/tfjs-core';
import { type OptionNames, requireOptions } from '../../internal/options.js';
import { refuse, requireNonNegative, requireProbability } from '../../internal/require.js';
import type { Augmentation } from '../training/options/gan-options.js';
import { brighten, changeContrast, saturate } from './change-colours.js';
import { cutOut } from './cut-out.js';
import { shiftImages } from './shift-images.js';

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
  const names: OptionNames<DiffAugmentOptions> = {
    shift: true,
    cutout: true,
    brightness: true,
    saturation: true,
    contrast: true,
  };
  requireOptions('diffAugment', options, names);
  const { shift = 0.125, cutout = 0.5, brightness = 0.5, saturation = 1, contrast = 0.5 } = options;
  for (const [name, value] of Object.entries({ shift, cutout, saturation, contrast })) {
    requireProbability('diffAugment', name, value);
  }
  requireNonNegative('diffAugment', 'brightness', brightness);
  return {
    name: 'diffAugment',
    apply: (samples, rng) =>
      tidy(() => {
        requireImages(samples);
        let images = clone(samples);
        if (brightness > 0) images = brighten(images, brightness, rng);
        if (saturation > 0) images = saturate(images, saturation, rng);
        if (contrast > 0) images = changeContrast(images, contrast, rng);
        if (shift > 0) images = shiftImages(images, shift, rng);
        return cutout > 0 ? cutOut(images, cutout, rng) : images;
      }),
  };
}

function requireImages({ shape }: Tensor): void {
  if (shape.length !== 4) refuse('diffAugment', 'samples', 'be images [B, height, width, channels]', shape);
}
