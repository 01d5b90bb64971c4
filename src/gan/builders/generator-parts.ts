import { type LayersModel, layers, model, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { requireOneOf, requirePositiveInteger } from '../../internal/require.js';
import type { ConvStackConfig } from '../../nn/conv-stack.js';
import { normalizedMap, type StackConfig, seededKernel } from '../../nn/stack.js';
import type { Rng } from '../../random/rng.js';
import type { GeneratorBase } from './build-generator.js';

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
