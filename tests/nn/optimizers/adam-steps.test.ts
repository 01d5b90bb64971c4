import '../../support/backends.js';
import * as tf from '@tensorflow/tfjs-core';
import { adam, prepareBackend } from 'minimart';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  apply,
  expectNear,
  gradient,
  makeVariables,
  reference,
  registerKernel,
  settings,
  valuesOf,
} from './adam-cases.js';

let variables: tf.Variable[] = [];

beforeEach(() => {
  variables = makeVariables();
});

afterEach(() => {
  tf.dispose(variables);
});

const stand = (): Promise<void> => Promise.resolve();

describe.each([
  ['cpu', 'by operations', stand],
  ['wasm', 'by operations', stand],
  ['cpu', 'by a kernel like that of wasm', async () => registerKernel()],
  ['wasm', 'by the kernels of this library', prepareBackend],
] as const)('adam on %s, %s', (backend, _, prepare) => {
  beforeAll(async () => {
    expect(await tf.setBackend(backend)).toBe(true);
    await prepare();
  });

  afterAll(() => {
    if (tf.getKernel('MinimartAdam', 'cpu')) tf.unregisterKernel('MinimartAdam', 'cpu');
  });

  test('follows the algorithm', async () => {
    const optimizer = adam(settings);
    for (let step = 0; step < 8; step += 1) apply(optimizer, variables, step);
    expectNear(await valuesOf(variables), reference(Array(8).fill([0, 1, 2, 3])));
    optimizer.dispose();
  });

  test('goes the way of train.adam of tfjs', async () => {
    const { learningRate, beta1, beta2, epsilon } = settings;
    const ends: number[][] = [];
    for (const optimizer of [adam(settings), tf.train.adam(learningRate, beta1, beta2, epsilon)]) {
      tf.dispose(variables);
      variables = makeVariables();
      for (let step = 0; step < 20; step += 1) apply(optimizer, variables, step);
      ends.push(await valuesOf(variables));
      optimizer.dispose();
    }
    expectNear(ends[0]!, ends[1]!);
  });

  test('keeps the moments of each variable when the variables of a step change', async () => {
    const steps = [[0, 1, 2, 3], [1], [3, 1], [0, 1, 2, 3], [2, 0]];
    const optimizer = adam(settings);
    steps.forEach((indices, step) => {
      apply(optimizer, variables, step, indices);
    });
    expectNear(await valuesOf(variables), reference(steps));
    optimizer.dispose();
  });

  test('takes gradients by name, and leaves a variable with none as it is', async () => {
    const optimizer = adam(settings);
    tf.tidy(() => {
      const given = { [variables[1]!.name]: tf.tensor(gradient(1, 0)), [variables[0]!.name]: null };
      optimizer.applyGradients(given as never);
    });
    expectNear(await valuesOf(variables), reference([[1]]));
    expect(optimizer.iterations).toBe(1);
    optimizer.dispose();
  });

  test('resumes with the same bits', async () => {
    const optimizer = adam(settings);
    for (let step = 0; step < 3; step += 1) apply(optimizer, variables, step);
    const state = await optimizer.getWeights();
    const saved = await Promise.all(state.map(async ({ name, tensor }) => ({ name, tensor: tensor.clone() })));
    state[0]!.tensor.dispose();
    const before = variables.map((each) => each.clone());
    for (let step = 3; step < 6; step += 1) apply(optimizer, variables, step);
    const uninterrupted = await valuesOf(variables);
    optimizer.dispose();
    variables.forEach((each, index) => {
      each.assign(before[index]!);
    });
    const resumed = adam(settings);
    await resumed.setWeights(saved);
    tf.dispose(saved.map(({ tensor }) => tensor));
    for (let step = 3; step < 6; step += 1) apply(resumed, variables, step);
    expect(await valuesOf(variables)).toEqual(uninterrupted);
    resumed.dispose();
    tf.dispose(before);
  });

  test('names its state after the variables, first moments first', async () => {
    const optimizer = adam(settings);
    apply(optimizer, variables, 0, [2, 1]);
    const state = await optimizer.getWeights();
    const [two, one] = [variables[2]!.name, variables[1]!.name];
    expect(state.map(({ name }) => name)).toEqual(['iter', `${two}/m`, `${one}/m`, `${two}/v`, `${one}/v`]);
    expect(state.map(({ tensor }) => tensor.shape)).toEqual([[], [2, 1, 2], [4], [2, 1, 2], [4]]);
    const [first, second] = [await state[2]!.tensor.data(), await state[4]!.tensor.data()];
    gradient(1, 0).forEach((each, index) => {
      expect(first[index]).toBeCloseTo((1 - settings.beta1) * each, 6);
      expect(second[index]).toBeCloseTo((1 - settings.beta2) * each ** 2, 6);
    });
    state[0]!.tensor.dispose();
    optimizer.dispose();
  });

  test('makes no tensor that lasts but its moments, and frees those', () => {
    const none = tf.memory().numTensors;
    const optimizer = adam(settings);
    apply(optimizer, variables, 0);
    const some = tf.memory().numTensors;
    for (let step = 1; step < 5; step += 1) apply(optimizer, variables, step);
    expect(tf.memory().numTensors).toBe(some);
    apply(optimizer, variables, 5, [1, 2]);
    apply(optimizer, variables, 6);
    expect(tf.memory().numTensors).toBe(some);
    optimizer.dispose();
    expect(tf.memory().numTensors).toBe(none);
  });
});
