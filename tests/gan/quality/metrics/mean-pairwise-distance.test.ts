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

test('refuses two samples, whose one distance says nothing of chance', async () => {
  for (const count of [1, 2]) {
    await expect(meanPairwiseDistance(normalRows(count, 2, 1))).rejects.toThrow('hold 3 samples at least');
  }
  // Of 0, 3 and 9 on a line the distances are 3, 9 and 6; from each sample 6, 4.5 and 7.5 on average, with deviation 1.5.
  const { value, interval } = await meanPairwiseDistance(rowsOf([[0], [3], [9]]));
  expect(value).toBeCloseTo(6, 6);
  // Student's quantile for two degrees of freedom is 4.302653, as tables have it.
  expect(interval[1] - value).toBeCloseTo((4.302653 * 2 * 1.5) / Math.sqrt(3), 4);
});
