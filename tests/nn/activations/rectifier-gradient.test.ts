import '../../support/backends.js';
import * as tf from '@tensorflow/tfjs-core';
import { leakyReluActivation, useBackend } from 'minimart';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { withFastGradients } from '../../../src/nn/gradients/fast-gradients.js';

const kernelName = 'MinimartRectifierGradient';

interface CpuBackend extends tf.KernelBackend {
  readSync(dataId: object): Float32Array;
  makeTensorInfo(shape: number[], dtype: 'float32', values: Float32Array): tf.TensorInfo;
}

let calls = 0;

/** The kernel in plain numbers, for the cpu backend. */
function registerPlainKernel(): void {
  calls = 0;
  tf.registerKernel({
    kernelName,
    backendName: 'cpu',
    kernelFunc: ({ inputs, attrs, backend: given }) => {
      calls += 1;
      const backend = given as CpuBackend;
      const [upstream, x] = [backend.readSync(inputs.upstream!.dataId), backend.readSync(inputs.x!.dataId)];
      const slope = (value: number) => (value > 0 ? 1 : (attrs as { alpha?: number }).alpha!);
      return backend.makeTensorInfo(
        inputs.x!.shape,
        'float32',
        upstream.map((each, index) => each * slope(x[index]!)),
      );
    },
  });
}

beforeAll(() => useBackend('cpu'));
afterEach(() => {
  if (tf.getKernel(kernelName, 'cpu')) tf.unregisterKernel(kernelName, 'cpu');
});

const numbers = [-2, 0, 0.5, 3];
const leaky = (x: tf.Tensor) => leakyReluActivation(x, { alpha: 0.1 });

test.each([
  ['leaky relu', leaky, [0.1, 0.1, 1, 1]],
  ['relu', (x: tf.Tensor) => tf.relu(x), [0, 0, 1, 1]],
] as const)('the gradient of %s is its slope, by one kernel where there is one', async (_, of, slopes) => {
  registerPlainKernel();
  // Upstream is 2 * output: 2 * slope * x * slope
  const square = (x: tf.Tensor) => tf.sum(tf.square(of(x)));
  const got = await withFastGradients(() => tf.grad(square)(tf.tensor1d(numbers))).data();
  numbers.forEach((x, index) => {
    expect(got[index]).toBeCloseTo(2 * x * slopes[index]! ** 2, 5);
  });
  expect(calls).toBe(1);
});

test('it can be differentiated again, by upstream and by the input', async () => {
  registerPlainKernel();
  const inner = (x: tf.Tensor) => tf.grad((y: tf.Tensor) => tf.sum(tf.square(leaky(y))))(x);
  // The inner gradient is 2 * slope² * x, and the sum of its squares changes by 8 * slope⁴ * x.
  const got = await tf
    .grad((x: tf.Tensor) => tf.sum(tf.square(inner(x))))(tf.tensor1d(numbers))
    .data();
  numbers.forEach((x, index) => {
    expect(got[index]).toBeCloseTo(8 * (x > 0 ? 1 : 0.1) ** 4 * x, 5);
  });
  expect(calls).toBeGreaterThan(1);
});

test('nothing is left behind', () => {
  registerPlainKernel();
  const x = tf.tensor1d(numbers);
  const before = tf.memory().numTensors;
  tf.dispose(withFastGradients(() => tf.grad((y: tf.Tensor) => tf.sum(tf.add(tf.relu(y), leaky(y))))(x)));
  expect(tf.memory().numTensors).toBe(before);
  x.dispose();
});

test("code that is not ours meets tfjs's own gradient of relu", () => {
  registerPlainKernel();
  tf.tidy(() => tf.grad((x: tf.Tensor) => tf.sum(tf.relu(x)))(tf.tensor1d(numbers)));
  expect(calls).toBe(0);
});
