import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { sequential } from '@tensorflow/tfjs-layers';
import { reflectionPadding } from 'minimart';
import { beforeAll, describe, expect, test } from 'vitest';
import { applied, gradientOf } from './images.js';

describe.each(['cpu', 'wasm'])('ReflectionPadding on %s', (backend) => {
  beforeAll(async () => {
    expect(await tf.setBackend(backend)).toBe(true);
  });

  test('mirrors at the outermost pixels', async () => {
    expect(await applied(reflectionPadding({ padding: [0, 2] }), [[0, 1, 2, 3]])).toEqual([[2, 1, 0, 1, 2, 3, 2, 1]]);
    expect(
      await applied(reflectionPadding(), [
        [1, 2],
        [3, 4],
      ]),
    ).toEqual([
      [4, 3, 4, 3],
      [2, 1, 2, 1],
      [4, 3, 4, 3],
      [2, 1, 2, 1],
    ]);
  });

  test('adds up the gradients of a pixel and its mirror images, which mirrorPad of tfjs does not', async () => {
    // Outputs 2 1 0 1 2 1 0 of the pixels 0 1 2.
    const weights = [[1, 2, 3, 4, 5, 6, 7]];
    const expected = [[3 + 7, 2 + 4 + 6, 1 + 5]];
    expect(await gradientOf(reflectionPadding({ padding: [0, 2] }), [[0, 1, 2]], weights)).toEqual(expected);
    const stock = tf.tidy(() =>
      tf.grad((x: tf.Tensor) => tf.mirrorPad(x, [[2, 2]], 'reflect'))(tf.tensor1d([0, 1, 2]), tf.tensor1d(weights[0]!)),
    );
    expect([...(await stock.data())]).not.toEqual(expected[0]);
    stock.dispose();
  });

  test('leaves no tensor behind', async () => {
    const before = tf.memory().numTensors;
    await gradientOf(reflectionPadding({ padding: [0, 1] }), [[0, 1, 2]], [[1, 2, 3, 4, 5]]);
    expect(tf.memory().numTensors).toBe(before);
  });
});

describe('ReflectionPadding', () => {
  test('tells its output shape', () => {
    const layer = reflectionPadding({ padding: [1, 2], inputShape: [4, 5, 3] });
    expect(sequential({ layers: [layer] }).outputShape).toEqual([null, 6, 9, 3]);
  });

  test('is a class to extend', () => {});

  test('refuses a padding that is no integer, or not less than the image', () => {
    expect(() => reflectionPadding({ padding: 0.5 })).toThrow(
      /ReflectionPadding: `padding` must be an integer of at least 0/,
    );
    expect(() => sequential({ layers: [reflectionPadding({ padding: 3, inputShape: [3, 8, 1] })] })).toThrow(
      /ReflectionPadding: `padding` must be less than the image's 3 pixels, received 3 \(number\)/,
    );
  });
});
