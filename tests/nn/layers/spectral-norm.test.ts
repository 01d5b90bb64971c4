import '../../support/backends.js';
import * as tf from '@tensorflow/tfjs-core';
import { type layers, layers as makers, sequential } from '@tensorflow/tfjs-layers';
import { checkSecondOrder, createRng, registerLayers, spectralNorm, useBackend } from 'minimart';
import { SingularValueDecomposition } from 'ml-matrix';
import { beforeEach, describe, expect, test } from 'vitest';
import { keepState } from '../../../src/nn/gradients/keep-state.js';
import { SpectralNorm } from '../../../src/nn/layers/spectral-norm.js';
import { stateVariables, trainableVariables } from '../../../src/nn/models/model-variables.js';
import { backends } from '../../support/backends.js';
import { expectClose } from '../../support/expect-close.js';
import { compareGradient, gradientPenalty, relativeErrorAlong } from '../../support/finite-differences.js';
import { weightsOf } from '../../support/gan-pair.js';
import { saveAndLoad } from '../../support/save-and-load.js';

interface Kind {
  readonly name: string;
  readonly shape: number[];
  /** Whether the kernel is `[…, out, in]`. */
  readonly transposed: boolean;
  make(): layers.Layer;
}

const image = [6, 6, 5];
const kinds: readonly Kind[] = [
  { name: 'dense', shape: [20], transposed: false, make: () => makers.dense({ units: 16 }) },
  {
    name: 'conv2d',
    shape: image,
    transposed: false,
    make: () => makers.conv2d({ filters: 8, kernelSize: 3, strides: 2 }),
  },
  {
    name: 'conv2dTranspose',
    shape: image,
    transposed: true,
    make: () => makers.conv2dTranspose({ filters: 8, kernelSize: [4, 3], strides: 2 }),
  },
];

/** One wrapped layer whose weights are normal numbers, and its input. */
function subject({ shape, make }: Kind) {
  const wrapper = spectralNorm(make()) as SpectralNorm;
  const model = sequential({ layers: [makers.inputLayer({ inputShape: shape }), wrapper] });
  wrapper.layer.setWeights(wrapper.layer.getWeights().map((weight, seed) => normal(weight.shape, seed)));
  const x = normal([3, ...shape], 9);
  const train = (calls: number) => {
    for (let call = 0; call < calls; call += 1) tf.dispose(model.apply(x, { training: true }) as tf.Tensor);
  };
  return { model, wrapper, x, train };
}

function normal(shape: readonly number[], seed: number): tf.Tensor {
  const size = shape.reduce((product, each) => product * each, 1);
  return tf.tensor(createRng(seed).fillNormal(new Float32Array(size)), [...shape]);
}

/** By SVD in double precision, of one row for each output. */
async function largestSingularValue(kernel: tf.Tensor, transposed: boolean): Promise<number> {
  const [beforeLast, last] = kernel.shape.slice(-2) as [number, number];
  const rows: number[][] = Array.from({ length: transposed ? beforeLast : last }, () => []);
  for (const [index, value] of (await kernel.data()).entries()) {
    rows[transposed ? Math.floor(index / last) % beforeLast : index % last]!.push(value);
  }
  return Math.max(...new SingularValueDecomposition(rows, { autoTranspose: true }).diagonal);
}

