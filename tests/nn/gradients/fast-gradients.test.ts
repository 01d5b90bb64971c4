import '../../support/backends.js';
import { getGradient, grad, memory, mul, sum, type Tensor, tile } from '@tensorflow/tfjs-core';
import { createRng, latentNoise, useBackend } from 'minimart';
import { beforeAll, describe, expect, test } from 'vitest';
import { withFastGradients } from '../../../src/nn/gradients/fast-gradients.js';

beforeAll(() => useBackend('cpu'));

const cases: readonly [number[], number[]][] = [
  [[3], [4]],
  [[1], [5]],
  [
    [2, 3],
    [1, 1],
  ],
  [
    [2, 3],
    [3, 2],
  ],
  [
    [1, 4],
    [6, 1],
  ],
  [
    [1, 1, 1, 3],
    [2, 4, 4, 1],
  ],
  [
    [2, 1, 3],
    [2, 3, 2],
  ],
];

describe.each(cases)('the gradient of tile of %j by %j', (shape, reps) => {
  const weigh = (x: Tensor) => {
    const tiled = tile(x, reps);
    return sum(mul(tiled, mul(tiled, latentNoise(createRng(2), tiled.shape))));
  };
  const x = () => latentNoise(createRng(1), shape);

  test("is that of tfjs's own", async () => {
    const own = await withFastGradients(() => grad(weigh)(x())).data();
    const standard = await grad(weigh)(x()).data();
    standard.forEach((value, place) => {
      expect(own[place]).toBeCloseTo(value, 4);
    });
  });

  test('can be differentiated again', async () => {
    const twice = () => grad((y: Tensor) => sum(mul(grad(weigh)(y), latentNoise(createRng(3), shape))))(x());
    const own = await withFastGradients(twice).data();
    const standard = await twice().data();
    standard.forEach((value, place) => {
      expect(own[place]).toBeCloseTo(value, 4);
    });
  });
});

test('tfjs has its own gradient back, also after a throw, and no tensor is left', () => {
  const before = getGradient('Tile');
  const tensors = memory().numTensors;
  withFastGradients(() => 1);
  const fail = () => {
    throw new Error('stop');
  };
  expect(() => withFastGradients(fail)).toThrow('stop');
  expect(getGradient('Tile')).toBe(before);
  expect(memory().numTensors).toBe(tensors);
});
