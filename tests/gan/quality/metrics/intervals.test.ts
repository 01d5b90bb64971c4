import { expect, test } from 'vitest';
import { meanInterval, studentQuantile, wilsonInterval } from '../../../../src/gan/quality/metrics/intervals.js';

// Tables of Student's distribution, as in Abramowitz and Stegun (1964), table 26.10.
test.each([
  [4, 2.776],
  [9, 2.262],
  [19, 2.093],
  [60, 2.0],
  [1e6, 1.96],
])('the 97.5%% quantile for %d degrees of freedom is %f', (freedom, expected) => {
  expect(Math.abs(studentQuantile(freedom) / expected - 1)).toBeLessThan(0.01);
});

// Abramowitz and Stegun (1964), 26.7.4: how much of Student's distribution lies within t, for an even number of degrees.
function within(t: number, freedom: number): number {
  const square = freedom / (freedom + t ** 2);
  let [term, sum] = [1, 1];
  for (let even = 2; even <= freedom - 2; even += 2) {
    term *= (square * (even - 1)) / even;
    sum += term;
  }
  return Math.sqrt(1 - square) * sum;
}

test.each([20, 60, 100])('95%% of the distribution lie within the quantile for %d degrees of freedom', (freedom) => {
  // The first term that is left out is 1.59 / freedom^4, where the density of both sides is 0.117 at most.
  expect(Math.abs(within(studentQuantile(freedom), freedom) - 0.95)).toBeLessThan(0.2 / freedom ** 4 + 1e-12);
});

test('the interval of a mean is that of the textbook', () => {
  // 1 to 10: mean 5.5, standard deviation 3.02765, standard error 0.957427, times 2.262.
  const [low, high] = meanInterval([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  expect(low).toBeCloseTo(5.5 - 2.262157 * 0.957427, 3);
  expect(high).toBeCloseTo(5.5 + 2.262157 * 0.957427, 3);
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
