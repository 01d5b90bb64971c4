import fc from 'fast-check';
import { type ArrayData, createRng, frechetDistance } from 'minimart';
import { Matrix, SingularValueDecomposition } from 'ml-matrix';
import { describe, expect, test } from 'vitest';
import { studentQuantile } from '../../../../../src/statistics/student.js';
import { listRows, normalRows, rowsOf, squareOf, times } from '../../random-rows.js';

// 2 D points, a step up and down each axis: mean m and covariance diag(2 a² / (2 D - 1)).
function cross(mean: readonly number[], steps: readonly number[]): number[][] {
  return steps.flatMap((step, axis) =>
    [step, -step].map((by) => mean.map((value, column) => value + (column === axis ? by : 0))),
  );
}

const rotation = (angle: number) => [
  [Math.cos(angle), Math.sin(angle)],
  [-Math.sin(angle), Math.cos(angle)],
];

const none = { groups: 0 };

test('is the closed form for Gaussians with diagonal covariances', async () => {
  // 6 points, so variances 2 a² / 5; |m1 - m2|² = 1 + 4 + 9, and each axis adds (sigma1 - sigma2)²
  const [first, second] = [cross([0, 0, 0], [1, 2, 3]), cross([1, 2, 3], [4, 2, 1])];
  const unit = Math.sqrt(2 / 5);
  const { value, samples } = await frechetDistance(rowsOf(first), rowsOf(second), none);
  expect(value).toBeCloseTo(14 + unit ** 2 * (9 + 0 + 4), 10);
  expect(samples).toEqual({ real: 6, generated: 6 });
});

test('is the closed form in two dimensions, where covariances do not commute', async () => {
  // The trace of the root of a 2 x 2 matrix M is sqrt(tr M + 2 sqrt(det M)).
  const first = listRows(normalRows(50, 2, 1)).map(([x, y]) => [3 * x! + 1, y!]);
  const second = listRows(normalRows(80, 2, 2)).map((row) => times([row[0]!, 4 * row[1]!], rotation(0.7)));
  const [[m1, s1], [m2, s2]] = [momentsOf(first), momentsOf(second)];
  const product = s1.map((row) => times(row, s2));
  const det = (m: number[][]) => m[0]![0]! * m[1]![1]! - m[0]![1]! * m[1]![0]!;
  const overlap = Math.sqrt(product[0]![0]! + product[1]![1]! + 2 * Math.sqrt(det(product)));
  const shift = m1.reduce((sum, value, index) => sum + (value - m2[index]!) ** 2, 0);
  const expected = shift + s1[0]![0]! + s1[1]![1]! + s2[0]![0]! + s2[1]![1]! - 2 * overlap;
  const { value } = await frechetDistance(rowsOf(first), rowsOf(second), none);
  expect(value).toBeCloseTo(expected, 4);
});

test('is 0 for a set and itself, symmetric, and grows by the square of a shift', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 999 }),
      fc.double({ min: -5, max: 5, noNaN: true }),
      async (seed, by) => {
        const [first, second] = [normalRows(40, 3, seed), normalRows(60, 3, seed + 1)];
        const distance = async (a: ArrayData, b: ArrayData) => (await frechetDistance(a, b, none)).value;
        expect(await distance(first, first)).toBeLessThan(1e-12);
        const value = await distance(first, second);
        expect(await distance(second, first)).toBeCloseTo(value, 9);
        const moved = { values: Float64Array.from(first.values, (each) => Math.fround(each + by)), shape: first.shape };
        expect(await distance(first, moved)).toBeCloseTo(3 * by * by, 3);
      },
    ),
    { numRuns: 20, seed: 1 },
  );
});

test('does not change when both sets are turned and their rows come in another order', async () => {
  const [first, second] = [
    listRows(normalRows(30, 2, 3)),
    listRows(normalRows(30, 2, 4)).map(([x, y]) => [2 * x!, y!]),
  ];
  const turn = (rows: number[][]) => rowsOf(rows.map((row) => times(row, rotation(1.1))).reverse());
  const before = await frechetDistance(rowsOf(first), rowsOf(second), none);
  const after = await frechetDistance(turn(first), turn(second), none);
  expect(after.value).toBeCloseTo(before.value, 5);
});

