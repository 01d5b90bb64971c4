import type { NumericArray } from '../../../data/array-data.js';

/** Samples and their classes in the memory of the host. */
export interface LabelledRows {
  readonly values: NumericArray;
  readonly shape: readonly number[];
  readonly labels: Int32Array;
}

/** Copies rows, as float32. */
export function takeRows({ values, shape, labels }: LabelledRows, rows: Uint32Array) {
  const size = values.length / shape[0]!;
  const taken = new Float32Array(rows.length * size);
  rows.forEach((row, place) => {
    taken.set(values.subarray(row * size, (row + 1) * size), place * size);
  });
  return {
    values: taken,
    shape: [rows.length, ...shape.slice(1)],
    labels: Int32Array.from(rows, (row) => labels[row]!),
  };
}
