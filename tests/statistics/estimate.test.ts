import { expect, test } from 'vitest';
import { exactEstimate, meanEstimate } from '../../src/statistics/estimate.js';
import { studentQuantile } from '../../src/statistics/student.js';
import { wilsonInterval } from '../../src/statistics/wilson.js';

// Tables of Student's distribution, as in Abramowitz and Stegun (1964), table 26.10.
test.each([
  [1, 12.706, 1e-4],
  [2, 4.303, 1e-4],
  [3, 3.182, 0.0015],
  [4, 2.776, 5e-4],
  [5, 2.571, 4e-4],
  [6, 2.447, 2e-4],
  [9, 2.262, 2e-4],
  [19, 2.093, 2e-4],
  [29, 2.045, 2e-4],
  [60, 2.0, 2e-4],
  [120, 1.98, 2e-4],
  [1e6, 1.96, 2e-4],
])('the 97.5%% quantile for %d degrees of freedom is %f', (freedom, expected, tolerance) => {
  expect(Math.abs(studentQuantile(freedom) / expected - 1)).toBeLessThan(tolerance);
});

test('the interval of a mean is that of the textbook', () => {
  // 1 to 10: mean 5.5, standard deviation 3.02765, standard error 0.957427, times 2.262157.
  const { value, interval } = meanEstimate([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  expect(value).toBe(5.5);
  expect(interval[0]).toBeCloseTo(5.5 - 2.262157 * 0.957427, 4);
  expect(interval[1]).toBeCloseTo(5.5 + 2.262157 * 0.957427, 4);
});

test('of two numbers the interval has 1 degree of freedom, of one it is infinite, and of none nothing is known', () => {
  // -1 and 1: standard deviation sqrt(2), standard error 1.
  expect(meanEstimate([-1, 1]).interval[1]).toBeCloseTo(12.7062, 4);
  const infinite = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  expect(meanEstimate([3])).toEqual({ value: 3, interval: infinite });
  expect(meanEstimate([]).value).toBeNaN();
});

test('what is known exactly has an interval of no width', () => {
  expect(exactEstimate(2)).toEqual({ value: 2, interval: [2, 2] });
});

test('the interval of a share solves (share - p)² = z² p (1 - p) / n, and stays in [0, 1]', () => {
  for (const [hits, count] of [
    [81, 263],
    [0, 10],
    [10, 10],
    [1, 2],
  ] as const) {
    const interval = wilsonInterval(hits, count);
    for (const edge of interval) {
      const gap = (hits / count - edge) ** 2 - (1.959964 ** 2 * edge * (1 - edge)) / count;
      expect(Math.abs(gap)).toBeLessThan(1e-6);
      expect(edge).toBeGreaterThanOrEqual(0);
      expect(edge).toBeLessThanOrEqual(1);
    }
    expect(interval[0]).toBeLessThan(interval[1]);
  }
});

test('Wilson gives no share below that of nothing, nor above that of all', () => {
  for (let count = 1; count <= 3000; count += 1) {
    expect(wilsonInterval(0, count)[0]).toBe(0);
    expect(wilsonInterval(count, count)[1]).toBe(1);
    // The other end by the formula: z^2 / (n + z^2), with z = 1.959964.
    expect(wilsonInterval(0, count)[1]).toBeCloseTo(3.841459 / (count + 3.841459), 6);
  }
});
