import type { Rng } from '../../../random/rng.js';

/** `count` vectors of length 1 in random directions, row-major. */
export function unitVectors(rng: Rng, count: number, size: number): Float32Array {
  const vectors = new Float32Array(count * size);
  for (let at = 0; at < vectors.length; at += 1) vectors[at] = rng.normal();
  for (let row = 0; row < count; row += 1) scaleTo(vectors.subarray(row * size, (row + 1) * size), 1);
  return vectors;
}

/** Stretches a vector in place to the given length. */
export function scaleTo(vector: Float32Array, length: number): void {
  let squares = 0;
  for (const value of vector) squares += value * value;
  const factor = squares === 0 ? 0 : length / Math.sqrt(squares);
  for (let at = 0; at < vector.length; at += 1) vector[at]! *= factor;
}

/** Adds `factor * rows[row]` to a vector in place. */
export function addRow(vector: Float32Array, rows: Float32Array, row: number, factor: number): void {
  const start = row * vector.length;
  for (let at = 0; at < vector.length; at += 1) vector[at]! += factor * rows[start + at]!;
}

/** Dot product of row `left` of `lefts` and row `right` of `rights`, both of rows of `size` numbers. */
export function dotRows(lefts: Float32Array, left: number, rights: Float32Array, right: number, size: number): number {
  let sum = 0;
  const from = left * size;
  const other = right * size;
  for (let at = 0; at < size; at += 1) sum += lefts[from + at]! * rights[other + at]!;
  return sum;
}

/** Fills `out[i]` with the dot product of row `left` of `lefts` and every row `i` of `rights`, four columns at a time. */
export function dotAllRows(
  lefts: Float32Array,
  left: number,
  rights: Float32Array,
  size: number,
  out: Float64Array,
): Float64Array {
  const row = Float64Array.from(lefts.subarray(left * size, (left + 1) * size));
  out.fill(0);
  let column = 0;
  for (; column + 4 <= size; column += 4) {
    const [a, b, c, d] = [row[column]!, row[column + 1]!, row[column + 2]!, row[column + 3]!];
    for (let other = 0, at = column; other < out.length; other += 1, at += size) {
      out[other]! += a * rights[at]! + b * rights[at + 1]! + c * rights[at + 2]! + d * rights[at + 3]!;
    }
  }
  for (; column < size; column += 1) {
    for (let other = 0, at = column; other < out.length; other += 1, at += size)
      out[other]! += row[column]! * rights[at]!;
  }
  return out;
}
