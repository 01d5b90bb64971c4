import * as tf from '@tensorflow/tfjs-core';
import { adam, leakyReluActivation, useBackend } from 'minimart';
import { type ConformanceCheck, requireWithin } from './conformance-check.js';
import { HostValues } from './host-values.js';
import { type OpCase, opCheck } from './op-case.js';
import { leakyRelu } from './references/activations.js';
import { sum } from './references/dense.js';
import { map } from './references/doubles.js';
import { relativeDifference } from './relative-difference.js';

const sums: OpCase[] = (
  [
    ['300x33', [0]],
    ['6x5x19', [0, 1]],
    ['40x1', [0]],
    ['2100x3', [0]],
    ['5x6x4', [1]],
    ['5x6x4', [0, 1, 2]],
  ] as readonly [string, number[]][]
).map(([inputs, axes]) => ({
  ...{ name: `sum of ${inputs} over ${axes}`, inputs },
  run: (x) => tf.sum(x, axes),
  reference: (x) => sum(x, axes),
}));

/** What kernels of ours compute that may be registered in the place of many. */
export const kernelChecks: readonly ConformanceCheck[] = [
  ...sums.map(opCheck),
  opCheck({
    ...{ name: 'leaky relu of 331 by 7, twice differentiated', inputs: '331x7', range: [-4, 4] },
    run: (x) => leakyReluActivation(x),
    reference: (x) => map(x, leakyRelu),
  }),
  {
    name: 'the gradient of a leaky relu at NaN is NaN',
    async run(backend) {
      await useBackend(backend);
      const slope = tf.tidy(() => tf.grad((x) => leakyReluActivation(x))(tf.tensor1d([Number.NaN, 1, -1])));
      const [atNaN, above, below] = await slope.data();
      slope.dispose();
      // webgl may not tell NaN from a number.
      if (backend !== 'webgl') requireEqual('at NaN', Number.isNaN(atNaN), true);
      requireEqual('above', above, 1);
      requireEqual('below', below, Math.fround(0.2));
    },
  },
  {
    name: 'the sum over a batch keeps dimensions when it is asked to',
    async run(backend) {
      await useBackend(backend);
      const result = tf.tidy(() => tf.sum(tf.ones([4, 3, 2]), [0, 1], true));
      requireEqual('shape', result.shape.join(), '1,1,2');
      requireEqual('numbers', (await result.data()).join(), '12,12');
      result.dispose();
    },
  },
  {
    name: 'the kernels that training needs are there',
    async run(backend) {
      await useBackend(backend);
      const isExpected = ['wasm', 'webgpu'].includes(backend);
      // In isolated pages with threads the wasm backend has none: its memory is shared.
      if (backend === 'wasm' && (await tf.env().getAsync('WASM_HAS_MULTITHREAD_SUPPORT'))) return;
      requireEqual('MinimartAdam', tf.getKernel('MinimartAdam', backend) !== undefined, isExpected);
    },
  },
  {
    name: 'adam: what was copied or read of a variable before a step is what it was, and what is read after is new',
    run: adamBesideCopies,
  },
  { name: 'adam: thousands of numbers, in groups that do not come out even', run: adamOfMany },
  { name: 'adam: steps leave no tensor and no buffer behind', run: adamMemory },
];

async function adamBesideCopies(backend: string): Promise<void> {
  await useBackend(backend);
  const variable = tf.tidy(() => tf.variable(tf.ones([70])));
  const optimizer = adam({ learningRate: 0.5 });
  const step = () => tf.tidy(() => optimizer.applyGradients({ [variable.name]: tf.ones([70]) }));
  // With constant gradients of 1 every step of Adam moves by its whole learning rate.
  const seen: number[] = [];
  for (let number = 0; number < 3; number += 1) {
    const copy = tf.clone(variable);
    seen.push((await variable.data())[69]!);
    step();
    seen.push((await copy.data())[69]!);
    copy.dispose();
  }
  [1, 1, 0.5, 0.5, 0, 0].forEach((expected, index) => {
    requireWithin(`reading ${index}`, Math.abs(seen[index]! - expected), 1e-4);
  });
  optimizer.dispose();
  variable.dispose();
}

async function adamOfMany(backend: string): Promise<void> {
  const results: ArrayLike<number>[] = [];
  for (const name of ['cpu', backend]) {
    await useBackend(name);
    const values = new HostValues(3);
    const variable = values.variable([331, 217]);
    const optimizer = adam({ learningRate: 0.01, beta1: 0.5 });
    for (let step = 0; step < 3; step += 1) {
      tf.tidy(() => optimizer.applyGradients({ [variable.name]: values.tensor([331, 217]) }));
    }
    results.push(await variable.data());
    optimizer.dispose();
    variable.dispose();
  }
  requireWithin('adam', relativeDifference(results[1]!, results[0]!), backend === 'cpu' ? 0 : 1e-5);
}

async function adamMemory(backend: string): Promise<void> {
  await useBackend(backend);
  const variables = [[40, 30], [30], [0, 3]].map((shape) => tf.tidy(() => tf.variable(tf.ones(shape))));
  const optimizer = adam({ learningRate: 0.1 });
  const steps = async () => {
    for (let step = 0; step < 6; step += 1) {
      tf.tidy(() =>
        optimizer.applyGradients(Object.fromEntries(variables.map((each) => [each.name, tf.mul(each, 2)]))),
      );
    }
    // A read empties the queue of a GPU, which holds what was disposed.
    await variables[0]!.data();
  };
  await steps();
  const before = memory();
  await steps();
  const after = memory();
  optimizer.dispose();
  for (const each of variables) each.dispose();
  requireEqual('tensors, data and bytes on the device', after, before);
}

function memory(): string {
  const { numTensors, numDataBuffers, numBytesInGPU } = tf.memory() as tf.MemoryInfo & { numBytesInGPU?: number };
  return [numTensors, numDataBuffers, numBytesInGPU].join();
}

function requireEqual(what: string, actual: unknown, expected: unknown): void {
  if (actual !== expected) throw new Error(`${what}: ${String(actual)}, expected ${String(expected)}`);
}
