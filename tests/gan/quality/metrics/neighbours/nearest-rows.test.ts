import fc from 'fast-check';
import type { ArrayData } from 'minimart';
import { describe, expect, test } from 'vitest';
import type { Rows } from '../../../../../src/gan/quality/features/read-rows.js';
import { ballSquares, countBalls } from '../../../../../src/gan/quality/metrics/neighbours/count-balls.js';
import { nearestRows } from '../../../../../src/gan/quality/metrics/neighbours/nearest-rows.js';
import { openProducts } from '../../../../../src/gan/quality/metrics/products.js';
import { gridRows, listRows, normalRows, squareOf } from '../../random-rows.js';

const asRows = ({ values, shape }: ArrayData): Rows => ({
  values: Float32Array.from(values),
  count: shape[0]!,
  size: shape[1]!,
});

function reference(queries: number[][], references: number[][], k: number, within: boolean) {
  return queries.flatMap((query, row) =>
    references
      .map((other, place) => ({ place, square: squareOf(query, other) }))
      .filter(({ place }) => !within || place !== row)
      .sort((one, other) => one.square - other.square || one.place - other.place)
      .slice(0, k),
  );
}

// On a grid many distances are equal, and copies lie at distance 0.
const sets = [
  ['normal rows', (count: number, seed: number) => normalRows(count, 3, seed)],
  ['a grid with ties', (count: number, seed: number) => gridRows(count, 2, 4, seed)],
  ['copies of two rows', (count: number, seed: number) => gridRows(count, 1, 2, seed)],
  [
    'rows far from the origin',
    (count: number, seed: number): ArrayData => {
      const { values, shape } = normalRows(count, 3, seed);
      return { values: values.map((value) => Math.fround(value * 1e-3 + 1000)), shape };
    },
  ],
] as const;

const noPause = async () => {};

describe.each(sets)('%s', (_, make) => {
  test.each([
    [1, true],
    [5, true],
    [3, false],
  ])('have the %d nearest rows that plain loops find (within: %s)', async (k, within) => {
    const queries = make(90, 1);
    const references = within ? queries : make(70, 2);
    const products = await openProducts(queries.shape[1]!, noPause, 16);
    const { places, squares } = await nearestRows(asRows(queries), asRows(references), k, products, within);
    const expected = reference(listRows(queries), listRows(references), k, within);
    expect([...places]).toEqual(expected.map(({ place }) => place));
    expect([...squares]).toEqual(expected.map(({ square }) => square));
  });

  test('lie in as many closed balls as plain loops count', async () => {
    const [centres, points] = [make(90, 1), make(70, 2)];
    const products = await openProducts(centres.shape[1]!, noPause, 16);
    const radii = await ballSquares(asRows(centres), 4, products);
    const { perPoint, perBall } = await countBalls(asRows(centres), radii, asRows(points), products);
    const [balls, others] = [listRows(centres), listRows(points)];
    const isIn = (point: number[], ball: number) => squareOf(point, balls[ball]!) <= radii[ball]!;
    expect([...perPoint]).toEqual(others.map((point) => balls.filter((_, ball) => isIn(point, ball)).length));
    expect([...perBall]).toEqual(balls.map((_, ball) => others.filter((point) => isIn(point, ball)).length));
  });
});

test('blocks of any size find the same', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 20, max: 50 }), async (block, count) => {
      const rows = asRows(normalRows(count, 4, count));
      const whole = await nearestRows(rows, rows, 3, await openProducts(4, noPause), true);
      expect(await nearestRows(rows, rows, 3, await openProducts(4, noPause, block), true)).toEqual(whole);
    }),
    { numRuns: 10, seed: 1 },
  );
});
