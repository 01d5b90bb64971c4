import { layers, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { finishMap, needsBias, normalizedMap, type StackConfig, seededKernel } from './stack.js';

/** What convolutional stacks take besides. */
export interface ConvStackConfig extends StackConfig {
  readonly kernelSize: number;
}

/** Convolutions that halve height and width each, rounded up: `[B, H, W, C]` to `[B, H / 2^n, W / 2^n, last filter]`. */
export function convStack(x: SymbolicTensor, filters: readonly number[], config: ConvStackConfig): SymbolicTensor {
  return convLevels(x, filters, config).at(-1) ?? x;
}

/** What a {@link convStack} gives after each of its convolutions, fine to coarse. */
export function convLevels(x: SymbolicTensor, filters: readonly number[], config: ConvStackConfig): SymbolicTensor[] {
  const levels: SymbolicTensor[] = [];
  filters.forEach((count, index) => {
    const map = normalizedMap(layers.conv2d(strided(count, `${config.name}_conv_${index}`, config)), config);
    levels.push(finishMap(map.apply(levels.at(-1) ?? x) as SymbolicTensor, index, config));
  });
  return levels;
}

/** Transposed convolutions that double height and width each; `index` counts on from `first` in the layers' names. */
export function transposedConvStack(
  x: SymbolicTensor,
  filters: readonly number[],
  config: ConvStackConfig,
  first: number,
): SymbolicTensor {
  return filters.reduce((out, count, index) => {
    const map = normalizedMap(
      layers.conv2dTranspose(strided(count, `${config.name}_conv_${first + index}`, config)),
      config,
    );
    return finishMap(map.apply(out) as SymbolicTensor, first + index, config);
  }, x);
}

function strided(filters: number, name: string, config: ConvStackConfig) {
  const { kernelSize, rng } = config;
  return {
    filters,
    name,
    kernelSize,
    strides: 2,
    padding: 'same' as const,
    useBias: needsBias(config),
    kernelInitializer: seededKernel(rng),
  };
}
