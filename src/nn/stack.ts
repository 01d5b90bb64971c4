import { initializers, layers, layers as makers, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import type { Rng } from '../random/rng.js';
import { spectralNorm } from './layers/spectral-norm.js';

/** What stands between the linear maps of a stack. */
export interface StackConfig {
  /** Starts every layer's name. */
  readonly name: string;
  /** Where initial weights come from. */
  readonly rng: Rng;
  /** Makes the activation layer that follows each map. */
  readonly activation: (name: string) => layers.Layer;
  /**
   * `'batch'` puts batch normalization between each map and its activation; `'spectral'` divides the kernel of each map by
   * its largest singular value.
   */
  readonly normalization: 'none' | 'batch' | 'spectral';
  /** Makes the layer that follows each activation, such as dropout. */
  readonly after?: (name: string) => layers.Layer;
}

/** A dense or convolutional layer, wrapped where its kernel is to be normalized. */
export function normalizedMap(
  layer: layers.Layer,
  { normalization }: Pick<StackConfig, 'normalization'>,
): layers.Layer {
  return normalization === 'spectral' ? spectralNorm(layer) : layer;
}

/** Batch normalization has an offset of its own, which makes a bias before it idle. */
export function needsBias({ normalization }: Pick<StackConfig, 'normalization'>): boolean {
  return normalization !== 'batch';
}

/** Applies normalization, activation and what follows to the output of map number `index`. */
export function finishMap(x: SymbolicTensor, index: number, config: StackConfig): SymbolicTensor {
  const { name, normalization, activation, after } = config;
  const parts: layers.Layer[] = [];
  if (normalization === 'batch') parts.push(makers.batchNormalization({ name: `${name}_normalization_${index}` }));
  parts.push(activation(`${name}_activation_${index}`));
  if (after) parts.push(after(`${name}_dropout_${index}`));
  return parts.reduce((out, layer) => layer.apply(out) as SymbolicTensor, x);
}

/** Glorot uniform weights with a seed of their own: equal seeds in two layers would give equal weights. */
export function seededKernel(rng: Rng) {
  return initializers.glorotUniform({ seed: rng.uint32() });
}

/** Dense layers of the given sizes, each followed by its activation; `[]` returns `x` as it is. */
export function denseStack(x: SymbolicTensor, sizes: readonly number[], config: StackConfig): SymbolicTensor {
  return sizes.reduce((out, units, index) => {
    const name = `${config.name}_dense_${index}`;
    const kernelInitializer = seededKernel(config.rng);
    const map = normalizedMap(layers.dense({ units, name, useBias: needsBias(config), kernelInitializer }), config);
    return finishMap(map.apply(out) as SymbolicTensor, index, config);
  }, x);
}
