import { expect, test } from 'vitest';
import { atOnce, type Pieces } from '../../../src/internal/pieces.js';
import { nelderMead } from '../../../src/statistics/minimising/nelder-mead.js';

const inPieces = (of: (point: Float64Array) => number) =>
  function* (point: Float64Array): Pieces<number> {
    yield;
    return of(point);
  };

test('finds the bottom of a bent valley', () => {
  // Rosenbrock's function: (1 - x)^2 + 100 (y - x^2)^2, 0 at (1, 1).
  const of = ([x, y]: Float64Array) => (1 - x!) ** 2 + 100 * (y! - x! ** 2) ** 2;
  const { point, value } = atOnce(nelderMead(inPieces(of), Float64Array.of(-1.2, 1), { tolerance: 1e-14, most: 1000 }));
  expect(value).toBeLessThan(1e-12);
  expect(point[0]).toBeCloseTo(1, 5);
  expect(point[1]).toBeCloseTo(1, 5);
});

test('of one number, and where the function is no number at all', () => {
  const of = ([x]: Float64Array) => (x! < 0 ? Number.NaN : (x! - 2) ** 2);
  const { point } = atOnce(nelderMead(inPieces(of), Float64Array.of(5), { tolerance: 1e-14 }));
  expect(point[0]).toBeCloseTo(2, 5);
});

test('stops after so many steps, with the lowest point seen', () => {
  let looks = 0;
  let least = Number.POSITIVE_INFINITY;
  const of = ([x, y]: Float64Array) => {
    looks += 1;
    const value = x! ** 2 + y! ** 2;
    least = Math.min(least, value);
    return value;
  };
  const { value } = atOnce(nelderMead(inPieces(of), Float64Array.of(50, 30), { most: 5 }));
  expect(looks).toBeLessThan(3 + 5 * 4);
  expect(value).toBe(least);
});
