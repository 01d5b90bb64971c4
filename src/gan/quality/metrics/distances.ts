import type { Rows } from '../features/read-rows.js';
import { meanOf } from './moments.js';

/** Two sets of rows about one origin, near which single precision tells distances best. */
export interface CentredPair {
  readonly left: Rows;
  readonly right: Rows;
  /** Squared lengths of the rows. */
  readonly leftSquares: Float64Array;
  readonly rightSquares: Float64Array;
}

/** Moves both sets so that the mean of the right one is the origin. */
export function centredPair(left: Rows, right: Rows): CentredPair {
  const origin = meanOf(right);
  const [movedLeft, movedRight] = [centred(left, origin), centred(right, origin)];
  return { left: movedLeft, right: movedRight, leftSquares: squaresOf(movedLeft), rightSquares: squaresOf(movedRight) };
}

/**
 * How far a squared distance from products of single precision is off at most, as a share of the sum of the two squared
 * lengths: each of `size` additions may round, and so may each coordinate when it is moved.
 */
export function roundingShare(size: number): number {
  return (size + 16) * 2 ** -23;
}

/** A squared distance in double precision. */
export function exactDistance(left: Rows, row: number, right: Rows, column: number): number {
  const { size } = left;
  const [from, to] = [row * size, column * size];
  let sum = 0;
  for (let at = 0; at < size; at += 1) {
    const gap = left.values[from + at]! - right.values[to + at]!;
    sum += gap * gap;
  }
  return sum;
}

function centred({ values, count, size }: Rows, origin: Float64Array): Rows {
  const moved = new Float32Array(values.length);
  for (let start = 0; start < values.length; start += size) {
    for (let column = 0; column < size; column += 1) moved[start + column] = values[start + column]! - origin[column]!;
  }
  return { values: moved, count, size };
}

function squaresOf({ values, count, size }: Rows): Float64Array {
  const squares = new Float64Array(count);
  for (let index = 0; index < values.length; index += 1) squares[Math.floor(index / size)]! += values[index]! ** 2;
  return squares;
}