test('knows its own bias: without it, two samples of one Gaussian are 0 apart on average', async () => {
  const runs = Array.from({ length: 30 }, (_, run) => [normalRows(100, 4, 2 * run), normalRows(100, 4, 2 * run + 1)]);
  const scores = await Promise.all(runs.map(([real, generated]) => frechetDistance(real!, generated!)));
  const values = scores.map(({ value }) => value);
  const corrected = scores.map(({ value, bias }) => value - bias);
  const mean = (list: number[]) => list.reduce((sum, each) => sum + each, 0) / list.length;
  const error = Math.sqrt(mean(corrected.map((each) => each ** 2)) / corrected.length);
  expect(mean(values)).toBeGreaterThan(8 * error);
  expect(Math.abs(mean(corrected))).toBeLessThan(3 * error);
});

test('has an interval that covers the distance of the distributions in most runs', async () => {
  // N(0, 1) against N(1, 1): distance 1, and the bias is small beside the interval.
  const covered = await Promise.all(
    Array.from({ length: 60 }, async (_, run) => {
      const moved = normalRows(200, 1, 3000 + run).values.map((each) => each + 1);
      const { interval } = await frechetDistance(normalRows(200, 1, run), { values: moved, shape: [200, 1] });
      return interval[0] <= 1 && 1 <= interval[1];
    }),
  );
  // Of 60 runs at 95%, fewer than 51 come in less than one case of a thousand.
  expect(covered.filter(Boolean).length).toBeGreaterThanOrEqual(51);
  expect(covered.filter(Boolean).length).toBeLessThanOrEqual(60);
});

test('repeats itself for a seed, and takes images as rows', async () => {
  const [first, second] = [normalRows(64, 16, 1), normalRows(64, 16, 2)];
  const images = (rows: ArrayData) => ({ values: rows.values, shape: [64, 4, 4, 1] });
  const score = await frechetDistance(first, second, { seed: 5 });
  expect(await frechetDistance(images(first), images(second), { seed: 5 })).toEqual(score);
  expect((await frechetDistance(first, second, { seed: 6 })).interval).not.toEqual(score.interval);
});

test('refuses what it cannot measure', async () => {
  const rows = normalRows(8, 2, 1);
  const wide = normalRows(8, 3, 1);
  await expect(frechetDistance(rows, wide)).rejects.toThrow('`generated` must have 2 columns');
  await expect(frechetDistance(rows, normalRows(1, 2, 1))).rejects.toThrow('hold 2 samples at least');
  await expect(frechetDistance(rows, rows, { groups: 5 })).rejects.toThrow(
    '`groups` must be at most half the samples, 4, received 5',
  );
  const broken = { values: Float32Array.of(1, Number.NaN), shape: [2, 1] };
  await expect(frechetDistance(broken, broken)).rejects.toThrow('`real` must hold finite numbers');
});

describe('the numbers of other programs', () => {
  // scipy 1.17: |m1 - m2|² + trace(S1 + S2 - 2 sqrtm(S1 S2)), covariances of numpy 2.4.
  const formula = (count: number, size: number, entry: (i: number, j: number) => number) =>
    rowsOf(Array.from({ length: count }, (_, i) => Array.from({ length: size }, (_, j) => entry(i, j) / 4)));

  test('scipy, where both covariances have full rank', async () => {
    const real = formula(40, 6, (i, j) => (7 * i * i + 3 * j + i * j * j) % 101);
    const generated = formula(50, 6, (i, j) => (5 * i * i + 8 * j + i * j * j) % 103);
    expect((await frechetDistance(real, generated, none)).value).toBeCloseTo(36.2505508057504, 9);
  });

  test('scipy, where both have rank 5 of 6', async () => {
    const real = formula(40, 6, (i, j) => (7 * i + 3 * j + i * j) % 11);
    const generated = formula(50, 6, (i, j) => (5 * i + 8 * j + i * j) % 13);
    expect((await frechetDistance(real, generated, none)).value).toBeCloseTo(4.01113820583632, 7);
  });

  test("numpy, by the singular values of X Y', for fewer samples than features", async () => {
    const real = formula(9, 30, (i, j) => (7 * i + 3 * j + i * j) % 11);
    const generated = formula(12, 30, (i, j) => (5 * i + 8 * j + i * j) % 13);
    expect((await frechetDistance(real, generated, none)).value).toBeCloseTo(40.2551842366646, 6);
  });
});

