import type { NumericArray } from '../../../data/array-data.js';
import { refuse, requireIndices } from '../../../internal/require.js';

/** Samples and their classes in the memory of the host. */
export interface LabelledRows {
  readonly values: NumericArray;
  readonly shape: readonly number[];
  readonly labels: Int32Array;
}

/** Refuses what is no list of whole numbers >= 0, below `classes` if that is given. */
export function requireLabels(where: string, name: string, labels: unknown, classes?: number): void {
  if (typeof labels !== 'object' || labels === null || !Number.isSafeInteger((labels as ArrayLike<number>).length)) {
    refuse(where, name, 'be a list of class numbers', labels);
  }
  requireIndices(where, name, labels as ArrayLike<unknown>, classes ?? 2 ** 31);
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
