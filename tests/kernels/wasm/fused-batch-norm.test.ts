import { batchNorm, grads, setBackend, type Tensor, type Tensor1D, tensor1d, tensor2d } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { expectNear, numbers, numbersOf, sizeOf, startOn, valuesOf } from '../suites/support.js';

const shape = [3, 2, 5, 7];
const positive = (seed: number) => numbers(7, seed).map((each) => Math.abs(each) + 0.1);

describe('batch normalization on wasm', () => {
  beforeAll(() => startOn('wasm'));

  test.each([
    { withScale: true, withOffset: true },
    { withScale: false, withOffset: true },
    { withScale: true, withOffset: false },
    { withScale: false, withOffset: false },
  ])('follows its formula, $withScale scale, $withOffset offset', async ({ withScale, withOffset }) => {
    const [x, mean, offset, scale, variance] = [
      numbers(sizeOf(shape), 1),
      numbers(7, 2),
      numbers(7, 3),
      numbers(7, 4),
      positive(5),
    ];
    const { values } = await valuesOf(() =>
      batchNorm(
        numbersOf(shape, 1),
        tensor1d(mean),
        tensor1d(variance),
        withOffset ? tensor1d(offset) : undefined,
        withScale ? tensor1d(scale) : undefined,
        0.01,
      ),
    );
    const expected = Array.from(x, (each, index) => {
      const channel = index % 7;
      const normal = (each - mean[channel]!) / Math.sqrt(variance[channel]! + 0.01);
      return normal * (withScale ? scale[channel]! : 1) + (withOffset ? offset[channel]! : 0);
    });
    expectNear(values, expected);
  });

  test('leaves statistics for every element to the stock kernel', async () => {
    const [x, mean, variance] = [numbers(14, 1), numbers(14, 2), numbers(14, 3).map(Math.abs)];
    const { values } = await valuesOf(() =>
      batchNorm(tensor2d(x, [2, 7]), tensor2d(mean, [2, 7]), tensor2d(variance, [2, 7]), undefined, undefined, 0.1),
    );
    expectNear(
      values,
      Array.from(x, (each, index) => (each - mean[index]!) / Math.sqrt(variance[index]! + 0.1)),
    );
  });

  test('has the gradients it has on cpu', async () => {
    const gradient = (index: number) => (): Tensor => {
      const normalize = (x: Tensor, mean: Tensor, variance: Tensor, offset: Tensor, scale: Tensor): Tensor =>
        batchNorm(x, mean as Tensor1D, variance as Tensor1D, offset as Tensor1D, scale as Tensor1D, 0.01);
      const inputs = [
        numbersOf(shape, 1),
        numbersOf([7], 2),
        tensor1d(positive(5)),
        numbersOf([7], 3),
        numbersOf([7], 4),
      ];
      return grads(normalize)(inputs, numbersOf(shape, 6))[index]!;
    };
    for (let index = 0; index < 5; index += 1) {
      await setBackend('cpu');
      const expected = await valuesOf(gradient(index));
      await setBackend('wasm');
      const actual = await valuesOf(gradient(index));
      expect(actual.shape).toEqual(expected.shape);
      expectNear(actual.values, expected.values);
    }
  });
});
