import { input, type LayersModel, layers, model, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { type OptionNames, requireOptions } from '../../internal/options.js';
import { refuse, requireFilled, requirePositiveInteger, requireSeed, requireSizes } from '../../internal/require.js';
import { seededKernel } from '../../nn/stack.js';
import { createRng, type Rng } from '../../random/rng.js';
import { type GeneratorCondition, requireCondition } from './condition.js';
import type { ConditionalModel } from './conditional-model.js';
import { joinVector, openCondition } from './join-condition.js';

/** Config of {@link buildCategoryGenerator}. */
export interface CategoryGeneratorConfig {
  /** Number of categories, K. Default 10. */
  readonly categories?: number;
  /** Length Z of the noise. Default 100. */
  readonly latentSize?: number;
  /** Height, width and channels of the map that the noise becomes. Default `[4, 4, 16]`. */
  readonly mapShape?: readonly number[];
  /** Channels of each convolution, first to last, at least one. Default `[64, 64]`. */
  readonly filters?: readonly number[];
  /** Makes it personal, with a second input `[B, C]` such as a customer's preference. Default: one input. */
  readonly condition?: GeneratorCondition;
  /** Fixes the initial weights; any safe integer. Default 0. */
  readonly seed?: number;
}

/**
 * Builds the small convolutional generator that is often shown for recommendations: noise `[B, Z]` in, a distribution
 * over K categories `[B, K]` out.
 *
 *     softmax(dense K (flatten(conv 64 (conv 64 (reshape(dense(z)))))))
 *
 * Convolutions are 3 x 3 with leaky relu of slope 0.2. Where it is usually shown, the last dense layer stands on the maps
 * themselves, so that `[B, H, W, K]` comes out and no discriminator of `[B, K]` fits; here the maps are flattened first.
 * Categories have no neighbours, so the convolutions buy nothing here that {@link buildPreferenceGenerator} lacks. The
 * discriminator that goes with it is `buildDiscriminator({ inputShape: [K], hidden: [128, 128] })`.
 *
 * @param config - See {@link CategoryGeneratorConfig}.
 * @returns A LayersModel with random weights. The caller disposes it.
 * @throws RangeError when a size is no positive integer, or `mapShape` is not `[H, W, C]`.
 * @example
 * const generator = buildCategoryGenerator({ categories: 10 });
 * const shares = generator.apply(randomNormal([2, 100])) as Tensor;
 * sum(shares, 1); // [1, 1]
 * @example
 * const personal = buildCategoryGenerator({ categories: 10, condition: { size: 10 } });
 * personal.inputs.map(({ shape }) => shape); // [[null, 100], [null, 10]]
 */
export function buildCategoryGenerator(
  config: CategoryGeneratorConfig & { readonly condition: GeneratorCondition },
): ConditionalModel;
export function buildCategoryGenerator(config?: CategoryGeneratorConfig): LayersModel;
export function buildCategoryGenerator(config: CategoryGeneratorConfig = {}): LayersModel {
  requireOptions('buildCategoryGenerator', config, configNames, 'config');
  const { categories = 10, latentSize = 100, mapShape = [4, 4, 16], filters = [64, 64], seed = 0 } = config;
  requireSeed('buildCategoryGenerator', config.seed);
  checkSizes({ categories, latentSize, mapShape, filters });
  requireCondition('buildCategoryGenerator', ['concat', 'embedding'], config.condition);
  const rng = createRng(seed).stream('init').stream('generator');
  const noise = input({ shape: [latentSize], name: 'generator_noise' });
  const condition = openCondition('generator', config.condition, { rng });
  const latent = condition ? joinVector(noise, condition) : noise;
  const maps = filters.reduce((x, count, index) => convolve(x, count, index, rng), seedMap(latent, mapShape, rng));
  const flat = layers.flatten({ name: 'generator_flat' }).apply(maps) as SymbolicTensor;
  const last = dense(categories, 'generator_output', rng, 'softmax');
  const inputs = condition ? [noise, condition.input] : noise;
  return model({ inputs, outputs: last.apply(flat) as SymbolicTensor, name: 'generator' });
}

const configNames: OptionNames<CategoryGeneratorConfig> = {
  categories: true,
  latentSize: true,
  mapShape: true,
  filters: true,
  condition: true,
  seed: true,
};

function seedMap(latent: SymbolicTensor, mapShape: readonly number[], rng: Rng): SymbolicTensor {
  const units = mapShape.reduce((product, size) => product * size, 1);
  const spread = dense(units, 'generator_dense_0', rng).apply(latent) as SymbolicTensor;
  const active = leakyRelu('generator_activation_0').apply(spread) as SymbolicTensor;
  return layers.reshape({ targetShape: [...mapShape], name: 'generator_shape' }).apply(active) as SymbolicTensor;
}

function convolve(x: SymbolicTensor, filters: number, index: number, rng: Rng): SymbolicTensor {
  const name = `generator_conv_${index + 1}`;
  const map = layers.conv2d({ filters, kernelSize: 3, padding: 'same', name, kernelInitializer: seededKernel(rng) });
  return leakyRelu(`generator_activation_${index + 1}`).apply(map.apply(x)) as SymbolicTensor;
}

function dense(units: number, name: string, rng: Rng, activation: 'linear' | 'softmax' = 'linear') {
  return layers.dense({ units, name, activation, kernelInitializer: seededKernel(rng) });
}

function leakyRelu(name: string) {
  return layers.leakyReLU({ alpha: 0.2, name });
}

function checkSizes(
  sizes: Required<Pick<CategoryGeneratorConfig, 'categories' | 'latentSize' | 'mapShape' | 'filters'>>,
) {
  const where = 'buildCategoryGenerator';
  requirePositiveInteger(where, 'categories', sizes.categories);
  requirePositiveInteger(where, 'latentSize', sizes.latentSize);
  requireSizes(where, 'mapShape', sizes.mapShape);
  if (sizes.mapShape.length !== 3) refuse(where, 'mapShape', 'be [height, width, channels]', sizes.mapShape);
  requireSizes(where, 'filters', sizes.filters);
  requireFilled(where, 'filters', sizes.filters);
}
