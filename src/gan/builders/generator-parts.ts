import { type LayersModel, layers, model, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { requireOneOf, requirePositiveInteger } from '../../internal/require.js';
import type { ConvStackConfig } from '../../nn/conv-stack.js';
import { normalizedMap, type StackConfig, seededKernel } from '../../nn/stack.js';
import type { Rng } from '../../random/rng.js';
import type { GeneratorCondition } from './condition.js';

/** What every generator's config says of its layers. */
export type GeneratorLook = Pick<GeneratorBase, 'latentSize' | 'activation' | 'normalization' | 'outputActivation'>;

/** What stands between the maps of a generator: layers of tfjs, which load anywhere. */
export function generatorStack({ activation = 'relu', normalization = 'none' }: GeneratorLook, rng: Rng): StackConfig {
  const make = (name: string) =>
    activation === 'leakyRelu' ? layers.leakyReLU({ alpha: 0.2, name }) : layers.activation({ activation, name });
  return { name: 'generator', rng, normalization, activation: make };
}

/** The last doubling: images of the given shape, before their activation. */
export function imageOutput(x: SymbolicTensor, shape: readonly number[], config: ConvStackConfig): SymbolicTensor {
  const out = layers.conv2dTranspose({
    filters: shape[2]!,
    kernelSize: config.kernelSize,
    strides: 2,
    padding: 'same',
    name: 'generator_output',
    kernelInitializer: seededKernel(config.rng),
  });
  return cropTo(normalizedMap(out, config).apply(x) as SymbolicTensor, shape, 'generator_crop');
}

/** The middle of maps that are larger than the shape, `[H, W, …]`, and maps of its size as they are. */
export function cropTo(x: SymbolicTensor, shape: readonly (number | null)[], name: string): SymbolicTensor {
  const split = (axis: number): [number, number] => {
    const excess = x.shape[axis + 1]! - shape[axis]!;
    return [Math.floor(excess / 2), Math.ceil(excess / 2)];
  };
  const cropping: [[number, number], [number, number]] = [split(0), split(1)];
  if (cropping.flat().every((each) => each === 0)) return x;
  return layers.cropping2D({ cropping, name }).apply(x) as SymbolicTensor;
}

/** The model, with the activation behind its last layer. */
export function finishGenerator(
  inputs: SymbolicTensor | SymbolicTensor[],
  samples: SymbolicTensor,
  outputActivation: NonNullable<GeneratorBase['outputActivation']> = 'linear',
): LayersModel {
  if (outputActivation === 'linear') return model({ inputs, outputs: samples, name: 'generator' });
  const last = layers.activation({ activation: outputActivation, name: 'generator_output_activation' });
  return model({ inputs, outputs: last.apply(samples) as SymbolicTensor, name: 'generator' });
}

/** Refuses sizes and names that no generator knows. */
export function requireGeneratorLook(where: string, config: GeneratorLook): void {
  requirePositiveInteger(where, 'latentSize', config.latentSize);
  requireOneOf(where, 'activation', ['relu', 'leakyRelu', 'tanh'], config.activation ?? 'relu');
  requireOneOf(where, 'normalization', ['none', 'batch', 'spectral'], config.normalization ?? 'none');
  const outputs = ['linear', 'sigmoid', 'tanh', 'relu', 'softplus', 'softmax'];
  requireOneOf(where, 'outputActivation', outputs, config.outputActivation ?? 'linear');
}

/** What dense and convolutional generators share. */
export interface GeneratorBase {
  /** Length Z of the noise vectors that go in. */
  readonly latentSize: number;
  /** Shape of one sample, such as `[28, 28, 1]` for grey images or `[12]` for rows of a table. */
  readonly outputShape: readonly number[];
  /** Follows every hidden layer. `'leakyRelu'` has slope 0.2. Default `'relu'`. */
  readonly activation?: 'relu' | 'leakyRelu' | 'tanh';
  /**
   * `'batch'`: batch normalization before every hidden activation. `'spectral'`: {@link spectralNorm} around every dense and
   * convolutional layer, the last one included. Default `'none'`.
   */
  readonly normalization?: 'none' | 'batch' | 'spectral';
  /** Follows the last layer, and sets the range that the data must have. Default `'linear'`: any number. */
  readonly outputActivation?: 'linear' | 'sigmoid' | 'tanh' | 'relu' | 'softplus' | 'softmax';
  /** Makes the generator conditional, with a second input `[B, C]`. Default: one input. */
  readonly condition?: GeneratorCondition;
  /** Fixes the initial weights; any safe integer. Default 0. */
  readonly seed?: number;
}