describe('covariances that are singular', () => {
  test('two samples each, in 100 features: covariances of rank one', async () => {
    // S = d d' / 2 with d the difference of the two, so the trace of the root is |d1 · d2| / 2.
    const [first, second] = [listRows(normalRows(2, 100, 1)), listRows(normalRows(2, 100, 2))];
    const gap = (rows: number[][]) => rows[0]!.map((value, column) => value - rows[1]![column]!);
    const dot = (one: number[], other: number[]) => one.reduce((sum, value, column) => sum + value * other[column]!, 0);
    const middle = (rows: number[][]) => rows[0]!.map((value, column) => (value + rows[1]![column]!) / 2);
    const [d1, d2] = [gap(first), gap(second)];
    const shift = squareOf(middle(first), middle(second));
    const expected = shift + dot(d1, d1) / 2 + dot(d2, d2) / 2 - Math.abs(dot(d1, d2));
    const { value, interval } = await frechetDistance(rowsOf(first), rowsOf(second));
    expect(value).toBeCloseTo(expected, 5);
    expect(interval).toEqual([Number.NaN, Number.NaN]);
  });

  test('constant features add the square of their shift, and features that stand twice count twice', async () => {
    const [first, second] = [normalRows(60, 3, 5), normalRows(50, 3, 6)].map(listRows) as [number[][], number[][]];
    const { value } = await frechetDistance(rowsOf(first), rowsOf(second), none);
    const constant = (rows: number[][], at: number) => rowsOf(rows.map((row) => [at, ...row, 7]));
    expect((await frechetDistance(constant(first, 1), constant(second, 3), none)).value).toBeCloseTo(value + 4, 6);
    const twice = (rows: number[][]) => rowsOf(rows.map((row) => [...row, ...row]));
    expect((await frechetDistance(twice(first), twice(second), none)).value).toBeCloseTo(2 * value, 6);
    const still = (at: number) => rowsOf(Array.from({ length: 6 }, () => [at, 0]));
    expect((await frechetDistance(still(1), still(4), none)).value).toBe(9);
    expect((await frechetDistance(still(1), rowsOf(first.map((row) => row.slice(0, 2))), none)).value).toBeGreaterThan(
      0,
    );
  });
});

// Sizes beyond the blocks of the products; fewer, about as many, and more samples than features. Of the other sets one is
// larger, so that both ways of computing meet both orders.
test.each([
  [300, 310, 140],
  [310, 300, 140],
  [60, 300, 140],
  [300, 60, 140],
  [90, 80, 300],
])('%i and %i samples of %i features: value and jackknife are those of plain loops', async (n, m, size) => {
  const shaped = (count: number, seed: number, by: number) => {
    const rows = listRows(normalRows(count, size, seed));
    return rows.map((row) => row.map((value, at) => Math.fround(value * (1 + (at % by)) + (row[at - 1] ?? 0))));
  };
  const [first, second] = [shaped(n, 1, 4), shaped(m, 2, 3)];
  const { value, bias, interval, dimensions } = await frechetDistance(rowsOf(first), rowsOf(second), {
    groups: 2,
    seed: 3,
  });
  expect(Math.abs(value - plainDistance(first, second)) / value).toBeLessThan(1e-7);
  expect(dimensions).toBe(size);
  const parts = (count: number, name: string) => createRng(3).stream('groups').stream(name).permutation(count);
  const [ofFirst, ofSecond] = [parts(n, 'real'), parts(m, 'generated')];
  const without = [0, 1].map((group) =>
    plainDistance(
      first.filter((_, row) => ofFirst[row]! % 2 !== group),
      second.filter((_, row) => ofSecond[row]! % 2 !== group),
    ),
  );
  expect(Math.abs(bias - ((without[0]! + without[1]!) / 2 - value)) / value).toBeLessThan(1e-7);
  // The jackknife's standard error is the root of (g - 1) / g times the sum of squares about the mean: here |a - b| / 2.
  const reach = (studentQuantile(1) * Math.abs(without[0]! - without[1]!)) / 2;
  expect(Math.abs(interval[1] - (value + reach)) / value).toBeLessThan(1e-6);
  expect(Math.abs(interval[0] - Math.max(0, value - reach)) / value).toBeLessThan(1e-6);
});

