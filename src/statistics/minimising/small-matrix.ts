/** The inverse of a symmetric matrix `[size, size]` of a few rows; nothing where it is not positive definite. */
export function invertSmall(matrix: Float64Array, size: number): Float64Array | undefined {
  const left = matrix.slice();
  const inverse = new Float64Array(size * size);
  for (let row = 0; row < size; row += 1) inverse[row * size + row] = 1;
  for (let pivot = 0; pivot < size; pivot += 1) {
    const divisor = left[pivot * (size + 1)]!;
    // What elimination leaves on the diagonal is positive just where the matrix is positive definite.
    if (!(divisor > 1e-12 * Math.abs(matrix[pivot * (size + 1)]!)) || !Number.isFinite(divisor)) return undefined;
    for (let row = 0; row < size; row += 1) {
      if (row === pivot) continue;
      const factor = left[row * size + pivot]! / divisor;
      for (let column = 0; column < size; column += 1) {
        left[row * size + column]! -= factor * left[pivot * size + column]!;
        inverse[row * size + column]! -= factor * inverse[pivot * size + column]!;
      }
    }
    for (let column = 0; column < size; column += 1) {
      left[pivot * size + column]! /= divisor;
      inverse[pivot * size + column]! /= divisor;
    }
  }
  return inverse;
}
