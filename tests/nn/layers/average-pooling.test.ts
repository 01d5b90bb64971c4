import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { layers, sequential } from '@tensorflow/tfjs-layers';
import { averagePooling } from 'minimart';
import { beforeAll, describe, expect, test } from 'vitest';
import { applied, gradientOf } from './images.js';

const image = [
  [1, 2, 3],
  [4, 5, 6],
  [7, 8, 9],
];

describe.each(['cpu', 'wasm'])('AveragePooling on %s', (backend) => {
  beforeAll(async () => {
    expect(await tf.setBackend(backend)).toBe(true);
  });

  test('averages windows side by side and leaves out the rest', async () => {
    expect(await applied(averagePooling(), image)).toEqual([[(1 + 2 + 4 + 5) / 4]]);
  });

  test('averages windows that overlap', async () => {
    expect(await applied(averagePooling({ size: 2, strides: 1 }), image)).toEqual([
      [3, 4],
      [6, 7],
    ]);
  });

  test('averages what lies inside where a window reaches over the edge', async () => {
    expect(await applied(averagePooling({ padding: 'same' }), image)).toEqual([
      [(1 + 2 + 4 + 5) / 4, (3 + 6) / 2],
      [(7 + 8) / 2, 9],
    ]);
  });

  test('shares the gradient of a mean among what was averaged', async () => {
    const slope = await gradientOf(averagePooling({ size: 2, strides: 1 }), image, [
      [4, 8],
      [12, 16],
    ]);
    expect(slope).toEqual([
      [1, 3, 2],
      [4, 10, 6],
      [3, 7, 4],
    ]);
  });

  test('does so at the edge too, where tfjs does not', async () => {
    const weights = [
      [4, 2],
      [2, 1],
    ];
    const expected = [
      [1, 1, 1],
      [1, 1, 1],
      [1, 1, 1],
    ];
    expect(await gradientOf(averagePooling({ padding: 'same' }), image, weights)).toEqual(expected);
    const stock = layers.averagePooling2d({ poolSize: [2, 2], padding: 'same' });
    expect(await gradientOf(stock, image, weights)).not.toEqual(expected);
  });

  test.each([
    [5, 3, 2],
    [7, 2, 3],
    [6, 4, 1],
    [4, 3, 3],
  ])('has the transpose for its gradient at length %i, window %i, stride %i', async (length, size, strides) => {
    const layer = averagePooling({ size: [1, size], strides: [1, strides], padding: 'same' });
    const columns = Math.ceil(length / strides);
    const unit = (at: number, of: number) => Array.from({ length: of }, (_, index) => (index === at ? 1 : 0));
    for (let column = 0; column < columns; column += 1) {
      const [slope] = await gradientOf(layer, [Array(length).fill(0)], [unit(column, columns)]);
      for (let position = 0; position < length; position += 1) {
        const [means] = await applied(layer, [unit(position, length)]);
        expect(slope![position]).toBeCloseTo(means![column]!, 6);
      }
    }
  });

  test('leaves no tensor behind', async () => {
    const before = tf.memory().numTensors;
    await gradientOf(averagePooling({ padding: 'same' }), image, [
      [4, 2],
      [2, 1],
    ]);
    expect(tf.memory().numTensors).toBe(before);
  });
});

describe('AveragePooling', () => {
  test.each([
    [{}, [null, 3, 2, 3]],
    [{ padding: 'same' }, [null, 4, 3, 3]],
    [{ size: 3, strides: 2 }, [null, 3, 2, 3]],
    [{ size: 3, strides: 2, padding: 'same' }, [null, 4, 3, 3]],
  ] as const)('tells its output shape for %j', (config, expected) => {
    const model = sequential({ layers: [averagePooling({ ...config, inputShape: [7, 5, 3] })] });
    expect(model.outputShape).toEqual(expected);
    const result = tf.tidy(() => (model.predict(tf.zeros([2, 7, 5, 3])) as tf.Tensor).shape);
    expect(result.slice(1)).toEqual(expected.slice(1));
  });

  test('is a class to extend', () => {});

  test.each([
    [{ size: -1 }, /AveragePooling: `size` must be an integer of at least 1/],
    [{ strides: 0 }, /AveragePooling: `strides` must be an integer of at least 1/],
    [{ padding: 'full' }, /AveragePooling: `padding` must be one of 'valid', 'same', received 'full'/],
  ])('refuses %j', (config, message) => {
    expect(() => averagePooling(config as never)).toThrow(message);
  });
});