describe.each(kinds)('around $name', (kind) => {
  beforeEach(() => useBackend('cpu'));

  test.each(backends)(
    'on %s, brings the largest singular value to 1 within 0.05 after 20 calls and 0.01 after 200',
    async (backend) => {
      await useBackend(backend);
      const { wrapper, train } = subject(kind);
      const largest = () => largestSingularValue(wrapper.normalizedKernel(), kind.transposed);
      train(20);
      expect(Math.abs((await largest()) - 1)).toBeLessThan(0.05);
      train(180);
      expect(Math.abs((await largest()) - 1)).toBeLessThan(0.01);
    },
  );

  test('computes what the layer computes with its kernel divided by sigma', async () => {
    const { model, wrapper, x, train } = subject(kind);
    train(5);
    const [, bias] = wrapper.layer.getWeights();
    const plain = sequential({ layers: [makers.inputLayer({ inputShape: kind.shape }), kind.make()] });
    plain.setWeights([wrapper.normalizedKernel(), bias!]);
    const expected = plain.apply(x) as tf.Tensor;
    expect(model.outputs[0]!.shape).toEqual(plain.outputs[0]!.shape);
    await expectClose(model.apply(x) as tf.Tensor, await expected.data(), expected.shape, 1e-6);
  });

  test('has the gradient that finite differences give, and that of a gradient penalty', async () => {
    // With the singular vectors found, sigma by a moved kernel is the same to the first order whether u and v move or not.
    const { model, x, train } = subject(kind);
    train(600);
    const loss = () => tf.tidy(() => tf.mean<tf.Scalar>(tf.square(model.apply(x) as tf.Tensor)));
    const variables = trainableVariables(model);
    expect(await relativeErrorAlong((seed) => compareGradient(loss, variables, { seed }))).toBeLessThan(0.01);
    const penalty = gradientPenalty((samples) => tf.square(model.apply(samples) as tf.Tensor), x);
    expect(await relativeErrorAlong((seed) => compareGradient(penalty, variables, { seed }))).toBeLessThan(0.01);
  });

  test('has the gradient of the paper while u and v are still on their way', async () => {
    const { model, wrapper, x } = subject(kind);
    const kernel = trainableVariables(model)[0]!;
    const [before, [u]] = [await kernel.data(), [await stateVariables(model)[0]!.data()]];
    const weights = normal((model.apply(x) as tf.Tensor).shape, 4);
    const { grads } = tf.variableGrads(
      () => tf.sum<tf.Scalar>(tf.mul(model.apply(x, { training: true }) as tf.Tensor, weights)),
      [kernel],
    );
    const { sigma, direction } = firstRound(before, kernel.shape, u, kind.transposed);
    // The gradient G by the normalized kernel is the plain layer's at W / sigma, which the output is linear in.
    const plain = sequential({ layers: [makers.inputLayer({ inputShape: kind.shape }), kind.make()] });
    plain.setWeights([tf.div(kernel, sigma), wrapper.layer.getWeights()[1]!]);
    const own = trainableVariables(plain)[0]!;
    const inner = tf.variableGrads(() => tf.sum<tf.Scalar>(tf.mul(plain.apply(x) as tf.Tensor, weights)), [own]);
    const g = Array.from(await inner.grads[own.name]!.data());
    // 1 / sigma * (G - <G, W / sigma> v u^T), section 2.2 with lambda of one batch
    const along = g.reduce((total, value, index) => total + (value * before[index]!) / sigma, 0);
    const expected = g.map((value, index) => (value - along * direction[index]!) / sigma);
    await expectClose(grads[kernel.name]!, expected, kernel.shape, 1e-4);
  });

  test('goes on exactly where it was after save and load', async () => {
    registerLayers();
    const { model, x, train } = subject(kind);
    train(3);
    const loaded = await saveAndLoad(model);
    expect(loaded.layers.at(-1)).toBeInstanceOf(SpectralNorm);
    expect(await weightsOf(loaded)).toEqual(await weightsOf(model));
    for (const training of [true, true, false]) {
      const expected = await (model.apply(x, { training }) as tf.Tensor).data();
      expect(await (loaded.apply(x, { training }) as tf.Tensor).data()).toEqual(expected);
    }
    expect(await weightsOf(loaded)).toEqual(await weightsOf(model));
  });

  test('leaves no tensor but its result, and nothing when it is disposed', () => {
    const before = tf.memory().numTensors;
    const { model, wrapper, x, train } = subject(kind);
    train(1);
    const built = tf.memory().numTensors;
    train(3);
    tf.dispose([model.apply(x) as tf.Tensor, wrapper.normalizedKernel()]);
    const variables = trainableVariables(model);
    const loss = () => tf.sum<tf.Scalar>(model.apply(x, { training: true }) as tf.Tensor);
    const { value, grads } = tf.variableGrads(loss, variables);
    tf.dispose([value, grads]);
    expect(tf.memory().numTensors).toBe(built);
    model.dispose();
    // The random weights and the input, which the test made: kernel, bias, x.
    expect(tf.memory().numTensors).toBe(before + 3);
  });
});

