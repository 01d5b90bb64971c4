import fc from 'fast-check';
import { createRng } from 'minimart';
import { describe, expect, test } from 'vitest';
import { addOuterProducts, createVectorBlock, packVector, paddedSize } from '../../src/linear-algebra/panels.js';
import { solvePositiveDefinite } from '../../src/linear-algebra/positive-definite.js';

const place = (size: number, i: number, j: number) => 4 * (size * Math.floor(i / 4) + j) + (i % 4);

/** Sum of outer products, element by element. */
function gramReference(vectors: readonly Float32Array[], size: number): number[][] {
  return Array.from({ length: size }, (_, i) =>
    Array.from({ length: size }, (_, j) => vectors.reduce((sum, vector) => sum + vector[i]! * vector[j]!, 0)),
  );
}

describe('sums of outer products and the solver', () => {
  test('agree with plain loops for any size, and any number of vectors', () => {
    const sizes = fc.record({
      size: fc.integer({ min: 1, max: 19 }),
      count: fc.integer({ min: 1, max: 9 }),
      seed: fc.nat(),
    });
    fc.assert(
      fc.property(sizes, ({ size, count, seed }) => {
        const rng = createRng(seed);
        const vectors = Array.from({ length: count }, () => rng.fillNormal(new Float32Array(size)));
        const padded = paddedSize(size);
        const block = createVectorBlock(size, 9);
        for (const [at, vector] of vectors.entries()) packVector(block, at, Float32Array.of(9, ...vector), 1, size, 1);
        const matrix = new Float64Array(padded * padded);
        addOuterProducts(matrix, block, count);
        const expected = gramReference(vectors, size);
        for (let i = 0; i < size; i += 1) {
          for (let j = 0; j <= i; j += 1) expect(matrix[place(padded, i, j)]).toBeCloseTo(expected[i]![j]!, 10);
        }

        for (let i = 0; i < padded; i += 1) matrix[place(padded, i, i)]! += 0.5;
        const right = Float64Array.from({ length: padded }, (_, i) => (i < size ? rng.normal() : 0));
        const solution = right.slice();
        expect(solvePositiveDefinite(matrix, solution)).toBe(true);
        // The solution put back into the equations.
        for (let i = 0; i < size; i += 1) {
          const product = expected[i]!.reduce((sum, value, j) => sum + value * solution[j]!, 0.5 * solution[i]!);
          expect(product).toBeCloseTo(right[i]!, 8);
        }
        for (let i = size; i < padded; i += 1) expect(solution[i]).toBeCloseTo(0, 12);
      }),
    );
  });

  test('a scale multiplies the vector', () => {
    const block = createVectorBlock(2, 1);
    packVector(block, 0, Float32Array.of(1, 3), 0, 2, 2);
    const matrix = new Float64Array(16);
    addOuterProducts(matrix, block, 1);
    expect([matrix[place(4, 0, 0)], matrix[place(4, 1, 0)], matrix[place(4, 1, 1)]]).toEqual([4, 12, 36]);
  });

  test.each([
    ['zero', 0],
    ['below zero', -1],
    ['not a number', Number.NaN],
    ['infinite', Number.POSITIVE_INFINITY],
  ])('a matrix whose diagonal is %s is not solved', (_, diagonal) => {
    const matrix = new Float64Array(16);
    for (let i = 0; i < 4; i += 1) matrix[place(4, i, i)] = i === 2 ? diagonal : 1;
    expect(solvePositiveDefinite(matrix, new Float64Array(4))).toBe(false);
  });
});
