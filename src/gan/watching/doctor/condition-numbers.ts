import { mean, standardError } from '../../../statistics/moments.js';
import type { ConditionNumbers } from './examination.js';

/** Rows of numbers, one after another. */
export interface Rows {
  readonly values: Float32Array;
  readonly count: number;
}

/**
 * Measures how far real samples follow their conditions, and whether generated ones follow them the same way.
 *
 *     share      = mean over i of <r_i, r_j> / mean over i of <r_i, r_i>
 *     reproduced = mean over i of <f_i, r_i + r_j - f_j> / mean over i of <r_i, r_j>
 *
 * Here r_i is a real sample and f_i a generated one with the same condition, both with the mean of their kind taken away,
 * and j is the row whose condition is nearest to that of row i. Two samples have nothing in common but their condition, so
 * products estimate variances and covariances of E[r | c] and E[f | c], and
 *
 *     reproduced = 1 - E |E[f | c] - E[r | c]|^2 / E |E[r | c]|^2
 *
 * It is 1 where generated samples follow as real ones do, 0 where they follow nothing, and below 0 where they follow the
 * condition in another way. No classes are needed: conditions may be any vectors.
 *
 * @param real - `[N, D]`. @param fake - `[N, D]`, row by row for the same conditions. @param conditions - `[N, C]`.
 */
export function conditionNumbers(real: Rows, fake: Rows, conditions: Rows): ConditionNumbers {
  const reals = centred(real);
  const fakes = centred(fake);
  const total = Float64Array.from(reals, (row) => dot(row, row));
  const shared = new Float64Array(real.count);
  const follows = new Float64Array(real.count);
  reals.forEach((row, index) => {
    const twin = nearestTo(index, conditions);
    shared[index] = dot(row, reals[twin]!);
    const drawn = fakes[index]!;
    follows[index] = dot(drawn, row) + dot(drawn, reals[twin]!) - dot(drawn, fakes[twin]!);
  });
  const between = mean(shared);
  return {
    share: between / mean(total),
    // A pair is often counted from both sides: half as many are independent.
    shareError: (Math.SQRT2 * standardError(shared)) / mean(total),
    reproduced: mean(follows) / between,
    reproducedError: (Math.SQRT2 * standardError(follows)) / between,
  };
}

function centred({ values, count }: Rows): Float64Array[] {
  const length = values.length / count;
  const middle = new Float64Array(length);
  for (let index = 0; index < values.length; index += 1) middle[index % length]! += values[index]! / count;
  return Array.from({ length: count }, (_, row) =>
    Float64Array.from(middle, (centre, column) => values[row * length + column]! - centre),
  );
}

// Begins behind the row itself, so that of many equal conditions each row takes another one.
function nearestTo(row: number, { values, count }: Rows): number {
  const length = values.length / count;
  let nearest = row;
  let least = Number.POSITIVE_INFINITY;
  for (let by = 1; by < count; by += 1) {
    const other = (row + by) % count;
    let distance = 0;
    for (let column = 0; column < length; column += 1) {
      distance += (values[row * length + column]! - values[other * length + column]!) ** 2;
    }
    if (distance < least) [nearest, least] = [other, distance];
    if (distance === 0) break;
  }
  return nearest;
}

function dot(a: Float64Array, b: Float64Array): number {
  let total = 0;
  for (let index = 0; index < a.length; index += 1) total += a[index]! * b[index]!;
  return total;
}
