import { createRng } from 'minimart';
import { expect, test } from 'vitest';
import { calibrationRows } from '../../../src/customers/churn/calibration.js';

const pause = async () => {};

// Sorted and cut, case by case.
function byHand(chances: Float64Array, labels: Float64Array) {
  const order = Array.from(chances.keys()).sort((one, other) => chances[one]! - chances[other]! || one - other);
  const groups = Math.min(10, order.length);
  return Array.from({ length: groups }, (_, group) => {
    const rows = order.slice(
      Math.floor((group * order.length) / groups),
      Math.floor(((group + 1) * order.length) / groups),
    );
    const mean = (column: Float64Array) => rows.reduce((sum, row) => sum + column[row]!, 0) / rows.length;
    return [rows.length, mean(chances), mean(labels)];
  });
}

test.each([
  ['hardly any equal', 1000, 503],
  ['many equal, over several groups', 4, 503],
  ['two', 2, 41],
  ['one for all', 1, 25],
  ['fewer cases than groups', 5, 7],
])('groups of chances are those of a sort: %s', async (_, different, count) => {
  const rng = createRng(1);
  const chances = Float64Array.from({ length: count }, () => rng.integer(different) / different);
  const labels = Float64Array.from({ length: count }, () => rng.integer(2));
  const rows = await calibrationRows(chances, labels, pause);
  const expected = byHand(chances, labels);
  expect(rows.length).toBe(expected.length);
  for (const [group, { customers, predicted, happened }] of rows.entries()) {
    const [size, said, left] = expected[group]!;
    expect(customers).toBe(size);
    expect(predicted).toBeCloseTo(said!, 12);
    expect(happened.value).toBeCloseTo(left!, 12);
  }
});
