import { meanOf, type Pause, type Rows } from '../features/read-rows.js';

/** Two sets of rows about one origin, near which single precision tells distances best. */
export interface CentredPair {
  readonly left: Rows;
  readonly right: Rows;
  /** Squared lengths of the rows. */
  readonly leftSquares: Float64Array;
  readonly rightSquares: Float64Array;
}

/** Moves both sets so that the mean of the right one is the origin. */
export async function centredPair(left: Rows, right: Rows, pause: Pause): Promise<CentredPair> {
  const origin = await meanOf(right, pause);
  const [one, other] = [await centred(left, origin, pause), await centred(right, origin, pause)];
  return { left: one.rows, right: other.rows, leftSquares: one.squares, rightSquares: other.squares };
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

async function centred({ values, count, size }: Rows, origin: Float64Array, pause: Pause) {
  const moved = new Float32Array(values.length);
  const squares = new Float64Array(count);
  for (let row = 0; row < count; row += 1) {
    let square = 0;
    for (let column = 0, at = row * size; column < size; column += 1, at += 1) {
      moved[at] = values[at]! - origin[column]!;
      square += moved[at]! ** 2;
    }
    squares[row] = square;
    if (row % 64 === 0) await pause();
  }
  return { rows: { values: moved, count, size }, squares };
}
