import { inceptionScore } from 'minimart';
import { expect, test } from 'vitest';
import { listRows, normalRows, rowsOf } from '../random-rows.js';

const unit = (hit: number) => Array.from({ length: 5 }, (_, kind) => (kind === hit ? 1 : 0));

test('is K when samples are certain and every class comes equally often', async () => {
  const rows = Array.from({ length: 4000 }, (_, index) => unit(index % 5));
  const { value, samples } = await inceptionScore(rowsOf(rows), { splits: 2 });
  // Halves drawn at random are not quite even.
  expect(value).toBeGreaterThan(4.99);
  expect(value).toBeLessThanOrEqual(5);
  expect(samples).toEqual({ real: 0, generated: 4000 });
});

test('is 1 when samples are all alike, certain or not', async () => {
  for (const row of [unit(2), [0.1, 0.2, 0.3, 0.4]]) {
    const { value, interval } = await inceptionScore(rowsOf(new Array(20).fill(row)));
    expect(value).toBeCloseTo(1, 6);
    expect(interval[1] - interval[0]).toBeLessThan(1e-6);
  }
});

test('is the exponent of the mean divergence: with parts of one kind each, any split gives the same', async () => {
  // exp of 0.5 [0.9 log(0.9/0.5) + 0.1 log(0.1/0.5)] twice, that is once, when both kinds come equally often.
  const rows = Array.from({ length: 20_000 }, (_, index) => (index % 2 === 0 ? [0.9, 0.1] : [0.1, 0.9]));
  const { value, interval } = await inceptionScore(rowsOf(rows), { splits: 4 });
  const expected = Math.exp(0.9 * Math.log(1.8) + 0.1 * Math.log(0.2));
  expect(value).toBeCloseTo(expected, 3);
  expect(interval[0]).toBeLessThan(value);
});

test('repeats itself for a seed', async () => {
  const rows = rowsOf(
    listRows(normalRows(50, 3, 1)).map((row) => {
      const powers = row.map(Math.exp);
      const sum = powers.reduce((total, each) => total + each, 0);
      return powers.map((each) => each / sum);
    }),
  );
  const score = await inceptionScore(rows, { seed: 1 });
  expect(await inceptionScore(rows, { seed: 1 })).toEqual(score);
  expect((await inceptionScore(rows, { seed: 2 })).value).not.toBe(score.value);
  expect(await inceptionScore(rows)).toEqual(await inceptionScore(rows, { splits: 10, seed: 0 }));
});

test('takes rows that sum to 1 but for the rounding of half precision', async () => {
  const summing = (sum: number) =>
    inceptionScore(
      rowsOf([
        [sum, 0],
        [1, 0],
      ]),
      { splits: 2 },
    );
  for (const sum of [0.9995, 1.0005]) expect((await summing(sum)).value).toBeCloseTo(1, 2);
  for (const sum of [0.9985, 1.0015]) await expect(summing(sum)).rejects.toThrow('first offender: row 0');
});

test('refuses rows that are no probabilities, and more parts than samples', async () => {
  const splits = { splits: 2 };
  await expect(inceptionScore(rowsOf([[0.5, 0.6]]), splits)).rejects.toThrow('first offender: row 0');
  await expect(
    inceptionScore(
      rowsOf([
        [1, 0],
        [-1, 2],
      ]),
      splits,
    ),
  ).rejects.toThrow('first offender: row 1');
  await expect(inceptionScore(rowsOf([[1, 0]]), splits)).rejects.toThrow('`splits` must be a whole number');
});