/** v, the next u, sigma and v u^T by their formulas, in double precision. */
function firstRound(
  kernel: ArrayLike<number>,
  shape: readonly number[],
  start: ArrayLike<number>,
  transposed: boolean,
) {
  const [beforeLast, last] = shape.slice(-2) as [number, number];
  const outputs = transposed ? beforeLast : last;
  const outputOf = (index: number) => (transposed ? Math.floor(index / last) % beforeLast : index % last);
  // All else than the output, numbered.
  const rowOf = (index: number) => {
    if (!transposed) return Math.floor(index / last);
    return Math.floor(index / (last * beforeLast)) * last + (index % last);
  };
  const sumInto = (size: number, place: (index: number) => number, term: (index: number) => number) => {
    const totals = new Float64Array(size);
    for (let index = 0; index < kernel.length; index += 1) totals[place(index)]! += kernel[index]! * term(index);
    const length = Math.hypot(...totals);
    return { unit: totals.map((value) => value / length), length };
  };
  const v = sumInto(kernel.length / outputs, rowOf, (index) => start[outputOf(index)]!).unit;
  const { unit: u, length: sigma } = sumInto(outputs, outputOf, (index) => v[rowOf(index)]!);
  return { sigma, direction: Array.from(kernel, (_, index) => v[rowOf(index)]! * u[outputOf(index)]!) };
}

describe('spectralNorm', () => {
  beforeEach(() => useBackend('cpu'));

  test('moves u in training calls only, as state that belongs to the network', async () => {
    const { model, train, x } = subject(kinds[0]!);
    const [state] = stateVariables(model);
    expect(stateVariables(model)).toHaveLength(1);
    expect(trainableVariables(model)).toHaveLength(2);
    const start = await state!.data();
    tf.dispose([model.apply(x) as tf.Tensor, model.predict(x) as tf.Tensor]);
    expect(await state!.data()).toEqual(start);
    keepState([state!], () => train(2));
    expect(await state!.data()).toEqual(start);
    train(1);
    expect(await state!.data()).not.toEqual(start);
  });

  test('does as many rounds in a call as it is asked to', async () => {
    const once = subject(kinds[0]!);
    const thrice = subject({ ...kinds[0]!, make: () => makers.dense({ units: 16 }) });
    const wrapper = spectralNorm(makers.dense({ units: 16 }), { iterations: 3, name: 'three' }) as SpectralNorm;
    const model = sequential({ layers: [makers.inputLayer({ inputShape: [20] }), wrapper] });
    model.setWeights(thrice.model.getWeights());
    once.train(3);
    tf.dispose(model.apply(once.x, { training: true }) as tf.Tensor);
    const [expected] = stateVariables(once.model);
    await expectClose(stateVariables(model)[0]!, await expected!.data(), [16], 1e-5);
    expect(wrapper.name).toBe('three');
    expect(wrapper.getConfig().iterations).toBe(3);
  });

  test('leaves a kernel of zeros at zero', async () => {
    const { model, wrapper, train, x } = subject(kinds[0]!);
    wrapper.layer.setWeights([tf.zeros([20, 16]), tf.ones([16])]);
    train(2);
    await expectClose(model.apply(x) as tf.Tensor, new Float32Array(48).fill(1), [3, 16]);
  });

  test('takes the input shape, the initial weights and the frozen state of the layer that it wraps', async () => {
    const weights = [tf.tensor2d([[0], [2]]), tf.tensor1d([1])];
    const wrapper = spectralNorm(makers.dense({ units: 1, inputShape: [2], weights, trainable: false, name: 'inner' }));
    const model = sequential({ layers: [wrapper] });
    expect(wrapper.name).toBe('inner');
    expect(model.trainableWeights).toHaveLength(0);
    expect(model.weights).toHaveLength(3);
    // 5 * 0 + 3 * 2 / 2 + 1
    await expectClose(model.predict(tf.tensor2d([[5, 3]])) as tf.Tensor, [4], [1, 1]);
    wrapper.trainable = true;
    expect(model.trainableWeights).toHaveLength(2);
  });

  test('is judged by the layer within when second derivatives are asked for', () => {
    const problemsWith = (activation: 'relu' | 'tanh') =>
      checkSecondOrder(sequential({ layers: [spectralNorm(makers.dense({ units: 1, inputShape: [2], activation }))] }));
    expect(problemsWith('relu')).toEqual([]);
    expect(problemsWith('tanh')).toMatchObject([{ position: '0/0', effect: 'wrong' }]);
  });

  test('refuses other layers and numbers of rounds', () => {
    expect(() => spectralNorm(makers.flatten())).toThrow(
      "SpectralNorm: `layer` must be one of 'Dense', 'Conv2D', 'Conv2DTranspose', received 'Flatten' (string).",
    );
    expect(() => spectralNorm(makers.dense({ units: 1 }), { iterations: 0 })).toThrow(
      'SpectralNorm: `iterations` must be a positive integer, received 0 (number).',
    );
  });
});
