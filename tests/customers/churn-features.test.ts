import { expect, test } from 'vitest';
import {
  featureColumns,
  knownFeatures,
  plainValue,
  scaled,
  scalesOf,
} from '../../src/customers/churn/churn-features.js';
import { historyOf } from './made-customers.js';

const pause = async () => {};

// One who bought on 4 days in 12 weeks, 5 weeks ago for the last time; one who bought once; one whose refunds were more than all.
const history = {
  ...historyOf([
    [3, 12, 17],
    [0, 0, 9],
    [1, 2, 2],
  ]),
  recent: Float64Array.of(2, 1, 2),
  lines: Float64Array.of(2.5, 1, 4),
  spending: {
    mean: Float64Array.of(1, 1, 1),
    total: Float64Array.of(100, 30, -4),
    refunded: new Float64Array(3),
  },
};

// By the formulas of the docstring: ln(1 + number), but the lateness.
const expected: Readonly<Record<string, readonly number[]>> = {
  sinceLast: [Math.log(1 + 5), Math.log(1 + 9), 0],
  frequency: [Math.log(4), 0, Math.log(2)],
  recency: [Math.log(13), 0, Math.log(3)],
  age: [Math.log(18), Math.log(10), Math.log(3)],
  // A purchase day brought 100 / 4, 30 and nothing.
  money: [Math.log(26), Math.log(31), 0],
  recent: [Math.log(3), Math.log(2), Math.log(3)],
  lines: [Math.log(3.5), Math.log(2), Math.log(5)],
  // Silent for 5 weeks beside a usual gap of 12 / 3; 1 without a repeat purchase; not silent at all.
  lateness: [5 / (5 + 4), 1, 0],
};

test('features are those of their formulas', async () => {
  const features = knownFeatures(history);
  expect([...features].sort()).toEqual(Object.keys(expected).sort());
  const columns = await featureColumns(history, features, pause);
  for (const [place, feature] of features.entries()) {
    for (const row of [0, 1, 2]) expect(columns[place]![row], feature).toBeCloseTo(expected[feature]![row]!, 12);
  }
  expect(plainValue('money', Math.log(26))).toBeCloseTo(25, 10);
  expect(plainValue('lateness', 0.4)).toBe(0.4);
});

test('columns are brought to mean 0 and deviation 1 by the scales of others', () => {
  const columns = [Float64Array.of(1, 3), Float64Array.of(5, 5)];
  // The variance of 1 and 3 is 2; what does not vary keeps its size.
  expect(scaled([Float64Array.of(4), Float64Array.of(7)], scalesOf(columns)).map(([value]) => value)).toEqual([
    2 / Math.SQRT2,
    2,
  ]);
});
