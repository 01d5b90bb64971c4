import { concat, reverse, slice, type Tensor } from '@tensorflow/tfjs-core';

/**
 * `[B, H, W, C]` continued beyond its edges as in mirrors that stand on the outermost pixels, differentiable any number of
 * times.
 *
 * @param padding - Rows to add above and below, and columns left and right, each less than there are.
 */
export function reflectionPad(x: Tensor, [rows, columns]: readonly [number, number]): Tensor {
  return reflectAxis(reflectAxis(x, 1, rows), 2, columns);
}

function reflectAxis(x: Tensor, axis: number, margin: number): Tensor {
  if (margin === 0) return x;
  const before = reverse(part(x, axis, 1, margin), axis);
  const after = reverse(part(x, axis, x.shape[axis]! - 1 - margin, margin), axis);
  return concat([before, x, after], axis);
}

function part(x: Tensor, axis: number, start: number, count: number): Tensor {
  const begin = x.shape.map((_, index) => (index === axis ? start : 0));
  const size = x.shape.map((length, index) => (index === axis ? count : length));
  return slice(x, begin, size);
}
