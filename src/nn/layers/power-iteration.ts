import {
  add,
  div,
  matMul,
  reshape,
  sqrt,
  square,
  sum,
  type Tensor,
  type Tensor2D,
  transpose,
} from '@tensorflow/tfjs-core';

/**
 * Power iteration: from any right vector of a matrix towards the left one of its largest singular value.
 *
 *     left = unit(M right), and before that, as many times as `rounds`: left = unit(M right), right = unit(M^T left)
 *
 * @param matrix - `[rows, columns]`.
 * @param right - `[columns]`, of any length but 0.
 * @returns `[1, rows]`, a unit vector.
 */
export function leftVector(matrix: Tensor2D, right: Tensor, rounds: number): Tensor2D {
  let left = towards(matrix, reshape(right, [1, -1]));
  for (let done = 0; done < rounds; done += 1) left = towards(matrix, matMul(left, matrix));
  return left;
}

/** A kernel `[…, in, out]`, or `[…, out, in]`, as a matrix with a column for each output. */
export function asMatrix(kernel: Tensor, outputsBeforeInputs: boolean): Tensor2D {
  const axes = kernel.shape.map((_, axis) => axis);
  const swapped = [...axes.slice(0, -2), axes.at(-1)!, axes.at(-2)!];
  const ordered = outputsBeforeInputs ? transpose(kernel, swapped) : kernel;
  return reshape(ordered, [-1, ordered.shape.at(-1)!]);
}

/** The vector with length 1; of zeros zeros, and not NaN. */
export function unit<T extends Tensor>(x: T): T {
  return div(x, add(sqrt(sum(square(x))), 1e-12));
}

function towards(matrix: Tensor2D, right: Tensor2D): Tensor2D {
  return unit(matMul(right, matrix, false, true));
}
