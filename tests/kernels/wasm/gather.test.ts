import { gather, tensor } from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { countsNow, numbers, numbersOf, sizeOf, startOn, valuesOf } from '../suites/support.js';

describe('gather on wasm', () => {
  beforeAll(() => startOn('wasm'));

  test('takes slices along any axis, in any order, again and again', async () => {
    const shapes = fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 3 });
    const cases = shapes.chain((shape) =>
      fc.nat({ max: shape.length - 1 }).chain((axis) => {
        const ids = fc.array(fc.nat({ max: shape[axis]! - 1 }), { maxLength: 8 });
        return fc.record({ shape: fc.constant(shape), axis: fc.constant(axis), ids });
      }),
    );
    await fc.assert(
      fc.asyncProperty(cases, async ({ shape, axis, ids }) => {
        const [outer, inner] = [sizeOf(shape.slice(0, axis)), sizeOf(shape.slice(axis + 1))];
        const values = numbers(sizeOf(shape), 1);
        const expected = Array.from({ length: outer }, (_, block) =>
          ids.map((id) => {
            const start = (block * shape[axis]! + id) * inner;
            return Array.from(values.subarray(start, start + inner));
          }),
        );
        const taken = await valuesOf(() => gather(numbersOf(shape, 1), tensor(ids, [ids.length], 'int32'), axis));
        expect(taken.shape).toEqual([...shape.slice(0, axis), ids.length, ...shape.slice(axis + 1)]);
        expect(Array.from(taken.values)).toEqual(expected.flat(2));
      }),
      { numRuns: 60 },
    );
  });

  test('takes whole numbers, and indices of several axes', async () => {
    const { shape, values } = await valuesOf(() =>
      gather(tensor([7, 8, 9], [3], 'int32'), tensor([2, 0, 0, 1], [2, 2], 'int32')),
    );
    expect(shape).toEqual([2, 2]);
    expect(Array.from(values)).toEqual([9, 7, 7, 8]);
  });

  test('takes batched look-ups, and truths', async () => {
    const batched = await valuesOf(() =>
      gather(
        tensor([
          [1, 2],
          [3, 4],
        ]),
        tensor([[1], [0]], [2, 1], 'int32'),
        1,
        1,
      ),
    );
    expect(Array.from(batched.values)).toEqual([2, 3]);
    const truths = await valuesOf(() => gather(tensor([true, false], [2], 'bool'), tensor([1, 0], [2], 'int32')));
    expect(Array.from(truths.values)).toEqual([0, 1]);
  });

  test('refuses indices outside of the table, before it makes anything', () => {
    const [table, ids] = [tensor([1, 2, 3]), tensor([0, 3], [2], 'int32')];
    const before = countsNow();
    expect(() => gather(table, ids)).toThrow('GatherV2: the index value 3 is not in [0, 2]');
    expect(countsNow()).toEqual(before);
  });
});
