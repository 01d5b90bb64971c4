import { avgPool, engine, mul, type Tensor, type Tensor4D, tensor, zeros } from '@tensorflow/tfjs-core';
import { linearMap } from '../linear-map.js';
import { repeatPixels } from './upsample.js';

/** The windows of a pooling. */
export interface PoolWindow {
  /** Height and width of a window. */
  readonly size: readonly [number, number];
  /** Rows and columns from one window to the next. */
  readonly strides: readonly [number, number];
  /** `'valid'`: windows that reach over the edge are left out; `'same'`: they average what is inside. */
  readonly padding: 'valid' | 'same';
}

/** The means of windows of `[B, H, W, C]`, differentiable any number of times. */
export function averagePool(x: Tensor, window: PoolWindow): Tensor {
  const { size, strides, padding } = window;
  const shape = x.shape;
  return linearMap(
    x,
    (input) => avgPool(input as Tensor4D, [...size], [...strides], padding),
    (upstream) => spread(upstream, shape, window),
  );
}

// Gives each mean back to the elements it was taken of. tfjs's kernel divides by the size of the whole window, also at the
// edges, where fewer elements were averaged.
function spread(upstream: Tensor, shape: number[], window: PoolWindow): Tensor {
  const { size, strides, padding } = window;
  const sideBySide = size.every((length, axis) => length === strides[axis] && shape[axis + 1]! % length === 0);
  if (sideBySide) return mul(repeatPixels(upstream, size), 1 / (size[0] * size[1]));
  const dy = padding === 'valid' ? upstream : mul(upstream, edgeScale(shape, window));
  const attributes = { filterSize: [...size], strides: [...strides], pad: padding };
  return engine().runKernel('AvgPoolGrad', { dy, input: zeros(shape) }, attributes) as Tensor;
}

// Size of a whole window over the number of its elements that lie inside, [1, rows, columns, 1].
function edgeScale(shape: number[], { size, strides }: PoolWindow): Tensor {
  const rows = countInside(shape[1]!, size[0], strides[0]);
  const columns = countInside(shape[2]!, size[1], strides[1]);
  const scales = rows.flatMap((row) => columns.map((column) => (size[0] * size[1]) / (row * column)));
  return tensor(scales, [1, rows.length, columns.length, 1]);
}

// For each window of a 'same' pooling along one axis, how many of its elements lie inside.
function countInside(length: number, size: number, stride: number): number[] {
  const windows = Math.ceil(length / stride);
  const before = Math.floor(Math.max((windows - 1) * stride + size - length, 0) / 2);
  return Array.from({ length: windows }, (_, index) => {
    const start = index * stride - before;
    return Math.min(start + size, length) - Math.max(start, 0);
  });
}
