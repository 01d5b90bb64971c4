import '../../support/backends.js';
import * as tf from '@tensorflow/tfjs-core';
import { layers, sequential } from '@tensorflow/tfjs-layers';
import { type AdamConfig, adam } from 'minimart';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { apply, expectNear, makeVariables, reference, settings, valuesOf } from './adam-cases.js';

let variables: tf.Variable[] = [];

beforeEach(() => {
  variables = makeVariables();
});

afterEach(() => {
  tf.dispose(variables);
});

describe('adam', () => {
  beforeAll(async () => {
    await tf.setBackend('cpu');
  });

  test('goes on from a state of train.adam of tfjs', async () => {
    const { learningRate, beta1, beta2, epsilon } = settings;
    const stock = tf.train.adam(learningRate, beta1, beta2, epsilon);
    for (let step = 0; step < 3; step += 1) apply(stock, variables, step);
    const ours = adam(settings);
    await ours.setWeights(await stock.getWeights());
    for (let step = 3; step < 6; step += 1) apply(ours, variables, step);
    expectNear(await valuesOf(variables), reference(Array(6).fill([0, 1, 2, 3])));
    stock.dispose();
    ours.dispose();
  });

  test('takes another step size from the next step on', async () => {
    const optimizer = adam(settings);
    optimizer.learningRate = 1;
    apply(optimizer, variables, 0, [3]);
    // The first step of Adam has the length of the step size, whatever the gradient.
    expect(Math.abs((await valuesOf(variables)).at(-1)! - 4)).toBeCloseTo(1, 4);
    optimizer.dispose();
  });

  test('runs fewer kernels than tfjs', async () => {
    const { learningRate, beta1, beta2, epsilon } = settings;
    const counts: number[] = [];
    for (const optimizer of [adam(settings), tf.train.adam(learningRate, beta1, beta2, epsilon)]) {
      apply(optimizer, variables, 0);
      const { kernels } = await tf.profile(() => apply(optimizer, variables, 1));
      // Reshape and Identity move no numbers.
      counts.push(kernels.filter(({ name }) => !['Reshape', 'Identity'].includes(name)).length);
      optimizer.dispose();
    }
    // Twelve, one split, and one addition for each of four variables; tfjs: 14 each, and four for its powers of beta.
    expect(counts).toEqual([12 + 1 + 4, 4 * 14 + 4]);
  });

  test('moves a large variable by itself', async () => {
    const size = 65_537;
    const large = tf.variable(tf.zeros([size]));
    const optimizer = adam(settings);
    apply(optimizer, variables, 0);
    const { kernels } = await tf.profile(() =>
      tf.tidy(() => {
        const [small, other] = [variables[1]!, variables[2]!];
        optimizer.applyGradients({
          [small.name]: tf.ones([4]),
          [large.name]: tf.ones([size]),
          [other.name]: tf.ones([2, 1, 2]),
        });
      }),
    );
    expect(kernels.filter(({ name, inputShapes }) => name === 'Concat' && inputShapes.flat().includes(size))).toEqual(
      [],
    );
    // The first step of Adam with a gradient of one has the length of the step size, here in step 2 of its count.
    const [m, v] = [(1 - settings.beta1) / (1 - settings.beta1 ** 2), (1 - settings.beta2) / (1 - settings.beta2 ** 2)];
    expect((await large.data()).at(-1)).toBeCloseTo((-settings.learningRate * m) / Math.sqrt(v), 5);
    optimizer.dispose();
    large.dispose();
  });

  test('is an optimizer to tfjs: minimize and compile accept it', async () => {
    const optimizer = adam({ learningRate: 0.1 });
    expect(optimizer).toBeInstanceOf(tf.Optimizer);
    const loss = () => tf.sum<tf.Scalar>(tf.square(variables[1]!));
    const before = tf.tidy(() => loss().dataSync()[0]!);
    optimizer.minimize(loss, false, [variables[1]!]);
    expect(tf.tidy(() => loss().dataSync()[0]!)).toBeLessThan(before);
    optimizer.dispose();
    const model = sequential({ layers: [layers.dense({ units: 1, inputShape: [2], kernelInitializer: 'ones' })] });
    model.compile({ optimizer: adam({ learningRate: 0.1 }), loss: 'meanSquaredError' });
    const [xs, ys] = [tf.ones([4, 2]), tf.zeros([4, 1])];
    const { history } = await model.fit(xs, ys, { epochs: 2, verbose: 0 });
    expect(history.loss![1]).toBeLessThan(history.loss![0] as number);
    tf.dispose([xs, ys]);
  });

  test('refuses a state that does not fit, in the next step', async () => {
    const optimizer = adam(settings);
    const zero = (name: string) => ({ name, tensor: tf.zeros([5]) });
    await optimizer.setWeights([{ name: 'iter', tensor: tf.scalar(1, 'int32') }, zero('other/m'), zero('other/v')]);
    expect(() => apply(optimizer, variables, 0, [1])).toThrow(
      /Adam: `setWeights` must fit '\d+' of shape \[4\], after 'other', received \[5\] \(array\)/,
    );
    const odd = [{ name: 'iter', tensor: tf.scalar(1, 'int32') }, zero('other/m')];
    await expect(optimizer.setWeights(odd)).rejects.toThrow(/`weights` must hold two moments for each variable/);
  });

  test.each([
    [{ learningRate: 0 }, /Adam: `learningRate` must be a positive number, received 0 \(number\)/],
    [{ learningRate: Number.NaN }, /`learningRate` must be a positive number, received NaN/],
    [{}, /`learningRate` must be a positive number, received undefined/],
    [{ learningRate: 1, beta1: 1 }, /Adam: `beta1` must be a number in \[0, 1\), received 1/],
    [{ learningRate: 1, beta2: -0.1 }, /Adam: `beta2` must be a number in \[0, 1\)/],
    [{ learningRate: 1, epsilon: 0 }, /Adam: `epsilon` must be a positive number, received 0/],
  ])('refuses %j', (config, message) => {
    expect(() => adam(config as AdamConfig)).toThrow(message);
  });

  test('refuses gradients of what is no variable', () => {
    expect(() => adam(settings).applyGradients({ nobody: tf.scalar(1) })).toThrow(
      /Adam.applyGradients: `gradients` must name variables that exist, received 'nobody' \(string\)/,
    );
  });
});
