/** The routines as plain loops, for hosts without SIMD instructions. */
export function plainDoubles(length: number): DoubleRoutines {
  const memory = new Float64Array(length);
  return {
    memory,
    multiply: (product) => multiply(memory, product),
    tridiagonalise: (form, from, to) => {
      for (let index = from - 1; index >= to; index -= 1) reduceRow(memory, form, index);
    },
  };
}

function multiply(memory: Float64Array, product: DoubleProduct): void {
  const { left, leftRow, leftStep, right, rightStep, rightColumn, output, outputRow, factor = 1 } = product;
  for (let row = 0; row < product.rows; row += 1) {
    const target = output + row * outputRow;
    for (let step = 0; step < product.depth; step += 1) {
      const value = factor * memory[left + row * leftRow + step * leftStep]!;
      let from = right + step * rightStep;
      for (let column = 0; column < product.columns; column += 1, from += rightColumn) {
        memory[target + column]! += value * memory[from]!;
      }
    }
  }
}

// One row of Householder's reduction A - q u' - u q', with q = A u / h - u (u' A u) / (2 h²).
function reduceRow(memory: Float64Array, { matrix, size, diagonal, beside, work }: Tridiagonal, index: number): void {
  const row = matrix + index * size;
  memory[diagonal + index] = memory[row + index]!;
  if (index === 0) return;
  const u = memory.subarray(row, row + index);
  const q = memory.subarray(work, work + index).fill(0);
  const alpha = u[index - 1]!;
  const square = u.reduce((sum, value) => sum + value * value, 0);
  const image = square === alpha * alpha ? alpha : (alpha > 0 ? -1 : 1) * Math.sqrt(square);
  memory[beside + index] = image;
  if (image === alpha) return;
  u[index - 1] = alpha - image;
  const h = square - alpha * image;
  for (let other = 0; other < index; other += 1) {
    const start = matrix + other * size;
    for (let column = 0; column < other; column += 1) {
      q[other]! += memory[start + column]! * u[column]!;
      q[column]! += memory[start + column]! * u[other]!;
    }
    q[other]! += memory[start + other]! * u[other]!;
  }
  const share = q.reduce((sum, value, at) => sum + value * u[at]!, 0) / (2 * h * h);
  for (let at = 0; at < index; at += 1) q[at] = q[at]! / h - share * u[at]!;
  for (let other = 0; other < index; other += 1) {
    const start = matrix + other * size;
    for (let column = 0; column <= other; column += 1) {
      memory[start + column]! -= q[other]! * u[column]! + u[other]! * q[column]!;
    }
  }
}

/** A product of matrices of doubles. Places and strides count numbers in the one memory of {@link DoubleRoutines}. */
export interface DoubleProduct {
  readonly left: number;
  readonly leftRow: number;
  readonly leftStep: number;
  readonly right: number;
  readonly rightStep: number;
  readonly rightColumn: number;
  readonly output: number;
  readonly outputRow: number;
  readonly rows: number;
  readonly depth: number;
  readonly columns: number;
  /** Default 1. */
  readonly factor?: number;
}

/** A symmetric matrix on its way to tridiagonal form; places count numbers. */
export interface Tridiagonal {
  /** `[size, size]`, of which the lower triangle counts. It is overwritten. */
  readonly matrix: number;
  readonly size: number;
  /** `[size]`: the diagonal of the form. */
  readonly diagonal: number;
  /** `[size]`: what stands beside it, from 1 on. */
  readonly beside: number;
  /** `[2 * size]`, zeros at first. */
  readonly work: number;
}

/** Linear algebra in double precision, in one memory of fixed length. */
export interface DoubleRoutines {
  readonly memory: Float64Array;
  /** Adds `factor * left [rows, depth] * right [depth, columns]` to `output [rows, columns]`; 128 rows at most. */
  multiply(product: DoubleProduct): void;
  /** Householder's reduction by rows `from - 1` down to `to`; a matrix starts with `from` its size and ends with `to` 0. */
  tridiagonalise(form: Tridiagonal, from: number, to: number): void;
}
