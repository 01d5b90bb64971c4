import { add, matMul, maximum, mul, sqrt, square, sub, sum, type Tensor2D, tidy } from '@tensorflow/tfjs-core';

/** Distances between the rows of two matrices, on the host. */
export interface DistanceTable {
  /** `[rows * columns]`. */
  readonly values: Float32Array;
  readonly rows: number;
  readonly columns: number;
}

/**
 * Euclidean distances between the rows of `[N, D]` and `[M, D]`, by one product of matrices. Float32 loses small
 * distances between rows that lie far from 0, so centre them first.
 */
export async function distanceTable(from: Tensor2D, to: Tensor2D): Promise<DistanceTable> {
  const distances = tidy(() => {
    const lengths = add(sum(square(from), 1, true), sum(square(to), 1));
    return sqrt(maximum(sub(lengths, mul(2, matMul(from, to, false, true))), 0));
  });
  try {
    const values = await distances.data<'float32'>();
    return { values: Float32Array.from(values), rows: from.shape[0], columns: to.shape[0] };
  } finally {
    distances.dispose();
  }
}

/** Mean of all distances; between the rows of one matrix, those of rows to themselves left out. */
export function meanDistance({ values, rows, columns }: DistanceTable, within: boolean): number {
  let total = 0;
  for (let index = 0; index < values.length; index += 1) {
    if (!within || index % (columns + 1) !== 0) total += values[index]!;
  }
  return total / (values.length - (within ? rows : 0));
}

/** Distance of each row to the nearest other one. */
export function nearestDistances({ values, rows, columns }: DistanceTable, within: boolean): Float32Array {
  return Float32Array.from({ length: rows }, (_, row) => {
    let nearest = Number.POSITIVE_INFINITY;
    for (let column = 0; column < columns; column += 1) {
      if (within && column === row) continue;
      nearest = Math.min(nearest, values[row * columns + column]!);
    }
    return nearest;
  });
}
