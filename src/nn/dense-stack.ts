import { layers, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { finishMap, needsBias, normalizedMap, type StackConfig, seededKernel } from './stack.js';

/** Dense layers of the given sizes, each followed by its activation; `[]` returns `x` as it is. */
export function denseStack(x: SymbolicTensor, sizes: readonly number[], config: StackConfig): SymbolicTensor {
  return sizes.reduce((out, units, index) => {
    const name = `${config.name}_dense_${index}`;
    const kernelInitializer = seededKernel(config.rng);
    const map = normalizedMap(layers.dense({ units, name, useBias: needsBias(config), kernelInitializer }), config);
    return finishMap(map.apply(out) as SymbolicTensor, index, config);
  }, x);
}
