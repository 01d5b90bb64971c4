import fc from 'fast-check';
import { slicedWasserstein } from 'minimart';
import { expect, test } from 'vitest';
import { listRows, normalRows, rowsOf } from '../random-rows.js';

test('is, in one dimension, the mean distance of quantiles, for sets of any two sizes', async () => {
  // Both sets repeated to one size N M have the same quantiles, and then places pair up.
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 7 }), fc.integer({ min: 1, max: 7 }), async (count, other) => {
      const [first, second] = [normalRows(count, 1, count), normalRows(other, 1, 100 + other)];
      const repeated = (values: ArrayLike<number>, times: number) =>
        Array.from(values)
          .flatMap((value) => new Array<number>(times).fill(value))
          .sort((a, b) => a - b);
      const [long, wide] = [repeated(first.values, other), repeated(second.values, count)];
      const expected = long.reduce((sum, value, index) => sum + Math.abs(value - wide[index]!), 0) / long.length;
      expect((await slicedWasserstein(first, second, { directions: 4 })).value).toBeCloseTo(expected, 6);
    }),
    { numRuns: 30, seed: 1 },
  );
});

test.each([
  [2, 2 / Math.PI],
  [3, 1 / 2],
])(
  'in %d dimensions, a shift by 1 counts %f: the mean length of a unit vector along an axis',
  async (size, expected) => {
    const rows = listRows(normalRows(30, size, 1));
    const moved = rows.map(([first, ...rest]) => [first! + 1, ...rest]);
    const { value, interval } = await slicedWasserstein(rowsOf(rows), rowsOf(moved), { directions: 2000 });
    expect(Math.abs(value - expected)).toBeLessThan(0.02);
    expect(interval[0]).toBeLessThan(expected);
    expect(interval[1]).toBeGreaterThan(expected);
  },
);

test('is 0 for a set and itself in another order, symmetric, and scales with the features', async () => {
  const [first, second] = [normalRows(25, 4, 1), normalRows(35, 4, 2)];
  expect((await slicedWasserstein(first, rowsOf(listRows(first).reverse()))).value).toBeLessThan(1e-6);
  const { value } = await slicedWasserstein(first, second, { seed: 3 });
  expect((await slicedWasserstein(second, first, { seed: 3 })).value).toBeCloseTo(value, 6);
  const doubled = (data: typeof first) => ({ values: data.values.map((each) => 2 * each), shape: data.shape });
  expect((await slicedWasserstein(doubled(first), doubled(second), { seed: 3 })).value).toBeCloseTo(2 * value, 5);
  expect((await slicedWasserstein(first, second, { seed: 4 })).value).not.toBe(value);
});

test('looks along 256 directions of seed 0 by default, and reports the samples', async () => {
  const [first, second] = [normalRows(25, 4, 1), normalRows(35, 4, 2)];
  const score = await slicedWasserstein(first, second);
  expect(score).toEqual(await slicedWasserstein(first, second, { directions: 256, seed: 0 }));
  expect(score.samples).toEqual({ real: 25, generated: 35 });
});

test('refuses one direction, which has no interval', async () => {
  const rows = normalRows(4, 2, 1);
  await expect(slicedWasserstein(rows, rows, { directions: 1 })).rejects.toThrow(
    '`directions` must be a whole number >= 2',
  );
  await slicedWasserstein(rows, rows, { directions: 2 });
});
