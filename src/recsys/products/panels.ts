import { addTile } from './add-tile.js';

/** `size` rounded up to whole panels. */
export function paddedSize(size: number): number {
  return 4 * Math.ceil(size / 4);
}

/**
 * Vectors of one size, packed for {@link addTile}: panel `p` holds components `4 p` to `4 p + 3` of every vector.
 * Components beyond the size are zero.
 */
export interface VectorBlock {
  /** How many vectors there is room for. */
  readonly capacity: number;
  readonly values: Float64Array;
}

export function createVectorBlock(size: number, capacity: number): VectorBlock {
  return { capacity, values: new Float64Array(paddedSize(size) * capacity) };
}

/** Puts `scale` times a vector of `size` numbers, which starts at `from` in `source`, at a place of the block. */
export function packVector(
  { capacity, values }: VectorBlock,
  place: number,
  source: Float32Array,
  from: number,
  size: number,
  scale: number,
): void {
  const whole = size & ~3;
  let to = 4 * place;
  let at = from;
  for (const end = from + whole; at < end; at += 4, to += 4 * capacity) {
    values[to] = scale * source[at]!;
    values[to + 1] = scale * source[at + 1]!;
    values[to + 2] = scale * source[at + 2]!;
    values[to + 3] = scale * source[at + 3]!;
  }
  for (let rest = 0; rest < size - whole; rest += 1) values[to + rest] = scale * source[at + rest]!;
}

/**
 * Adds the sum of the outer products of the first `count` vectors to a symmetric matrix.
 *
 *     matrix += sum over v < count of vector[v] * transpose(vector[v])
 *
 * @param matrix - `[S, S]`, S the padded size, in panels of 4 rows: element (i, j) is at `4 (S floor(i / 4) + j) + i % 4`.
 *   Only the tiles on and below the diagonal are kept.
 */
export function addOuterProducts(matrix: Float64Array, { capacity, values }: VectorBlock, count: number): void {
  const size = values.length / capacity;
  for (let row = 0; row < size; row += 4) {
    for (let column = 0; column <= row; column += 4) {
      const place = row * size + 4 * column;
      addTile(matrix, place, 1, values, row * capacity, values, column * capacity, count);
    }
  }
}
