import { input, layers, model, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { type OptionNames, requireGivenOptions } from '../../internal/options.js';
import { requireSeed, requireSizes } from '../../internal/require.js';
import { createRng } from '../../random/rng.js';
import type { ConvDiscriminatorConfig } from './build-discriminator.js';
import type { ConditionalModel } from './conditional-model.js';
import { discriminatorFeatures, discriminatorLogit, requireDiscriminatorLook } from './discriminator-parts.js';
import { requireStack } from './require-stack.js';

/** Config of {@link buildImageDiscriminator}. */
export interface ImageDiscriminatorConfig extends Omit<ConvDiscriminatorConfig, 'inputShape' | 'condition' | 'hidden'> {
  /** Height, width and channels of the samples, and of the images that they stand beside. */
  readonly imageShape: readonly number[];
}

/**
 * Builds the discriminator that goes with {@link buildImageGenerator}: samples `[B, H, W, C]` and the images `[B, H, W, C]`
 * that they are to go with in, **logits** `[B, 1]` out. Both are laid over one another, as channels of one image, so that
 * it sees which place of the one belongs to which of the other.
 *
 * All else is as in {@link buildDiscriminator} with `filters`.
 *
 * @param config - See {@link ImageDiscriminatorConfig}.
 * @returns A plain LayersModel of two inputs with random weights. The caller disposes it.
 * @throws RangeError when a size is no positive integer, or `imageShape` is not `[H, W, C]`.
 * @see Isola et al., "Image-to-Image Translation with Conditional Adversarial Networks" (2017)
 * @example
 * const judge = buildImageDiscriminator({ imageShape: [8, 8, 1], filters: [8, 16], normalization: 'spectral' });
 * judge.inputs.map(({ shape }) => shape); // [[null, 8, 8, 1], [null, 8, 8, 1]]
 * judge.outputs[0].shape; // [null, 1]
 */
export function buildImageDiscriminator(config: ImageDiscriminatorConfig): ConditionalModel {
  checkConfig(config);
  const { imageShape } = config;
  const rng = createRng(config.seed ?? 0)
    .stream('init')
    .stream('discriminator');
  const samples = input({ shape: [...imageShape], name: 'discriminator_samples' });
  const image = input({ shape: [...imageShape], name: 'discriminator_image' });
  const join = layers.concatenate({ axis: -1, name: 'discriminator_join' });
  const features = discriminatorFeatures(join.apply([samples, image]) as SymbolicTensor, config, rng);
  const outputs = discriminatorLogit(features, config, rng);
  return model({ inputs: [samples, image], outputs, name: 'discriminator' }) as ConditionalModel;
}

const configNames: OptionNames<ImageDiscriminatorConfig> = {
  imageShape: true,
  filters: true,
  kernelSize: true,
  activation: true,
  normalization: true,
  minibatchSpread: true,
  dropout: true,
  seed: true,
};

function checkConfig(config: ImageDiscriminatorConfig): void {
  const where = 'buildImageDiscriminator';
  requireGivenOptions(where, config, configNames, 'config');
  requireSeed(where, config.seed);
  const { imageShape, filters, kernelSize } = config;
  requireSizes(where, 'imageShape', imageShape);
  requireDiscriminatorLook(where, config);
  requireSizes(where, 'filters', filters);
  requireStack(where, { filters, kernelSize }, imageShape, 'imageShape');
}
