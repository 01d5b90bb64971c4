import fc from 'fast-check';
import { type ArrayData, frechetDistance } from 'minimart';
import { expect, test } from 'vitest';
import { listRows, normalRows, rowsOf, times } from '../random-rows.js';

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
  await expect(frechetDistance(rows, rows, { groups: 5 })).rejects.toThrow('`groups` must be 0, or a whole number');
  const broken = { values: Float32Array.of(1, Number.NaN), shape: [2, 1] };
  await expect(frechetDistance(broken, broken)).rejects.toThrow('`real` must hold finite numbers');
});

function momentsOf(rows: number[][]): [number[], number[][]] {
  const mean = rows[0]!.map((_, column) => rows.reduce((sum, row) => sum + row[column]!, 0) / rows.length);
  const entry = (i: number, j: number) =>
    rows.reduce((sum, row) => sum + (row[i]! - mean[i]!) * (row[j]! - mean[j]!), 0) / (rows.length - 1);
  return [mean, mean.map((_, i) => mean.map((_, j) => entry(i, j)))];
}
