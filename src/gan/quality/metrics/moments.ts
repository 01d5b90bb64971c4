import type { Rng } from '../../../random/rng.js';
import type { Rows } from '../features/read-rows.js';

/** Number of rows, their mean and their covariance `[D, D]`, in double precision. */
export interface Moments {
  readonly count: number;
  readonly mean: Float64Array;
  readonly covariance: Float64Array;
}

/** Sums over some rows, less an origin, which keeps them small. */
interface Sums {
  count: number;
  readonly first: Float64Array;
  readonly second: Float64Array;
}

/** The moments of all rows, and those of all but one of some groups, into which the rows fall at random. */
export function groupMoments(rows: Rows, groups: number, rng: Rng): { whole: Moments; without: () => Moments[] } {
  const origin = meanOf(rows);
  const places = rng.permutation(rows.count);
  const parts = Array.from({ length: Math.max(1, groups) }, () => emptySums(rows.size));
  for (let row = 0; row < rows.count; row += 1) addRow(parts[places[row]! % parts.length]!, rows, row, origin);
  const total = emptySums(rows.size);
  for (const part of parts) add(total, part, 1);
  return {
    whole: momentsOf(total, origin),
    without: () =>
      parts.map((part) => {
        const rest = emptySums(rows.size);
        add(rest, total, 1);
        add(rest, part, -1);
        return momentsOf(rest, origin);
      }),
  };
}

/** The mean of rows. */
export function meanOf({ values, count, size }: Rows): Float64Array {
  const mean = new Float64Array(size);
  for (let at = 0; at < values.length; at += size) {
    for (let column = 0; column < size; column += 1) mean[column]! += values[at + column]!;
  }
  return mean.map((sum) => sum / count);
}

function emptySums(size: number): Sums {
  return { count: 0, first: new Float64Array(size), second: new Float64Array(size * size) };
}

// Of the second moments the lower triangle alone.
function addRow(sums: Sums, { values, size }: Rows, row: number, origin: Float64Array): void {
  const { first, second } = sums;
  const centred = new Float64Array(size);
  for (let column = 0; column < size; column += 1) centred[column] = values[row * size + column]! - origin[column]!;
  for (let column = 0; column < size; column += 1) {
    const value = centred[column]!;
    first[column]! += value;
    const start = column * size;
    for (let other = 0; other <= column; other += 1) second[start + other]! += value * centred[other]!;
  }
  sums.count += 1;
}

function add(target: Sums, source: Sums, sign: number): void {
  target.count += sign * source.count;
  for (let index = 0; index < source.first.length; index += 1) target.first[index]! += sign * source.first[index]!;
  for (let index = 0; index < source.second.length; index += 1) target.second[index]! += sign * source.second[index]!;
}

function momentsOf({ count, first, second }: Sums, origin: Float64Array): Moments {
  const size = first.length;
  const covariance = new Float64Array(size * size);
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column <= row; column += 1) {
      const value = (second[row * size + column]! - (first[row]! * first[column]!) / count) / (count - 1);
      covariance[row * size + column] = value;
      covariance[column * size + row] = value;
    }
  }
  return { count, mean: first.map((sum, column) => origin[column]! + sum / count), covariance };
}
