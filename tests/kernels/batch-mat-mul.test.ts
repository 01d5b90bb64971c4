import { matMul, type Tensor } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { matMulReference } from './references.js';
import { expectNear, numbers, numbersOf, startOn, valuesOf } from './support.js';

const flags = [
  { transposeA: false, transposeB: false },
  { transposeA: true, transposeB: false },
  { transposeA: false, transposeB: true },
  { transposeA: true, transposeB: true },
];
const sizes: [number, number, number][] = [
  [1, 1, 1],
  [1, 7, 1],
  [5, 1, 3],
  [4, 8, 8],
  [17, 33, 9],
  [3, 130, 65],
  [128, 20, 2],
];

describe.each(['cpu', 'wasm'] as const)('matrix products on %s', (backendName) => {
  beforeAll(() => startOn(backendName));

  for (const { transposeA, transposeB } of flags) {
    test.each(sizes)(`multiply %i × %i × %i with flags ${transposeA}, ${transposeB}`, async (rows, inner, columns) => {
      const left = transposeA ? [inner, rows] : [rows, inner];
      const right = transposeB ? [columns, inner] : [inner, columns];
      const { shape, values } = await valuesOf(() =>
        matMul(numbersOf(left, 1), numbersOf(right, 2), transposeA, transposeB),
      );
      expect(shape).toEqual([rows, columns]);
      const [a, b] = [numbers(rows * inner, 1), numbers(inner * columns, 2)];
      expectNear(values, matMulReference(a, b, [rows, inner, columns], { transposeA, transposeB }));
    });
  }

  test.each(flags)(
    'multiply batches, and broadcast one matrix over them, with %o',
    async ({ transposeA, transposeB }) => {
      const [rows, inner, columns, batch] = [3, 5, 4, 6];
      const left = transposeA ? [inner, rows] : [rows, inner];
      const right = transposeB ? [columns, inner] : [inner, columns];
      const a = numbers(batch * rows * inner, 3);
      const b = numbers(inner * columns, 4);
      const expected = Array.from({ length: batch }, (_, index) =>
        Array.from(
          matMulReference(a.subarray(index * rows * inner, (index + 1) * rows * inner), b, [rows, inner, columns], {
            transposeA,
            transposeB,
          }),
        ),
      ).flat();
      const product = (leftOuter: number[], rightOuter: number[]): Promise<{ shape: number[]; values: Float32Array }> =>
        valuesOf(
          (): Tensor =>
            matMul(
              numbersOf([...leftOuter, ...left], 3),
              numbersOf([...rightOuter, ...right], 4),
              transposeA,
              transposeB,
            ),
        );
      const threeAxes = await product([batch], [1]);
      expect(threeAxes.shape).toEqual([batch, rows, columns]);
      expectNear(threeAxes.values, expected);
      const fourAxes = await product([2, 3], [1, 1]);
      expect(fourAxes.shape).toEqual([2, 3, rows, columns]);
      expectNear(fourAxes.values, expected);
    },
  );
});
