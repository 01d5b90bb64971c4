import { type ArrayData, createRng } from 'minimart';

/** Standard normal rows. */
export function normalRows(count: number, size: number, seed: number): ArrayData {
  return { values: createRng(seed).fillNormal(new Float32Array(count * size)), shape: [count, size] };
}

/** Rows of whole numbers from 0 to `below` - 1, among which many distances are equal. */
export function gridRows(count: number, size: number, below: number, seed: number): ArrayData {
  const rng = createRng(seed);
  return { values: Float32Array.from({ length: count * size }, () => rng.integer(below)), shape: [count, size] };
}

/** Rows as arrays, for arithmetic in tests. */
export function listRows({ values, shape }: ArrayData): number[][] {
  const size = values.length / shape[0]!;
  return Array.from({ length: shape[0]! }, (_, row) => Array.from(values.subarray(row * size, (row + 1) * size)));
}

/** Rows from arrays. */
export function rowsOf(rows: readonly (readonly number[])[]): ArrayData {
  return { values: Float64Array.from(rows.flat()), shape: [rows.length, rows[0]!.length] };
}

/** Distance of two rows. */
export function distanceOf(one: readonly number[], other: readonly number[]): number {
  return Math.sqrt(squareOf(one, other));
}

/** Squared distance of two rows. */
export function squareOf(one: readonly number[], other: readonly number[]): number {
  return one.reduce((sum, value, column) => sum + (value - other[column]!) ** 2, 0);
}

/** Product with a matrix of columns. */
export function times(row: readonly number[], matrix: readonly (readonly number[])[]): number[] {
  return matrix[0]!.map((_, column) => row.reduce((sum, value, index) => sum + value * matrix[index]![column]!, 0));
}
