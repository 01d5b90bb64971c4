import { expect, test } from 'vitest';
import { areaUnderCurve, meanArea } from '../../src/statistics/area-under-curve.js';

const pause = async () => {};

test('the area is the share of pairs in the right order, ties half', async () => {
  // Of six pairs 3 > 1, 3 > 2, 2 > 1 are right, 2 and 2 are equal, 0 is below both.
  const { value } = await areaUnderCurve(Float64Array.of(3, 2, 0), Float64Array.of(1, 2), pause);
  expect(value).toBeCloseTo(3.5 / 6, 12);
});

test('the variance is that of DeLong, by its definition over pairs', async () => {
  // The same data through pROC's formula: psi is 1, 1/2 or 0; S10 and S01 are variances of its means over rows.
  const [positives, negatives] = [Float64Array.of(5, 3, 3, 1, 7, 2), Float64Array.of(2, 3, 0, 1, 6)];
  const psi = (x: number, y: number) => (x > y ? 1 : x === y ? 0.5 : 0);
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const spread = (values: readonly number[]) =>
    values.reduce((sum, value) => sum + (value - mean(values)) ** 2, 0) / (values.length - 1);
  const ofPositives = [...positives].map((x) => mean([...negatives].map((y) => psi(x, y))));
  const ofNegatives = [...negatives].map((y) => mean([...positives].map((x) => psi(x, y))));
  const { value, variance } = await areaUnderCurve(positives, negatives, pause);
  expect(value).toBeCloseTo(mean(ofPositives), 12);
  expect(variance).toBeCloseTo(spread(ofPositives) / 6 + spread(ofNegatives) / 5, 12);
});

test('scores that are all alike have the area one half', async () => {
  expect(await areaUnderCurve(new Float64Array(9), new Float64Array(4), pause)).toEqual({ value: 0.5, variance: 0 });
});

test('the variance of a mean of folds is that of the folds over the square of their number', () => {
  const { value, interval } = meanArea([
    { value: 0.6, variance: 0.01 },
    { value: 0.8, variance: 0.03 },
  ]);
  expect(value).toBeCloseTo(0.7, 12);
  // Standard error 0.1, 1.96 of them to either side.
  expect(interval[0]).toBeCloseTo(0.7 - 0.1959963984540054, 12);
  expect(interval[1]).toBeCloseTo(0.7 + 0.1959963984540054, 12);
});