test.each([
  [3, 2, 0],
  [4, 2, 2],
  [30, 2, 15],
  [64, 256, 20],
  [64, 257, 5],
])('of %i samples of %i features makes %i groups by default', async (count, size, groups) => {
  const [first, second] = [normalRows(count, size, 1), normalRows(count + 1, size, 2)];
  expect(await frechetDistance(first, second)).toEqual(await frechetDistance(first, second, { groups, seed: 0 }));
});

describe('random directions', () => {
  test('keep squared lengths on average, and say in how many dimensions was measured', async () => {
    // Without spread the distance is the square of the shift: here 10 (1² + 2² + 3²) = 140.
    const shift = Array.from({ length: 30 }, (_, at) => 1 + (at % 3));
    const real = rowsOf([shift.map(() => 0), shift.map(() => 0)]);
    const generated = rowsOf([shift, shift]);
    const scores = await Promise.all(
      Array.from({ length: 200 }, (_, seed) => frechetDistance(real, generated, { groups: 0, directions: 8, seed })),
    );
    const mean = scores.reduce((sum, { value }) => sum + value / 200, 0);
    const error = Math.sqrt(scores.reduce((sum, { value }) => sum + (value - mean) ** 2 / 199, 0) / 200);
    expect(Math.abs(mean - 140)).toBeLessThan(3 * error);
    expect(error).toBeGreaterThan(0);
    expect(new Set(scores.map(({ dimensions }) => dimensions))).toEqual(new Set([8]));
  });

  test('are taken for very many features and samples, unless they are asked for otherwise', async () => {
    const [real, generated] = [normalRows(2100, 2050, 1), normalRows(2100, 2050, 2)];
    expect((await frechetDistance(real, generated, none)).dimensions).toBe(512);
    const few = { values: real.values.subarray(0, 20 * 2050), shape: [20, 2050] };
    expect((await frechetDistance(few, generated, none)).dimensions).toBe(2050);
    expect((await frechetDistance(few, few, { directions: Number.POSITIVE_INFINITY })).dimensions).toBe(2050);
  });
});

test('stops for its signal', async () => {
  const controller = new AbortController();
  const [real, generated] = [normalRows(600, 300, 1), normalRows(600, 300, 2)];
  const found = frechetDistance(real, generated, { signal: controller.signal });
  setImmediate(() => controller.abort(new Error('enough')));
  await expect(found).rejects.toThrow('enough');
});

// By the singular values of the product of the centred rows, of another library.
function plainDistance(first: number[][], second: number[][]): number {
  const mean = (rows: number[][]) =>
    rows[0]!.map((_, column) => rows.reduce((sum, row) => sum + row[column]!, 0) / rows.length);
  const [m1, m2] = [mean(first), mean(second)];
  const centred = (rows: number[][], by: number[]) =>
    new Matrix(rows.map((row) => row.map((value, column) => value - by[column]!))).mul(1 / Math.sqrt(rows.length - 1));
  const [x, y] = [centred(first, m1), centred(second, m2)];
  const { diagonal } = new SingularValueDecomposition(x.mmul(y.transpose()), {
    computeLeftSingularVectors: false,
    computeRightSingularVectors: false,
    autoTranspose: true,
  });
  const squares = (matrix: Matrix) => matrix.to1DArray().reduce((sum, value) => sum + value * value, 0);
  return squareOf(m1, m2) + squares(x) + squares(y) - 2 * diagonal.reduce((sum, value) => sum + value, 0);
}

function momentsOf(rows: number[][]): [number[], number[][]] {
  const mean = rows[0]!.map((_, column) => rows.reduce((sum, row) => sum + row[column]!, 0) / rows.length);
  const entry = (i: number, j: number) =>
    rows.reduce((sum, row) => sum + (row[i]! - mean[i]!) * (row[j]! - mean[j]!), 0) / (rows.length - 1);
  return [mean, mean.map((_, i) => mean.map((_, j) => entry(i, j)))];
}
