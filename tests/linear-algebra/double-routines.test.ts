import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import { describe, expect, test } from 'vitest';
import { cholesky } from '../../src/linear-algebra/cholesky.js';
import { openDoubles } from '../../src/linear-algebra/double-routines.js';
import { eigenvalues } from '../../src/linear-algebra/eigenvalues.js';
import { type DoubleRoutines, plainDoubles } from '../../src/linear-algebra/plain-doubles.js';
import { multiplyInParts } from '../../src/linear-algebra/products.js';
import { createRng } from '../../src/random/rng.js';

const noPause = async () => {};
const kinds: [string, (length: number) => Promise<DoubleRoutines>][] = [
  ['WebAssembly', openDoubles],
  ['plain loops', async (length) => plainDoubles(length)],
];

function fill(memory: Float64Array, seed: number): void {
  const rng = createRng(seed);
  for (let at = 0; at < memory.length; at += 1) memory[at] = rng.normal();
}

describe.each(kinds)('%s', (_, open) => {
  test.each([
    [1, 1, 1],
    [3, 5, 2],
    [4, 4, 4],
    [7, 300, 9],
    [130, 6, 66],
  ])('multiply %i x %i by %i, either operand transposed', async (rows, depth, columns) => {
    const [right, output] = [rows * depth, rows * depth + depth * columns];
    for (const [isLeftTurned, isRightTurned] of [
      [false, false],
      [true, false],
      [false, true],
    ]) {
      const routines = await open(output + rows * columns);
      fill(routines.memory, 1);
      const given = routines.memory.slice();
      const [leftRow, leftStep] = isLeftTurned ? [1, rows] : [depth, 1];
      const [rightStep, rightColumn] = isRightTurned ? [1, depth] : [columns, 1];
      const strides = { left: 0, leftRow, leftStep, right, rightStep, rightColumn, output, outputRow: columns };
      await multiplyInParts(routines, { ...strides, rows, depth, columns, factor: -0.5 }, noPause);
      let worst = 0;
      for (let row = 0; row < rows; row += 1) {
        for (let column = 0; column < columns; column += 1) {
          let sum = 0;
          for (let at = 0; at < depth; at += 1) {
            sum += given[row * leftRow + at * leftStep]! * given[right + at * rightStep + column * rightColumn]!;
          }
          const place = output + row * columns + column;
          worst = Math.max(worst, Math.abs(routines.memory[place]! - (given[place]! - 0.5 * sum)));
        }
      }
      expect(worst).toBeLessThan(1e-12);
      // Operands stay as they were.
      expect(routines.memory.subarray(0, output)).toEqual(given.subarray(0, output));
    }
  });

  test.each([1, 2, 3, 10, 141])('eigenvalues of the second difference of %i points are 2 - 2 cos', async (size) => {
    const found = await eigenvaluesOf(await open(size * size + 4 * size), size, (row, column) =>
      row === column ? 2 : Math.abs(row - column) === 1 ? -1 : 0,
    );
    const expected = Array.from({ length: size }, (_, k) => 2 - 2 * Math.cos(((k + 1) * Math.PI) / (size + 1)));
    found.forEach((value, at) => {
      expect(Math.abs(value - expected[at]!)).toBeLessThan(1e-13 * size);
    });
  });

  test.each([2, 5, 64, 97])('eigenvalues of full matrices of size %i are those of another library', async (size) => {
    const rng = createRng(size);
    const half = Array.from({ length: size }, () => Array.from({ length: size }, () => rng.normal()));
    const at = (row: number, column: number) => half[Math.max(row, column)]![Math.min(row, column)]!;
    const found = await eigenvaluesOf(await open(size * size + 4 * size), size, at);
    const matrix = new Matrix(half.map((_, row) => half.map((_, column) => at(row, column))));
    const expected = new EigenvalueDecomposition(matrix, { assumeSymmetric: true }).realEigenvalues.sort(
      (a, b) => a - b,
    );
    found.forEach((value, index) => {
      expect(Math.abs(value - expected[index]!)).toBeLessThan(1e-11);
    });
  });

  test('eigenvalues of a matrix of ones: its size once, and 0', async () => {
    const found = await eigenvaluesOf(await open(40 * 40 + 160), 40, () => 1);
    found.forEach((value, index) => {
      expect(Math.abs(value - (index === 39 ? 40 : 0))).toBeLessThan(1e-13);
    });
  });

  test.each([
    [5, 9],
    [70, 80],
    [70, 40],
  ])('the Cholesky factor of %i features of rank at most %i gives the matrix again', async (size, rank) => {
    const routines = await open(2 * size * size);
    const { memory } = routines;
    const rng = createRng(3);
    const rows = Array.from({ length: rank }, () => Array.from({ length: size }, () => rng.normal()));
    // One constant feature and a copy.
    for (const row of rows) [row[1], row[3]] = [0, row[2]!];
    const entry = (i: number, j: number) => rows.reduce((sum, row) => sum + row[i]! * row[j]!, 0);
    for (let i = 0; i < size; i += 1) for (let j = 0; j < size; j += 1) memory[i * size + j] = entry(i, j);
    await cholesky(routines, 0, size, noPause);
    let worst = 0;
    for (let i = 0; i < size; i += 1) {
      for (let j = 0; j <= i; j += 1) {
        let sum = 0;
        for (let k = 0; k <= j; k += 1) sum += memory[i * size + k]! * memory[j * size + k]!;
        worst = Math.max(worst, Math.abs(sum - entry(i, j)), j < i ? Math.abs(memory[j * size + i]!) : 0);
      }
    }
    expect(worst).toBeLessThan(1e-11 * rank);
    expect([memory[size + 1], memory[3 * size + 3]]).toEqual([0, 0]);
  });
});

/** In rising order. */
async function eigenvaluesOf(
  routines: DoubleRoutines,
  size: number,
  entry: (row: number, column: number) => number,
): Promise<Float64Array> {
  const { memory } = routines;
  for (let row = 0; row < size; row += 1) {
    // Only the lower triangle counts.
    for (let column = 0; column < size; column += 1) {
      memory[row * size + column] = column <= row ? entry(row, column) : Number.NaN;
    }
  }
  const room = size * size;
  const form = { matrix: 0, size, diagonal: room, beside: room + size, work: room + 2 * size };
  return (await eigenvalues(routines, form, noPause)).sort();
}
