import { classAccuracy } from 'minimart';
import { expect, test } from 'vitest';
import { wilsonInterval } from '../../../../src/statistics/wilson.js';
import { rowsOf } from '../random-rows.js';

test('counts rows whose greatest number, and no other as great, is that of the label', async () => {
  const rows = [
    [0.7, 0.2, 0.1],
    [0.1, 0.1, 0.8],
    [0.4, 0.4, 0.2],
    [-3, 5, 2],
    [0.3, 0.3, 0.4],
  ];
  // Right: the first, the second and the fourth; the third is a tie, the fifth wrong.
  const { value, interval, samples } = await classAccuracy(rowsOf(rows), [0, 2, 0, 1, 0]);
  expect(value).toBe(3 / 5);
  expect(interval).toEqual(wilsonInterval(3, 5));
  expect(samples).toEqual({ real: 0, generated: 5 });
});

test('refuses labels that are no classes of these, and another number of them', async () => {
  const rows = rowsOf([
    [1, 0],
    [2, 3],
  ]);
  // Classes counted from 1, and labels that are lost, would only look like a poor classifier.
  await expect(classAccuracy(rows, [1, 2])).rejects.toThrow(
    '`labels[1]` must be a whole number from 0 to 1, received 2',
  );
  await expect(classAccuracy(rows, [0, Number.NaN])).rejects.toThrow('`labels[1]` must be');
  await expect(classAccuracy(rows, null as never)).rejects.toThrow('`labels` must be 2');
  await expect(classAccuracy(rows, [0])).rejects.toThrow('`labels` must be 2, one for each row of `probabilities`');
});
