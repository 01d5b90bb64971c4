import { input, type LayersModel, layers, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { type OptionNames, requireGivenOptions } from '../../internal/options.js';
import { requireFilled, requireSeed, requireSizes } from '../../internal/require.js';
import { transposedConvStack } from '../../nn/conv-stack.js';
import { denseStack, normalizedMap, seededKernel } from '../../nn/stack.js';
import { createRng, type Rng } from '../../random/rng.js';
import { type GeneratorCondition, requireCondition } from './condition.js';
import type { ConditionalModel } from './conditional-model.js';
import {
  finishGenerator,
  type GeneratorBase,
  generatorStack,
  imageOutput,
  requireGeneratorLook,
} from './generator-parts.js';
import { joinVector, openCondition } from './join-condition.js';
import { requireStack } from './require-stack.js';

/** A generator of dense layers. */
export interface DenseGeneratorConfig extends GeneratorBase {
  /** Units of the hidden layers, first to last. `[]` gives a single linear map from noise to sample. */
  readonly hidden: readonly number[];
  /** Goes with convolutions only. */
  readonly filters?: undefined;
  /** Goes with convolutions only. */
  readonly kernelSize?: undefined;
}

/** A generator of transposed convolutions, for `outputShape` `[H, W, C]`. */
export interface ConvGeneratorConfig extends GeneratorBase {
  /**
   * Channels before each doubling, coarse to fine, at least one. `[128, 64]` for 28 x 28 x 1 goes from 7 x 7 x 128 to
   * 14 x 14 x 64 to 28 x 28 x 1. Sizes that halving does not divide are made a little larger and cropped.
   */
  readonly filters: readonly number[];
  /** Height and width of the kernels. Default 4, which doubles without a checkerboard. */
  readonly kernelSize?: number;
  /** Goes with dense layers only. */
  readonly hidden?: undefined;
}

/** Config of {@link buildGenerator}: `hidden` for dense layers, `filters` for convolutions. */
export type GeneratorConfig = DenseGeneratorConfig | ConvGeneratorConfig;

/**
 * Builds a generator: noise `[B, Z]` in, samples `[B, ...outputShape]` out; with `condition`, `[noise, condition]` in.
 *
 * Made of tfjs's own layers only, so that a trained generator can be saved, converted and loaded anywhere; with
 * `normalization: 'spectral'` call {@link registerLayers} before loading a saved one. Weights are
 * Glorot uniform; biases are left out where batch normalization follows.
 *
 * @param config - See {@link DenseGeneratorConfig} and {@link ConvGeneratorConfig}.
 * @returns A plain LayersModel with random weights. The caller disposes it.
 * @throws RangeError when a size is no positive integer, neither or both of `hidden` and `filters` are given, or
 *   `filters` meets samples that are not `[H, W, C]`.
 * @see Radford et al., "Unsupervised Representation Learning with Deep Convolutional GANs" (2015), for `filters`
 * @see Mirza and Osindero, "Conditional Generative Adversarial Nets" (2014), for `condition`
 * @example
 * const generator = buildGenerator({ latentSize: 8, hidden: [16], outputShape: [4, 4, 1], outputActivation: 'tanh' });
 * generator.outputs[0].shape; // [null, 4, 4, 1]
 * @example
 * const ofClass = buildGenerator({ latentSize: 8, hidden: [16], outputShape: [4], condition: { size: 10 } });
 * ofClass.inputs.map(({ shape }) => shape); // [[null, 8], [null, 10]]
 */
export function buildGenerator(config: GeneratorConfig & { readonly condition: GeneratorCondition }): ConditionalModel;
export function buildGenerator(config: GeneratorConfig): LayersModel;
export function buildGenerator(config: GeneratorConfig): LayersModel {
  checkConfig(config);
  const { latentSize, outputShape, normalization, outputActivation, seed = 0 } = config;
  const rng = createRng(seed).stream('init').stream('generator');
  const noise = input({ shape: [latentSize], name: 'generator_noise' });
  const condition = openCondition('generator', config.condition, { rng, normalization });
  const inputs = condition ? [noise, condition.input] : noise;
  const latent = condition ? joinVector(noise, condition) : noise;
  const samples = config.filters ? convBody(latent, config, rng) : denseBody(latent, config, outputShape, rng);
  return finishGenerator(inputs, samples, outputActivation);
}

function denseBody(noise: SymbolicTensor, config: DenseGeneratorConfig, shape: readonly number[], rng: Rng) {
  const stack = generatorStack(config, rng);
  const hidden = denseStack(noise, config.hidden, stack);
  const units = shape.reduce((product, size) => product * size, 1);
  const out = layers.dense({ units, name: 'generator_output', kernelInitializer: seededKernel(rng) });
  const flat = normalizedMap(out, stack).apply(hidden) as SymbolicTensor;
  if (shape.length === 1) return flat;
  return layers.reshape({ targetShape: [...shape], name: 'generator_shape' }).apply(flat) as SymbolicTensor;
}

function convBody(noise: SymbolicTensor, config: ConvGeneratorConfig, rng: Rng): SymbolicTensor {
  const { filters, kernelSize = 4, outputShape } = config;
  const [height, width] = outputShape as [number, number, number];
  const doublings = 2 ** filters.length;
  const coarse = [Math.ceil(height / doublings), Math.ceil(width / doublings), filters[0]!] as const;
  const stack = { ...generatorStack(config, rng), kernelSize };
  const seedMap = denseStack(noise, [coarse[0] * coarse[1] * coarse[2]], stack);
  const map = layers.reshape({ targetShape: [...coarse], name: 'generator_shape' }).apply(seedMap) as SymbolicTensor;
  const fine = transposedConvStack(map, filters.slice(1), stack, 1);
  return imageOutput(fine, outputShape, stack);
}

const configNames: OptionNames<DenseGeneratorConfig> = {
  latentSize: true,
  outputShape: true,
  activation: true,
  normalization: true,
  outputActivation: true,
  condition: true,
  seed: true,
  hidden: true,
  filters: true,
  kernelSize: true,
};

function checkConfig(config: GeneratorConfig): void {
  const where = 'buildGenerator';
  requireGivenOptions(where, config, configNames, 'config');
  requireSeed(where, config.seed);
  requireGeneratorLook(where, config);
  requireSizes(where, 'outputShape', config.outputShape);
  requireFilled(where, 'outputShape', config.outputShape);
  requireCondition(where, ['concat', 'embedding'], config.condition);
  requireStack(where, config, config.outputShape, 'outputShape');
}
