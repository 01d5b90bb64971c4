import { createRng } from 'minimart';
import { describe, expect, test } from 'vitest';
import { empiricalRange, resampleMeans } from '../../src/statistics/bootstrap.js';
import { mean, median, standardError, variance } from '../../src/statistics/moments.js';
import { normalCumulative, normalQuantile, upperNormal } from '../../src/statistics/normal.js';

test('moments are those of the textbook', () => {
  // 2, 4, 4, 6: mean 4, squares 4 + 0 + 0 + 4 over 3, error sqrt(8 / 3 / 4).
  const values = [2, 4, 4, 6];
  expect(mean(values)).toBe(4);
  expect(variance(values)).toBeCloseTo(8 / 3, 12);
  expect(standardError(values)).toBeCloseTo(Math.sqrt(2 / 3), 12);
});

test.each([
  [[3, 1, 2], 2],
  [[4, 1, 2, 3], 2.5],
  [[7], 7],
  [[], Number.NaN],
])('the median of %j is %d', (values, expected) => {
  expect(median(values)).toBe(expected);
});

test('the quantile of the normal distribution is the inverse of its cumulative one', () => {
  // 0.975 of the normal distribution: 1.959963985, Abramowitz and Stegun (1964), table 26.5.
  expect(normalQuantile(0.975)).toBeCloseTo(1.959963985, 8);
  expect(upperNormal).toBeCloseTo(normalQuantile(0.975), 12);
  for (const z of [-8, -3.1, -0.5, 0, 1.2, 4]) expect(normalQuantile(normalCumulative(z))).toBeCloseTo(z, 8);
});

describe('the bootstrap', () => {
  test('spreads means as their standard error says, and all columns alike', async () => {
    const column = Float64Array.from({ length: 100 }, (_, index) => index % 10);
    const [first, second] = await resampleMeans([column, column.map((each) => 2 * each)], 4000, createRng(1));
    // The plug-in deviation of 0 to 9 is sqrt(8.25): an error of 0.2872 for 100 rows; within 5%, three times the noise.
    expect(Math.sqrt(variance(first!)) / Math.sqrt(8.25 / 100)).toBeCloseTo(1, 1);
    expect(mean(first!)).toBeCloseTo(4.5, 1);
    first!.forEach((each, index) => {
      expect(second![index]).toBeCloseTo(2 * each, 12);
    });
  });

  test('the empirical range lies between the order statistics', () => {
    // 0 to 100: 2.5% of the way is at 2.5.
    expect(empiricalRange(Float64Array.from({ length: 101 }, (_, index) => 100 - index))).toEqual([2.5, 97.5]);
  });
});
