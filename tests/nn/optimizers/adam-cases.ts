import * as tf from '@tensorflow/tfjs-core';
import { createRng } from 'minimart';
import { expect } from 'vitest';

export const settings = { learningRate: 0.01, beta1: 0.5, beta2: 0.99, epsilon: 1e-7 };
export const shapes: readonly number[][] = [[3, 2], [4], [2, 1, 2], []];
const sizeOf = (shape: readonly number[]) => shape.reduce((product, each) => product * each, 1);

/** The gradient of variable `index` in step `step`: the same in every test. */
export function gradient(index: number, step: number): Float32Array {
  const numbers = createRng(9).stream(`${index}/${step}`);
  return numbers.fillNormal(new Float32Array(sizeOf(shapes[index]!)));
}

/** Variables that start at 1, 2, 3 and 4. */
export function makeVariables(): tf.Variable[] {
  return shapes.map((shape, index) => tf.tidy(() => tf.variable(tf.fill([...shape], index + 1))));
}

/** One step of some of the variables. */
export function apply(
  optimizer: tf.Optimizer,
  variables: readonly tf.Variable[],
  step: number,
  indices = [0, 1, 2, 3],
) {
  tf.tidy(() => {
    const gradients = indices.map((index) => ({
      name: variables[index]!.name,
      tensor: tf.tensor(gradient(index, step), [...shapes[index]!]),
    }));
    optimizer.applyGradients(gradients as never);
  });
}

/** The numbers of all variables. */
export async function valuesOf(variables: readonly tf.Variable[]): Promise<number[]> {
  return (await Promise.all(variables.map((each) => each.data()))).flatMap((each) => [...each]);
}

/** Kingma and Ba's algorithm 1 in double precision, from values of index + 1, with each variable's own count of steps. */
export function reference(steps: readonly (readonly number[])[]): number[] {
  const { learningRate, beta1, beta2, epsilon } = settings;
  return shapes.flatMap((shape, index) =>
    Array.from({ length: sizeOf(shape) }, (_, element) => {
      let [value, m, v] = [index + 1, 0, 0];
      steps.forEach((indices, step) => {
        if (!indices.includes(index)) return;
        const g = gradient(index, step)[element]!;
        m = beta1 * m + (1 - beta1) * g;
        v = beta2 * v + (1 - beta2) * g * g;
        const corrected = [m / (1 - beta1 ** (step + 1)), v / (1 - beta2 ** (step + 1))] as const;
        value -= (learningRate * corrected[0]) / (Math.sqrt(corrected[1]) + epsilon);
      });
      return value;
    }),
  );
}

export function expectNear(actual: readonly number[], expected: readonly number[]): void {
  expect(actual.length).toBe(expected.length);
  actual.forEach((each, index) => {
    expect(Math.abs(each - expected[index]!), `element ${index}: ${each} for ${expected[index]}`).toBeLessThan(3e-6);
  });
}

interface CpuBackend extends tf.KernelBackend {
  makeTensorInfo(shape: number[], dtype: 'float32', values: Float32Array): tf.TensorInfo;
}

/** The kernel of the wasm backend in plain numbers for the cpu backend: it writes moments in place only if not shared. */
export function registerKernel(): void {
  tf.registerKernel({
    kernelName: 'MinimartAdam',
    backendName: 'cpu',
    kernelFunc: ({ inputs, attrs, backend: given }) => {
      const backend = given as CpuBackend;
      const { learningRate, beta1, beta2, epsilon, correction1, correction2 } = attrs as Record<string, number>;
      const numbers = (name: string) => backend.readSync(inputs[name]!.dataId) as Float32Array;
      const isOwn = ['m', 'v'].every((name) => backend.refCount(inputs[name]!.dataId) === 1);
      const [m, v] = ['m', 'v'].map((name) => (isOwn ? numbers(name) : numbers(name).slice())) as [
        Float32Array,
        Float32Array,
      ];
      const g = numbers('gradient');
      const next = numbers('value').map((each, index) => {
        m[index] = beta1! * m[index]! + (1 - beta1!) * g[index]!;
        v[index] = beta2! * v[index]! + (1 - beta2!) * g[index]! ** 2;
        return each - (learningRate! * m[index]!) / correction1! / (Math.sqrt(v[index]! / correction2!) + epsilon!);
      });
      const results = isOwn ? [next] : [next, m, v];
      return results.map((each) => backend.makeTensorInfo(inputs.value!.shape, 'float32', each));
    },
  });
}
