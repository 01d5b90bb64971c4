import { add, div, matMul, norm, reshape, type Tensor, type Tensor2D, transpose } from '@tensorflow/tfjs-core';

/** Where a matrix `[rows, columns]` stretches most, as far as it is known: two unit vectors. */
export interface SingularVectors {
  /** `[1, rows]`. */
  readonly left: Tensor2D;
  /** `[1, columns]`. */
  readonly right: Tensor2D;
}

/**
 * Power iteration: from any right vector towards the singular vectors of the largest singular value.
 *
 *     left = unit(M right), right = unit(M^T left), over and over
 *
 * @param iterations - 0 gives the left vector of `right` as it is.
 */
export function powerIteration(matrix: Tensor2D, right: Tensor, iterations: number): SingularVectors {
  let vectors = towards(matrix, unit(reshape(right, [1, -1])));
  for (let done = 0; done < iterations; done += 1) {
    if (done > 0) vectors = towards(matrix, vectors.right);
    vectors = { left: vectors.left, right: unit(matMul(vectors.left, matrix)) };
  }
  return vectors;
}

/** A kernel `[…, in, out]`, or `[…, out, in]`, as a matrix with a column for each output. */
export function asMatrix(kernel: Tensor, outputsBeforeInputs: boolean): Tensor2D {
  const ordered = outputsBeforeInputs ? swapLast(kernel) : kernel;
  return reshape(ordered, [-1, ordered.shape.at(-1)!]);
}

/** The inverse of {@link asMatrix}, for a kernel of the given shape. */
export function asKernel(matrix: Tensor2D, shape: readonly number[], outputsBeforeInputs: boolean): Tensor {
  if (!outputsBeforeInputs) return reshape(matrix, [...shape]);
  const [outputs, inputs] = shape.slice(-2) as [number, number];
  return swapLast(reshape(matrix, [...shape.slice(0, -2), inputs, outputs]));
}

function towards(matrix: Tensor2D, right: Tensor2D): SingularVectors {
  const image = matMul(matrix, reshape(right, [-1, 1]));
  return { left: unit(reshape(image, [1, -1])), right };
}

// Of zeros zeros, and not NaN.
function unit<T extends Tensor>(x: T): T {
  return div(x, add(norm(x), 1e-12));
}

function swapLast(x: Tensor): Tensor {
  const axes = x.shape.map((_, axis) => axis);
  return transpose(x, [...axes.slice(0, -2), axes.at(-1)!, axes.at(-2)!]);
}
