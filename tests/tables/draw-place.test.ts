import { createRng } from 'minimart';
import { expect, test } from 'vitest';
import { drawPlace, runningSums } from '../../src/tables/draw-place.js';

test('draws places as often as their weights say, and never one without weight', () => {
  const sums = runningSums(Float64Array.of(0, 1, 0, 3, 0));
  const drawAt = (uniform: number) => drawPlace(sums, 0, 5, { ...createRng(1), uniform: () => uniform });
  // Of a sum of 4 the place with weight 1 has the first quarter.
  expect([0, 0.2499, 0.25, 0.5, 1 - 2 ** -53].map(drawAt)).toEqual([1, 1, 3, 3, 3]);
  expect(drawPlace(Float64Array.of(9, 9, 2, 2), 2, 4, createRng(1))).toBe(2);
});
