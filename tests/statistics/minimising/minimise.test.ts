import { expect, test } from 'vitest';
import { integrate } from '../../../src/statistics/integrate.js';
import { minimise } from '../../../src/statistics/minimising/minimise.js';
import { invertSmall } from '../../../src/statistics/minimising/small-matrix.js';

test('finds the foot of a parabola, and the inverse of its curvature', async () => {
  // f = 1/2 (x - c)' A (x - c), A = [[4, 1], [1, 3]], of which the inverse is [[3, -1], [-1, 4]] / 11.
  const of = async ([x, y]: Float64Array) => {
    const [u, v] = [x! - 1, y! + 2];
    return 0.5 * (4 * u * u + 2 * u * v + 3 * v * v);
  };
  const { point, value, covariance } = await minimise(of, [Float64Array.of(5, 5)]);
  expect(point[0]).toBeCloseTo(1, 8);
  expect(point[1]).toBeCloseTo(-2, 8);
  expect(value).toBeCloseTo(0, 12);
  for (const [place, expected] of [3 / 11, -1 / 11, -1 / 11, 4 / 11].entries()) {
    expect(covariance![place]).toBeCloseTo(expected, 5);
  }
});

test("goes round the bend of Rosenbrock's valley", async () => {
  const of = async ([x, y]: Float64Array) => (1 - x!) ** 2 + 100 * (y! - x! * x!) ** 2;
  const { point } = await minimise(of, [Float64Array.of(-1.2, 1)]);
  expect(point[0]).toBeCloseTo(1, 6);
  expect(point[1]).toBeCloseTo(1, 6);
});

test('takes the lowest of the places that its starts lead to', async () => {
  // Two valleys, at -2 and 2; the second is lower by 4 * 0.1.
  const of = async ([x]: Float64Array) => (x! ** 2 - 4) ** 2 - 0.1 * x!;
  const { point } = await minimise(of, [Float64Array.of(-3), Float64Array.of(3), Float64Array.of(-1)]);
  expect(point[0]).toBeGreaterThan(1.9);
});

test('stops at the bound where a function falls for ever, and knows no curvature there', async () => {
  const { point, covariance } = await minimise(async ([x]) => -3 * x!, [Float64Array.of(0)], 10);
  expect(point[0]).toBe(10);
  expect(covariance).toBeUndefined();
});

test('what is not positive definite has no inverse here', () => {
  expect(invertSmall(Float64Array.of(1, 2, 2, 1), 2)).toBeUndefined();
  expect(invertSmall(Float64Array.of(0), 1)).toBeUndefined();
});

test('a rule of 16 points is exact for a polynomial of degree 31', () => {
  expect(integrate((x) => x ** 31, 0, 1, 1)).toBeCloseTo(1 / 32, 14);
  expect(integrate(Math.exp, -3, 4, 2)).toBeCloseTo(Math.exp(4) - Math.exp(-3), 11);
});
