import fc from 'fast-check';
import { densityCoverage, precisionRecall } from 'minimart';
import { describe, expect, test } from 'vitest';
import { studentQuantile } from '../../../../../src/statistics/student.js';
import { wilsonInterval } from '../../../../../src/statistics/wilson.js';
import { distanceOf, gridRows, listRows, normalRows, rowsOf } from '../../random-rows.js';

// The definitions, in plain loops.
function reference(real: number[][], generated: number[][], k: number) {
  const radius = (rows: number[][], row: number) =>
    rows
      .filter((_, other) => other !== row)
      .map((other) => distanceOf(other, rows[row]!))
      .sort((a, b) => a - b)[k - 1]!;
  const radii = (rows: number[][]) => rows.map((_, row) => radius(rows, row));
  const [realRadii, generatedRadii] = [radii(real), radii(generated)];
  const isIn = (point: number[], rows: number[][], reach: number[], ball: number) =>
    distanceOf(point, rows[ball]!) <= reach[ball]!;
  const share = (points: number[][], rows: number[][], reach: number[]) =>
    points.filter((point) => rows.some((_, ball) => isIn(point, rows, reach, ball))).length / points.length;
  const held = generated.map((point) => real.filter((_, ball) => isIn(point, real, realRadii, ball)).length);
  return {
    precision: share(generated, real, realRadii),
    recall: share(real, generated, generatedRadii),
    density: held.reduce((sum, balls) => sum + balls, 0) / k / generated.length,
    coverage:
      real.filter((_, ball) => generated.some((point) => isIn(point, real, realRadii, ball))).length / real.length,
  };
}

test('are as worked out by hand on a line', async () => {
  // k = 2: radii of 0, 1, 3, 7 are 3, 2, 3, 6; of 2, 4, 20 they are 18, 16, 18.
  // 2 lies in all balls of 0, 1, 3 and 7; 4 in those of 3 and 7 alone; 20 in none. Balls of 2 and 4 hold all four real ones.
  const [real, generated] = [rowsOf([[0], [1], [3], [7]]), rowsOf([[2], [4], [20]])];
  const { precision, recall } = await precisionRecall(real, generated, { k: 2 });
  const { density, coverage } = await densityCoverage(real, generated, { k: 2 });
  expect(precision.value).toBeCloseTo(2 / 3, 12);
  expect(recall.value).toBe(1);
  expect(density.value).toBeCloseTo((4 + 2 + 0) / 2 / 3, 12);
  expect(coverage.value).toBe(1);
  for (const { samples } of [precision, recall, density, coverage]) expect(samples).toEqual({ real: 4, generated: 3 });
  // Shares of 2 of 3, 4 of 4 and 4 of 4; and the mean of 4 / 2, 2 / 2 and 0, whose standard deviation is 1.
  expect(precision.interval).toEqual(wilsonInterval(2, 3));
  expect(recall.interval).toEqual(wilsonInterval(4, 4));
  expect(coverage.interval).toEqual(wilsonInterval(4, 4));
  expect(density.interval[0]).toBeCloseTo(1 - studentQuantile(2) / Math.sqrt(3), 12);
  expect(density.interval[1]).toBeCloseTo(1 + studentQuantile(2) / Math.sqrt(3), 12);
});

test('look at 3 neighbours for precision and recall and at 5 for density and coverage, as the papers do', async () => {
  const [real, generated] = [normalRows(40, 2, 1), normalRows(40, 2, 2)];
  expect(await precisionRecall(real, generated)).toEqual(await precisionRecall(real, generated, { k: 3 }));
  expect(await densityCoverage(real, generated)).toEqual(await densityCoverage(real, generated, { k: 5 }));
});

describe.each([
  ['normal rows', (count: number, seed: number) => normalRows(count, 2, seed)],
  ['a grid with ties', (count: number, seed: number) => gridRows(count, 2, 5, seed)],
] as const)('%s', (_, make) => {
  test('have the scores of the definitions', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 999 }), async (k, seed) => {
        const [real, generated] = [make(30, seed), make(20, seed + 1000)];
        const expected = reference(listRows(real), listRows(generated), k);
        const { precision, recall } = await precisionRecall(real, generated, { k });
        const { density, coverage } = await densityCoverage(real, generated, { k });
        expect(precision.value).toBeCloseTo(expected.precision, 12);
        expect(recall.value).toBeCloseTo(expected.recall, 12);
        expect(density.value).toBeCloseTo(expected.density, 12);
        expect(coverage.value).toBeCloseTo(expected.coverage, 12);
      }),
      { numRuns: 15, seed: 1 },
    );
  });
});

test('precision and recall change places with the sets', async () => {
  const [first, second] = [normalRows(40, 2, 1), gridRows(40, 2, 3, 2)];
  const forth = await precisionRecall(first, second);
  const back = await precisionRecall(second, first);
  expect(back.precision.value).toBe(forth.recall.value);
  expect(back.recall.value).toBe(forth.precision.value);
});

test('coverage of one kind by another sample of it is what the paper expects', async () => {
  // Naeem et al. (2020), section 3.3: 1 - (N - 1) ... (N - k) / ((2 N - 1) ... (2 N - k)); density 1.
  const [count, k] = [400, 5];
  const factors = Array.from({ length: k }, (_, index) => (count - 1 - index) / (2 * count - 1 - index));
  const expected = 1 - factors.reduce((product, factor) => product * factor, 1);
  const found = await Promise.all(
    Array.from({ length: 10 }, (_, run) =>
      densityCoverage(normalRows(count, 2, 2 * run), normalRows(count, 2, 2 * run + 1)),
    ),
  );
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  // Ten means of 400: the standard error of a share of 0.97 is 0.003.
  expect(Math.abs(mean(found.map(({ coverage }) => coverage.value)) - expected)).toBeLessThan(0.01);
  expect(Math.abs(mean(found.map(({ density }) => density.value)) - 1)).toBeLessThan(0.1);
});

test('fall when modes are lost, and when samples leave the real ones', async () => {
  const real = normalRows(300, 2, 1);
  const half = rowsOf(listRows(normalRows(600, 2, 2)).filter(([x]) => x! > 0));
  const far = rowsOf(listRows(normalRows(300, 2, 3)).map(([x, y]) => [x! + 8, y!]));
  const lost = await densityCoverage(real, half);
  expect(lost.coverage.value).toBeLessThan(0.65);
  expect((await precisionRecall(real, half)).precision.value).toBeGreaterThan(0.9);
  expect((await precisionRecall(real, half)).recall.value).toBeLessThan(0.75);
  expect((await precisionRecall(real, far)).precision.value).toBeLessThan(0.05);
  expect((await densityCoverage(real, far)).density.value).toBeLessThan(0.05);
});

test('refuse a k that has no neighbour', async () => {
  const [real, generated] = [normalRows(6, 1, 1), normalRows(4, 1, 2)];
  await expect(precisionRecall(real, generated, { k: 4 })).rejects.toThrow(
    '`k` must be below the number of samples, 4',
  );
  await expect(densityCoverage(real, generated, { k: 6 })).rejects.toThrow(
    '`k` must be below the number of samples, 6',
  );
  await expect(densityCoverage(real, generated, { k: 0 })).rejects.toThrow('`k` must be a positive integer');
  expect((await densityCoverage(real, generated, { k: 5 })).coverage.value).toBeGreaterThan(0);
});
