import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { sequential } from '@tensorflow/tfjs-layers';
import { maxPooling } from 'minimart';
import { beforeAll, describe, expect, test } from 'vitest';
import { applied, gradientOf } from './images.js';

const image = [
  [1, 7, 3, 0, 9],
  [4, 5, 6, 8, 9],
  [0, 0, -1, -2, 9],
  [0, 0, -3, -4, 9],
  [9, 9, 9, 9, 9],
];

describe.each(['cpu', 'wasm'])('MaxPooling on %s', (backend) => {
  beforeAll(async () => {
    expect(await tf.setBackend(backend)).toBe(true);
  });

  test('keeps the greatest of each window and leaves out what fills none', async () => {
    expect(await applied(maxPooling(), image)).toEqual([
      [7, 8],
      [0, -1],
    ]);
    expect(await applied(maxPooling({ size: [1, 3] }), [[3, 1, 2, 4, 5, 6]])).toEqual([[3, 6]]);
  });

  test('gives the gradient to the greatest element, the first of equal ones', async () => {
    expect(
      await gradientOf(maxPooling(), image, [
        [10, 20],
        [30, 40],
      ]),
    ).toEqual([
      [0, 10, 0, 0, 0],
      [0, 0, 0, 20, 0],
      [30, 0, 40, 0, 0],
      [0, 0, 0, 0, 0],
      [0, 0, 0, 0, 0],
    ]);
  });

  test('keeps channels and examples apart', async () => {
    const result = tf.tidy(() => {
      const x = tf.tensor4d([1, 10, 4, 30, 2, 20, 3, 0, /* second */ 0, 1, 0, 2, 5, 3, 0, 4], [2, 2, 2, 2]);
      return maxPooling().apply(x) as tf.Tensor;
    });
    expect([...(await result.data())]).toEqual([4, 30, 5, 4]);
    result.dispose();
  });

  test('leaves no tensor behind', async () => {
    const before = tf.memory().numTensors;
    await gradientOf(maxPooling(), image, [
      [10, 20],
      [30, 40],
    ]);
    expect(tf.memory().numTensors).toBe(before);
  });
});

describe('MaxPooling', () => {
  test('tells its output shape', () => {
    expect(sequential({ layers: [maxPooling({ size: [2, 3], inputShape: [7, 9, 4] })] }).outputShape).toEqual([
      null,
      3,
      3,
      4,
    ]);
  });

  test('is a class to extend', () => {});

  test('refuses a size that is no positive integer', () => {
    expect(() => maxPooling({ size: [0, 2] })).toThrow(/MaxPooling: `size` must be an integer of at least 1/);
  });
});
