import { matMul } from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { matMulReference } from './references.js';
import { expectNear, numbers, numbersOf, sizeOf, startOn, type Variant, valuesOf } from './support.js';

interface Product {
  readonly sizes: [number, number, number];
  readonly leftOuter: number[];
  readonly rightOuter: number[];
  readonly transposeA: boolean;
  readonly transposeB: boolean;
}

const flags = [
  { transposeA: false, transposeB: false },
  { transposeA: true, transposeB: false },
  { transposeA: false, transposeB: true },
  { transposeA: true, transposeB: true },
];

/** Sizes past every block of every kernel: 512 rows, 320 steps, 48 of the cpu's; and tiles cut at each edge. */
const sizes: [number, number, number][] = [
  [1, 1, 1],
  [1, 7, 1],
  [5, 1, 3],
  [4, 8, 8],
  [17, 33, 9],
  [3, 650, 65],
  [521, 5, 2],
  [128, 20, 17],
];

async function expectProduct({ sizes, leftOuter, rightOuter, transposeA, transposeB }: Product): Promise<void> {
  const [rows, inner, columns] = sizes;
  const left = [...leftOuter, ...(transposeA ? [inner, rows] : [rows, inner])];
  const right = [...rightOuter, ...(transposeB ? [columns, inner] : [inner, columns])];
  const { shape, values } = await valuesOf(() =>
    matMul(numbersOf(left, 1), numbersOf(right, 2), transposeA, transposeB),
  );
  const outer = leftOuter.map((size, axis) => Math.max(size, rightOuter[axis]!));
  expect(shape).toEqual([...outer, rows, columns]);
  const [a, b] = [numbers(sizeOf(left), 1), numbers(sizeOf(right), 2)];
  const expected = Array.from({ length: sizeOf(outer) }, (_, batch) => {
    const [from, to] = [sourceOf(batch, outer, leftOuter), sourceOf(batch, outer, rightOuter)];
    const [matrixA, matrixB] = [a.subarray(from * rows * inner), b.subarray(to * inner * columns)];
    return Array.from(matMulReference(matrixA, matrixB, sizes, { transposeA, transposeB }));
  });
  expectNear(values, expected.flat());
}

/** Which matrix of an operand meets the `batch`-th of the output. */
function sourceOf(batch: number, outer: number[], own: number[]): number {
  const position = outer.map((_, axis) => Math.floor(batch / sizeOf(outer.slice(axis + 1))) % outer[axis]!);
  return own.reduce((index, size, axis) => index * size + (size === 1 ? 0 : position[axis]!), 0);
}

export function matMulSuite(variant: Variant): void {
  describe(`matrix products on ${variant}`, () => {
    beforeAll(() => startOn(variant));

    for (const flag of flags) {
      test.each(sizes)(`of %i × %i × %i, flags ${flag.transposeA}, ${flag.transposeB}`, (rows, inner, columns) =>
        expectProduct({ ...flag, sizes: [rows, inner, columns], leftOuter: [], rightOuter: [] }),
      );
    }

    test.each(flags)('broadcast one matrix over a batch, either way, with %o', async (flag) => {
      await expectProduct({ ...flag, sizes: [3, 5, 4], leftOuter: [6], rightOuter: [1] });
      await expectProduct({ ...flag, sizes: [3, 5, 4], leftOuter: [1, 1], rightOuter: [2, 3] });
    });

    test('of any sizes, with any flags, alone and in batches', async () => {
      const size = fc.integer({ min: 1, max: 20 });
      const product = fc.record({
        sizes: fc.tuple(size, size, size),
        leftOuter: fc.constantFrom<number[][]>([], [1], [3]),
        transposeA: fc.boolean(),
        transposeB: fc.boolean(),
      });
      await fc.assert(
        fc.asyncProperty(product, (each) => expectProduct({ ...each, rightOuter: each.leftOuter })),
        { numRuns: 60 },
      );
    });
  });
}
