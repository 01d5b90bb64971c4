import { addTile } from './panels.js';

/**
 * Solves `matrix * x = right` for a symmetric positive definite matrix, in place: the matrix becomes its Cholesky factor
 * L, with `L * transpose(L) = matrix`, and `right` becomes x.
 *
 * @param matrix - `[S, S]` in panels of 4 rows, tiles on and below the diagonal, as `addOuterProducts` describes; S a
 *   multiple of 4.
 * @param right - `[S]`.
 * @returns Whether the matrix is positive definite, as far as double precision can tell; if not, `right` is of no use.
 * @see Golub and Van Loan, "Matrix Computations" (2013), section 4.2
 */
export function solvePositiveDefinite(matrix: Float64Array, right: Float64Array): boolean {
  const size = right.length;
  for (let column = 0; column < size; column += 4) {
    const diagonal = 4 * column;
    for (let row = column; row < size; row += 4) {
      addTile(matrix, row * size + diagonal, -1, matrix, row * size, matrix, column * size, column);
    }
    if (!factorTile(matrix, column * size + diagonal)) return false;
    for (let row = column + 4; row < size; row += 4) {
      divideTile(matrix, row * size + diagonal, column * size + diagonal);
    }
  }
  solveForward(matrix, right);
  solveBackward(matrix, right);
  return true;
}

// The Cholesky factor of one 4 x 4 tile; element (r, c) at place + 4 c + r.
function factorTile(matrix: Float64Array, place: number): boolean {
  for (let column = 0; column < 4; column += 1) {
    for (let row = column; row < 4; row += 1) {
      let sum = matrix[place + 4 * column + row]!;
      for (let k = 0; k < column; k += 1) sum -= matrix[place + 4 * k + row]! * matrix[place + 4 * k + column]!;
      if (row > column) matrix[place + 4 * column + row] = sum / matrix[place + 5 * column]!;
      else if (sum > 0 && sum < Number.POSITIVE_INFINITY) matrix[place + 5 * column] = Math.sqrt(sum);
      else return false;
    }
  }
  return true;
}

// tile := tile * inverse(transpose(L)), L the factored tile at `diagonal`.
function divideTile(matrix: Float64Array, place: number, diagonal: number): void {
  for (let column = 0; column < 4; column += 1) {
    const inverse = 1 / matrix[diagonal + 5 * column]!;
    for (let row = 0; row < 4; row += 1) {
      let sum = matrix[place + 4 * column + row]!;
      for (let k = 0; k < column; k += 1) sum -= matrix[place + 4 * k + row]! * matrix[diagonal + 4 * k + column]!;
      matrix[place + 4 * column + row] = sum * inverse;
    }
  }
}

// right := inverse(L) * right
function solveForward(matrix: Float64Array, right: Float64Array): void {
  const size = right.length;
  for (let row = 0; row < size; row += 1) {
    const place = (row & ~3) * size + (row & 3);
    let sum = right[row]!;
    for (let k = 0; k < row; k += 1) sum -= matrix[place + 4 * k]! * right[k]!;
    right[row] = sum / matrix[place + 4 * row]!;
  }
}

// right := inverse(transpose(L)) * right, by columns of transpose(L), which are rows of L.
function solveBackward(matrix: Float64Array, right: Float64Array): void {
  const size = right.length;
  for (let row = size - 1; row >= 0; row -= 1) {
    const place = (row & ~3) * size + (row & 3);
    const solved = right[row]! / matrix[place + 4 * row]!;
    right[row] = solved;
    for (let k = 0; k < row; k += 1) right[k]! -= solved * matrix[place + 4 * k]!;
  }
}
