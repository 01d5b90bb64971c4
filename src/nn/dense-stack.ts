import { layers, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { finishMap, type StackConfig, seededKernel } from './stack.js';

/** Dense layers of the given sizes, each followed by its activation; `[]` returns `x` as it is. */
export function denseStack(x: SymbolicTensor, sizes: readonly number[], config: StackConfig): SymbolicTensor {
  return sizes.reduce((out, units, index) => {
    const name = `${config.name}_dense_${index}`;
    // Batch normalization has an offset of its own, which makes a bias before it idle.
    const useBias = config.normalization === 'none';
    const map = layers.dense({ units, name, useBias, kernelInitializer: seededKernel(config.rng) });
    return finishMap(map.apply(out) as SymbolicTensor, index, config);
  }, x);
}
