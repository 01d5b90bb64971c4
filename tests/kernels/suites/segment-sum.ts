import { gather, grad, type Tensor, tensor, tensor1d, unsortedSegmentSum, zeros } from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { expectNear, numbers, numbersOf, startOn, type Variant, valuesOf } from './support.js';

export function segmentSumSuite(variant: Variant): void {
  describe(`unsortedSegmentSum on ${variant}`, () => {
    beforeAll(() => startOn(variant));

    test('adds rows of one segment and leaves others at zero', async () => {
      const { shape, values } = await valuesOf(() =>
        unsortedSegmentSum(
          tensor([
            [1, 2],
            [3, 4],
            [5, 6],
          ]),
          tensor1d([2, 0, 2], 'int32'),
          4,
        ),
      );
      expect(shape).toEqual([4, 2]);
      expectNear(values, [3, 4, 0, 0, 1 + 5, 2 + 6, 0, 0]);
    });

    test('leaves out ids that name no segment', async () => {
      const { values } = await valuesOf(() =>
        unsortedSegmentSum(tensor1d([10, 20, 40]), tensor1d([-1, 1, 2], 'int32'), 2),
      );
      expectNear(values, [0, 20]);
    });

    test('makes zeros of no rows', async () => {
      const { shape, values } = await valuesOf(() => unsortedSegmentSum(zeros([0, 3]), tensor1d([], 'int32'), 2));
      expect(shape).toEqual([2, 3]);
      expectNear(values, [0, 0, 0, 0, 0, 0]);
    });

    test('adds rows of any size wherever their ids point', async () => {
      const ids = fc.array(fc.integer({ min: -1, max: 6 }), { maxLength: 12 });
      await fc.assert(
        fc.asyncProperty(ids, fc.integer({ min: 1, max: 11 }), async (list, width) => {
          const rows = numbers(list.length * width, 3);
          const expected = new Float64Array(6 * width);
          for (const [row, id] of list.entries()) {
            if (id < 0 || id > 5) continue;
            for (let column = 0; column < width; column += 1)
              expected[id * width + column]! += rows[row * width + column]!;
          }
          const { values } = await valuesOf(() =>
            unsortedSegmentSum(tensor(rows, [list.length, width]), tensor1d(list, 'int32'), 6),
          );
          expectNear(values, expected);
        }),
        { numRuns: 40 },
      );
    });

    test('is the gradient of a look-up, ids of several axes and repeated ones included', async () => {
      const ids = [3, 1, 3, 0, 3, 1];
      const dy = numbers(6 * 5, 7);
      const expected = new Float64Array(4 * 5);
      for (const [row, id] of ids.entries()) {
        for (let column = 0; column < 5; column += 1) expected[id * 5 + column]! += dy[row * 5 + column]!;
      }
      const { shape, values } = await valuesOf(() => {
        const indices = tensor(ids, [2, 3], 'int32');
        const lookUp = (table: Tensor): Tensor => gather(table, indices);
        return grad(lookUp)(numbersOf([4, 5], 1), numbersOf([2, 3, 5], 7));
      });
      expect(shape).toEqual([4, 5]);
      expectNear(values, expected);
    });
  });
}
