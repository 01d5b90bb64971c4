import type { KernelFunc, TensorInfo } from '@tensorflow/tfjs-core';
import { kernelFunction, makeZeros, type WasmBackend } from '../kernel-call.js';
import { addRowsToSegments } from '../loops/segment-sum.js';
import { rowSizeOfSegments } from '../segment-shape.js';

/** The gradient of a table's look-up: one pass over the rows, in the backend's own memory. */
export function loopUnsortedSegmentSum(): KernelFunc {
  return kernelFunction<{ x: TensorInfo; segmentIds: TensorInfo }, { numSegments: number }, WasmBackend>((call) => {
    const { x, segmentIds } = call.inputs;
    const rowSize = rowSizeOfSegments(x, segmentIds);
    const dtype = x.dtype === 'float32' ? 'float32' : 'int32';
    const sums = makeZeros(call.backend, [call.attrs.numSegments, ...x.shape.slice(1)], dtype);
    const [values, ids, totals] = [x, segmentIds, sums].map((tensor) => call.backend.typedArrayFromHeap(tensor));
    addRowsToSegments(values, ids, totals, rowSize);
    return sums;
  });
}
