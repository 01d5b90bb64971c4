import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { layers, sequential } from '@tensorflow/tfjs-layers';
import { upSampling } from 'minimart';
import { beforeAll, describe, expect, test } from 'vitest';
import { applied, gradientOf } from './images.js';

describe.each(['cpu', 'wasm'])('UpSampling on %s', (backend) => {
  beforeAll(async () => {
    expect(await tf.setBackend(backend)).toBe(true);
  });

  test('makes every pixel a block', async () => {
    expect(
      await applied(upSampling({ size: [2, 3] }), [
        [1, 2],
        [3, 4],
      ]),
    ).toEqual([
      [1, 1, 1, 2, 2, 2],
      [1, 1, 1, 2, 2, 2],
      [3, 3, 3, 4, 4, 4],
      [3, 3, 3, 4, 4, 4],
    ]);
  });

  test.each([2, 3, 5, 7, 16, 49])(
    'keeps pixels apart at a factor of %i, where a rounded division might not',
    async (factor) => {
      const row = Array.from({ length: 64 }, (_, index) => index);
      const [wide] = await applied(upSampling({ size: [1, factor] }), [row]);
      expect(wide).toEqual(row.flatMap((each) => Array(factor).fill(each)));
    },
  );

  test('gives a pixel the sum of the gradients of its block', async () => {
    const weights = [
      [1, 2, 3, 4],
      [5, 6, 7, 8],
    ];
    expect(await gradientOf(upSampling(), [[0, 0]], weights)).toEqual([[1 + 2 + 5 + 6, 3 + 4 + 7 + 8]]);
  });

  test('interpolates between pixel centres, where tfjs measures from corners', async () => {
    // The centres of the four new pixels stand at -1/4, 1/4, 3/4 and 5/4; the outer two take the edge.
    expect(await applied(upSampling({ interpolation: 'bilinear' }), [[0, 1]])).toEqual([
      [0, 0.25, 0.75, 1],
      [0, 0.25, 0.75, 1],
    ]);
    const stock = layers.upSampling2d({ size: [2, 2], interpolation: 'bilinear' });
    expect((await applied(stock, [[0, 1]]))[0]).toEqual([0, 0.5, 1, 1]);
  });

  test('interpolates along both axes', async () => {
    const [top, , , bottom] = await applied(upSampling({ interpolation: 'bilinear' }), [
      [0, 4],
      [8, 12],
    ]);
    expect(top).toEqual([0, 1, 3, 4]);
    expect(bottom).toEqual([8, 9, 11, 12]);
  });

  test('leaves no tensor behind', async () => {
    const before = tf.memory().numTensors;
    await gradientOf(
      upSampling({ interpolation: 'bilinear' }),
      [[0, 1]],
      [
        [1, 1, 1, 1],
        [1, 1, 1, 1],
      ],
    );
    await gradientOf(
      upSampling(),
      [[0, 1]],
      [
        [1, 1, 1, 1],
        [1, 1, 1, 1],
      ],
    );
    expect(tf.memory().numTensors).toBe(before);
  });
});

describe('UpSampling', () => {
  test('tells its output shape, with open sizes left open', () => {
    const layer = upSampling({ size: [2, 3], inputShape: [null, 5, 7] });
    expect(sequential({ layers: [layer] }).outputShape).toEqual([null, null, 15, 7]);
  });

  test('is a class to extend', () => {});

  test.each([
    [{ size: 0 }, /UpSampling: `size` must be an integer of at least 1, or two of them, received 0 \(number\)/],
    [{ size: [2, 1.5] }, /`size` must be .* received \[2, 1.5\] \(array\)/],
    [{ interpolation: 'cubic' }, /`interpolation` must be one of 'nearest', 'bilinear', received 'cubic' \(string\)/],
  ])('refuses %j', (config, message) => {
    expect(() => upSampling(config as never)).toThrow(message);
  });

  test('refuses what are no images', () => {
    expect(() => sequential({ layers: [upSampling({ inputShape: [3, 3] })] })).toThrow(
      /UpSampling: `inputs` must have the shape \[B, H, W, C\], received \[null, 3, 3\] \(array\)/,
    );
  });
});
