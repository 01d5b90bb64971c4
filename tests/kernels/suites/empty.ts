import {
  conv2d,
  grads,
  matMul,
  sum,
  type Tensor,
  type Tensor4D,
  tensor1d,
  unsortedSegmentSum,
  zeros,
} from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { startOn, type Variant, valuesOf } from './support.js';

export function emptySuite(variant: Variant): void {
  describe(`kernels on ${variant}, given nothing`, () => {
    beforeAll(() => startOn(variant));

    test.each([
      [0, 3, 2],
      [3, 0, 2],
      [3, 2, 0],
      [0, 0, 0],
    ])('a product of %i × %i × %i is zeros of the right shape', async (rows, inner, columns) => {
      for (const [transposeA, transposeB] of [
        [false, false],
        [true, false],
        [false, true],
      ] as const) {
        const left = transposeA ? [inner, rows] : [rows, inner];
        const right = transposeB ? [columns, inner] : [inner, columns];
        const { shape, values } = await valuesOf(() => matMul(zeros(left), zeros(right), transposeA, transposeB));
        expect(shape).toEqual([rows, columns]);
        expect(Array.from(values)).toEqual(new Array(rows * columns).fill(0));
      }
    });

    test('a sum of no rows is zero', async () => {
      const { shape, values } = await valuesOf(() => sum(zeros([0, 3]), 0));
      expect(shape).toEqual([3]);
      expect(Array.from(values)).toEqual([0, 0, 0]);
      expect((await valuesOf(() => sum(zeros([2, 0]), 1))).values).toEqual(new Float32Array(2));
      expect((await valuesOf(() => sum(zeros([0, 2]), 1))).shape).toEqual([0]);
    });

    test('a convolution of no images has no output and gradients of zero', async () => {
      const images = (): Tensor4D => zeros([0, 4, 4, 2]);
      const filter = (): Tensor4D => zeros([3, 3, 2, 5]);
      expect((await valuesOf(() => conv2d(images(), filter(), 1, 'same'))).shape).toEqual([0, 4, 4, 5]);
      const gradient = grads((x: Tensor, w: Tensor) => conv2d(x as Tensor4D, w as Tensor4D, 1, 'same'));
      const toFilter = await valuesOf(() => gradient([images(), filter()], zeros([0, 4, 4, 5]))[1]!);
      expect(toFilter.shape).toEqual([3, 3, 2, 5]);
      expect(toFilter.values.every((each) => each === 0)).toBe(true);
    });

    test('no segments make no rows', async () => {
      const { shape } = await valuesOf(() => unsortedSegmentSum(zeros([2, 3]), tensor1d([0, 1], 'int32'), 0));
      expect(shape).toEqual([0, 3]);
    });
  });
}
