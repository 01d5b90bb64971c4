import { meanPairwiseDistance } from 'minimart';
import { expect, test } from 'vitest';
import { studentQuantile } from '../../../../src/statistics/student.js';
import { distanceOf, gridRows, listRows, normalRows, rowsOf } from '../random-rows.js';

test.each([
  ['normal rows', normalRows(60, 3, 1)],
  ['rows with copies', gridRows(60, 2, 3, 1)],
  ['copies of one row', { values: new Float32Array(40).fill(3), shape: [20, 2] }],
])('of %s is the mean over all pairs', async (_, rows) => {
  const list = listRows(rows);
  const distances = list.flatMap((one, i) => list.slice(i + 1).map((other) => distanceOf(one, other)));
  const { value, samples } = await meanPairwiseDistance(rows);
  expect(value).toBeCloseTo(distances.reduce((sum, each) => sum + each, 0) / distances.length, 5);
  expect(samples).toEqual({ real: 0, generated: list.length });
});

test('has the interval of a mean of pairs: twice the scatter of the mean distances from each sample', async () => {
  // Of 0, 5 and 0 on a line the mean distances to the others are 2.5, 5 and 2.5, whose standard deviation is sqrt(25 / 12).
  const rows = rowsOf([
    [0, 0],
    [3, 4],
    [0, 0],
  ]);
  const { value, interval } = await meanPairwiseDistance(rows);
  const reach = (studentQuantile(2) * 2 * Math.sqrt(25 / 12)) / Math.sqrt(3);
  expect(value).toBeCloseTo(10 / 3, 6);
  expect(interval[0]).toBeCloseTo(10 / 3 - reach, 6);
  expect(interval[1]).toBeCloseTo(10 / 3 + reach, 6);
});

test('has an interval that covers the distance of two draws in most runs', async () => {
  // Two standard normal numbers lie 2 / sqrt(pi) apart on average.
  let covered = 0;
  for (let run = 0; run < 60; run += 1) {
    const { interval } = await meanPairwiseDistance(normalRows(100, 1, run));
    if (interval[0] <= 2 / Math.sqrt(Math.PI) && 2 / Math.sqrt(Math.PI) <= interval[1]) covered += 1;
  }
  // Of 60 runs at 95%, fewer than 51 come in less than one case of a thousand.
  expect(covered).toBeGreaterThanOrEqual(51);
});

test('refuses a single sample', async () => {
  await expect(meanPairwiseDistance(normalRows(1, 2, 1))).rejects.toThrow('hold 2 samples at least');
  expect((await meanPairwiseDistance(rowsOf([[0], [3]]))).value).toBe(3);
});
