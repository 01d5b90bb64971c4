/**
 * Adds to a tile of 4 x 4 numbers the products of two panels. A panel is 4 rows of a matrix, side by side: number `k` of
 * row `r` is at `4 * k + r` from the panel's start. The tile is a part of such a panel: 16 numbers that follow each other.
 *
 *     target[place + 4 c + r] += sign * sum over k < count of left[4 k + r] * right[4 k + c]
 *
 * The innermost loop of everything here: sixteen sums in registers for eight loads, in double precision, since the
 * conversion of each float32 would cost as much as a multiplication.
 */
export function addTile(
  target: Float64Array,
  place: number,
  sign: number,
  left: Float64Array,
  leftPlace: number,
  right: Float64Array,
  rightPlace: number,
  count: number,
): void {
  let [s00, s10, s20, s30, s01, s11, s21, s31] = [0, 0, 0, 0, 0, 0, 0, 0];
  let [s02, s12, s22, s32, s03, s13, s23, s33] = [0, 0, 0, 0, 0, 0, 0, 0];
  for (let a = leftPlace, b = rightPlace, end = leftPlace + 4 * count; a < end; a += 4, b += 4) {
    const x0 = left[a]!;
    const x1 = left[a + 1]!;
    const x2 = left[a + 2]!;
    const x3 = left[a + 3]!;
    const y0 = right[b]!;
    const y1 = right[b + 1]!;
    const y2 = right[b + 2]!;
    const y3 = right[b + 3]!;
    s00 += x0 * y0;
    s10 += x1 * y0;
    s20 += x2 * y0;
    s30 += x3 * y0;
    s01 += x0 * y1;
    s11 += x1 * y1;
    s21 += x2 * y1;
    s31 += x3 * y1;
    s02 += x0 * y2;
    s12 += x1 * y2;
    s22 += x2 * y2;
    s32 += x3 * y2;
    s03 += x0 * y3;
    s13 += x1 * y3;
    s23 += x2 * y3;
    s33 += x3 * y3;
  }
  addColumn(target, place, sign, s00, s10, s20, s30);
  addColumn(target, place + 4, sign, s01, s11, s21, s31);
  addColumn(target, place + 8, sign, s02, s12, s22, s32);
  addColumn(target, place + 12, sign, s03, s13, s23, s33);
}

function addColumn(target: Float64Array, at: number, sign: number, a: number, b: number, c: number, d: number): void {
  target[at]! += sign * a;
  target[at + 1]! += sign * b;
  target[at + 2]! += sign * c;
  target[at + 3]! += sign * d;
}

/** Puts a vector into a panel of four: component k of vector r at 4 k + r. */
export function packRow(panel: Float64Array, place: number, source: Float32Array, from: number, size: number): void {
  for (let k = 0; k < size; k += 1) panel[4 * k + place] = source[from + k]!;
}

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
