import { createRng, type Rng } from 'minimart';
import { describe, expect, test } from 'vitest';
import { empiricalRange, resampleMeans } from '../../src/statistics/bootstrap.js';

/** A stream, and the numbers that it gives. */
function recorded(seed: number): { readonly rng: Rng; readonly given: number[] } {
  const [rng, given] = [createRng(seed), [] as number[]];
  const uint32 = () => {
    const number = rng.uint32();
    given.push(number);
    return number;
  };
  return { rng: { ...rng, uint32 }, given };
}

describe('means of resamples', () => {
  // Numbers of columns and resamples below, at and above the four that are worked on together.
  test.each([
    [1, 1, 1],
    [1, 3, 5],
    [2, 7, 4],
    [4, 5, 6],
    [5, 6, 7],
    [9, 2, 9],
  ])('of %d columns of %d rows, %d times, are those of the rows that were drawn', async (width, rows, resamples) => {
    const values = createRng(width);
    const columns = Array.from({ length: width }, () => Float64Array.from({ length: rows }, () => values.normal()));
    const { rng, given } = recorded(3);
    const means = await resampleMeans(columns, resamples, rng);
    const expected = columns.map((column) =>
      Array.from({ length: resamples }, (_, resample) => {
        const drawn = given.slice(resample * rows, (resample + 1) * rows);
        return drawn.reduce((sum, number) => sum + column[Math.floor((number / 2 ** 32) * rows)]!, 0) / rows;
      }),
    );
    expect(means.map((column) => [...column])).toEqual(
      expected.map((column) => column.map((mean) => expect.closeTo(mean, 12))),
    );
  });

  test('of nothing are nothing', async () => {
    expect(await resampleMeans([], 10, createRng(1))).toEqual([]);
  });
});

test('the middle range lies a fortieth from either end, between two values in proportion', () => {
  // Places 0.025 * 2 = 0.05 and 0.975 * 2 = 1.95 of 0, 10, 40: 0.5, and 10 + 0.95 * 30.
  expect(empiricalRange(Float64Array.of(40, 0, 10))).toEqual([expect.closeTo(0.5, 12), expect.closeTo(38.5, 12)]);
  // Of 41 squares, those of 1 and 39, with none to go between.
  expect(empiricalRange(Float64Array.from({ length: 41 }, (_, at) => (40 - at) ** 2))).toEqual([1, 39 ** 2]);
  expect(empiricalRange(Float64Array.of(7))).toEqual([7, 7]);
});
