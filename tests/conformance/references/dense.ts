import { matMulReference, sumReference } from '../../kernels/suites/references.js';
import { combine, type Doubles, map } from './doubles.js';

/** Products of matrices, or of batches of them; a batch of one goes with any other. */
export function matMul(a: Doubles, b: Doubles, transposeA = false, transposeB = false): Doubles {
  const [rows, inner] = swapped(a.shape.slice(-2), transposeA);
  const columns = swapped(b.shape.slice(-2), transposeB)[1];
  const [lefts, rights] = [matrices(a), matrices(b)];
  const count = Math.max(lefts.length, rights.length);
  const values = new Float64Array(count * rows * columns);
  for (let index = 0; index < count; index += 1) {
    const [left, right] = [lefts[index % lefts.length], rights[index % rights.length]];
    const product = matMulReference(left, right, [rows, inner, columns], { transposeA, transposeB });
    values.set(product, index * rows * columns);
  }
  return { shape: [...(a.shape.length > 2 ? [count] : []), rows, columns], values };
}

export function sum({ shape, values }: Doubles, axes: readonly number[]): Doubles {
  const kept = shape.filter((_, axis) => !axes.includes(axis));
  return { shape: kept, values: sumReference(values, [...shape], [...axes]) };
}

export function mean(x: Doubles, axes: readonly number[]): Doubles {
  const count = axes.reduce((product, axis) => product * x.shape[axis], 1);
  return map(sum(x, axes), (total) => total / count);
}

/** x W + b. */
export function dense(x: Doubles, weights: Doubles, bias: Doubles): Doubles {
  return combine(matMul(x, weights), bias, (product, offset) => product + offset);
}

function swapped([rows, columns]: readonly number[], transposed: boolean): [number, number] {
  return transposed ? [columns, rows] : [rows, columns];
}

function matrices({ shape, values }: Doubles): Float64Array[] {
  const size = shape.at(-1)! * shape.at(-2)!;
  return Array.from({ length: values.length / size }, (_, index) => values.subarray(index * size, (index + 1) * size));
}
