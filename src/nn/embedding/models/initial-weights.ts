import { tensor, tidy, type Variable, variable } from '@tensorflow/tfjs-core';
import { refuse } from '../../../internal/require.js';
import type { Rng } from '../../../random/rng.js';
import type { Network } from './network.js';

/** How a kernel `[fanIn, fanOut]` starts: uniform numbers within a limit that its sizes give. */
export type KernelInitializer = 'glorotUniform' | 'lecunUniform' | 'heUniform';

/** The numbers that a kernel starts from are uniform between minus this and this. */
export function kernelLimit(initializer: KernelInitializer, fanIn: number, fanOut: number): number {
  if (initializer === 'glorotUniform') return Math.sqrt(6 / (fanIn + fanOut));
  if (initializer === 'lecunUniform') return Math.sqrt(3 / fanIn);
  if (initializer === 'heUniform') return Math.sqrt(6 / fanIn);
  return refuse('buildEmbeddingMlp', 'initializer', `be 'glorotUniform', 'lecunUniform' or 'heUniform'`, initializer);
}

/** Makes a network's dense weights: kernels at random, biases zero. */
export function initialVariables(
  network: Network,
  rng: Rng,
  initializerOf: (kernel: string) => KernelInitializer,
): Record<string, Variable> {
  return Object.fromEntries(
    Object.entries(network.weights).map(([name, shape]) => {
      const values = new Float32Array(shape.reduce((product, size) => product * size, 1));
      if (shape.length === 2) {
        const limit = kernelLimit(initializerOf(name), shape[0]!, shape[1]!);
        rng.stream(name).fillUniform(values);
        for (let at = 0; at < values.length; at += 1) values[at] = (2 * values[at]! - 1) * limit;
      }
      return [name, tidy(() => variable(tensor(values, [...shape], 'float32')))];
    }),
  );
}
