import { mean, sum } from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { sumReference } from './references.js';
import { expectNear, numbers, numbersOf, sizeOf, startOn, type Variant, valuesOf } from './support.js';

async function expectSum(shape: number[], axes: number[]): Promise<void> {
  const total = sumReference(numbers(sizeOf(shape), 5), shape, axes);
  const count = sizeOf(shape) / Math.max(1, total.length);
  for (const [reduce, expected] of [
    [sum, total],
    [mean, total.map((each) => each / count)],
  ] as const) {
    const dropped = await valuesOf(() => reduce(numbersOf(shape, 5), axes));
    expect(dropped.shape).toEqual(shape.filter((_, axis) => !axes.includes(axis)));
    expectNear(dropped.values, expected);
    const kept = await valuesOf(() => reduce(numbersOf(shape, 5), axes, true));
    expect(kept.shape).toEqual(shape.map((size, axis) => (axes.includes(axis) ? 1 : size)));
    expectNear(kept.values, expected);
  }
}

export function sumSuite(variant: Variant): void {
  describe(`sums and means on ${variant}`, () => {
    beforeAll(() => startOn(variant));

    test.each([
      { shape: [7, 5], axes: [0] },
      { shape: [7, 5], axes: [1] },
      { shape: [1, 9], axes: [0] },
      { shape: [600, 1], axes: [0] },
      { shape: [3, 2053], axes: [0] },
      { shape: [3, 4, 5], axes: [1] },
      { shape: [2, 3, 4, 5], axes: [0, 1, 2] },
      { shape: [2, 3, 4, 5], axes: [0, 2] },
      { shape: [6], axes: [0] },
      { shape: [3, 4], axes: [0, 1] },
    ])('reduce axes $axes of $shape', ({ shape, axes }) => expectSum(shape, axes));

    test('reduce any axes of any shape', async () => {
      const shapes = fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 4 });
      const cases = shapes.chain((shape) =>
        fc.tuple(fc.constant(shape), fc.subarray([...shape.keys()], { minLength: 1 })),
      );
      await fc.assert(
        fc.asyncProperty(cases, ([shape, axes]) => expectSum(shape, axes)),
        { numRuns: 60 },
      );
    });
  });
}
