import { input, layers, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { type OptionNames, requireGivenOptions } from '../../internal/options.js';
import { requireFlag, requireSeed, requireSizes } from '../../internal/require.js';
import { type ConvStackConfig, convLevels, transposedConvStack } from '../../nn/conv-stack.js';
import { denseStack } from '../../nn/stack.js';
import { createRng } from '../../random/rng.js';
import type { ConditionalModel } from './conditional-model.js';
import {
  cropTo,
  finishGenerator,
  type GeneratorBase,
  generatorStack,
  imageOutput,
  requireGeneratorLook,
} from './generator-parts.js';
import { requireStack } from './require-stack.js';

/** Config of {@link buildImageGenerator}. */
export interface ImageGeneratorConfig extends Omit<GeneratorBase, 'outputShape' | 'condition'> {
  /** Height, width and channels of the images that go in and of those that come out. */
  readonly imageShape: readonly number[];
  /**
   * Channels after each halving on the way in, fine to coarse, at least one; the way out has the same in reverse. `[32, 64]`
   * for 28 x 28 x 1 goes to 14 x 14 x 32, 7 x 7 x 64 and back. Odd sizes are rounded up, and cropped on the way out.
   */
  readonly filters: readonly number[];
  /** Height and width of the kernels. Default 4. */
  readonly kernelSize?: number;
  /**
   * Whether the maps of each size on the way in stand beside those of the same size on the way out, so that edges of the
   * given image can be kept. Without, all goes through the coarsest maps, and less of the image is copied. Default true.
   */
  readonly skipConnections?: boolean;
}

/**
 * Builds a generator of images from an image: noise `[B, Z]` and images `[B, H, W, C]` in, new images `[B, H, W, C]` out.
 * For new pictures in the manner of a given product, train it on pairs of similar products: `data` holds the one and
 * `conditions` the other, row by row. {@link buildImageDiscriminator} judges the pair.
 *
 *     strided convolutions -> coarsest maps beside those of the noise -> transposed convolutions
 *
 * The noise becomes as many coarsest maps as the image has, by a dense layer. A generator may learn to leave the noise
 * aside when each image has one answer in the data (Isola et al. 2017 saw it); variety comes from several answers to an image.
 * Made of tfjs's own layers, unless `normalization` is `'spectral'`.
 *
 * @param config - See {@link ImageGeneratorConfig}.
 * @returns A plain LayersModel of two inputs with random weights. The caller disposes it.
 * @throws RangeError when a size is no positive integer, or `imageShape` is not `[H, W, C]`.
 * @see Isola et al., "Image-to-Image Translation with Conditional Adversarial Networks" (2017)
 * @example
 * const similar = buildImageGenerator({ imageShape: [8, 8, 1], latentSize: 4, filters: [8, 16] });
 * similar.inputs.map(({ shape }) => shape); // [[null, 4], [null, 8, 8, 1]]
 * (similar.predict([zeros([2, 4]), ones([2, 8, 8, 1])]) as Tensor).shape; // [2, 8, 8, 1]
 */
export function buildImageGenerator(config: ImageGeneratorConfig): ConditionalModel {
  checkConfig(config);
  const { latentSize, imageShape, filters, kernelSize = 4, skipConnections = true } = config;
  const rng = createRng(config.seed ?? 0)
    .stream('init')
    .stream('generator');
  const stack = { ...generatorStack(config, rng), kernelSize };
  const noise = input({ shape: [latentSize], name: 'generator_noise' });
  const image = input({ shape: [...imageShape], name: 'generator_image' });
  const levels = convLevels(image, filters, { ...stack, name: 'generator_encoder' });
  const code = join(levels.at(-1)!, noiseMaps(noise, levels.at(-1)!.shape, stack), 'generator_code');
  const fine = decode(code, levels.slice(0, -1), { ...stack, name: 'generator_decoder' }, skipConnections);
  const samples = imageOutput(fine, imageShape, stack);
  return finishGenerator([noise, image], samples, config.outputActivation) as ConditionalModel;
}

/** Doubles step by step to the size of each of `levels`, which are fine to coarse. */
function decode(
  code: SymbolicTensor,
  levels: readonly SymbolicTensor[],
  config: ConvStackConfig,
  skipConnections: boolean,
): SymbolicTensor {
  return levels.reduceRight((x, level, index) => {
    const doubled = transposedConvStack(x, [level.shape[3]!], config, index);
    const cropped = cropTo(doubled, level.shape.slice(1), `${config.name}_crop_${index}`);
    return skipConnections ? join(cropped, level, `${config.name}_skip_${index}`) : cropped;
  }, code);
}

function noiseMaps(noise: SymbolicTensor, shape: readonly (number | null)[], stack: ConvStackConfig): SymbolicTensor {
  const mapShape = shape.slice(1) as number[];
  const units = mapShape.reduce((product, size) => product * size, 1);
  const flat = denseStack(noise, [units], { ...stack, name: 'generator_noise' });
  return layers.reshape({ targetShape: mapShape, name: 'generator_noise_maps' }).apply(flat) as SymbolicTensor;
}

function join(x: SymbolicTensor, other: SymbolicTensor, name: string): SymbolicTensor {
  return layers.concatenate({ axis: -1, name }).apply([x, other]) as SymbolicTensor;
}

const configNames: OptionNames<ImageGeneratorConfig> = {
  imageShape: true,
  latentSize: true,
  filters: true,
  kernelSize: true,
  skipConnections: true,
  activation: true,
  normalization: true,
  outputActivation: true,
  seed: true,
};

function checkConfig(config: ImageGeneratorConfig): void {
  const where = 'buildImageGenerator';
  requireGivenOptions(where, config, configNames, 'config');
  requireSeed(where, config.seed);
  requireGeneratorLook(where, config);
  requireSizes(where, 'imageShape', config.imageShape);
  const { filters, kernelSize, skipConnections = true } = config;
  requireSizes(where, 'filters', filters);
  requireStack(where, { filters, kernelSize }, config.imageShape, 'imageShape');
  requireFlag(where, 'skipConnections', skipConnections);
}
