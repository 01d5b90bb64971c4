import { type KernelFunc, type TensorInfo, util } from '@tensorflow/tfjs-core';
import { type CpuBackend, kernelFunction, onlyOutput } from '../kernel-call.js';
import { addRowsToSegments } from '../loops/segment-sum.js';
import { rowSizeOfSegments } from '../segment-shape.js';

/**
 * The gradient of a table's look-up, in one pass over the rows.
 *
 * The stock kernel visits all rows once for each segment, with five temporary tensors a visit: minutes a step for a
 * catalogue. What is not a float table with one id a row stays the stock kernel's.
 */
export function loopUnsortedSegmentSum(stock: KernelFunc): KernelFunc {
  return kernelFunction<{ x: TensorInfo; segmentIds: TensorInfo }, { numSegments: number }, CpuBackend>((call) => {
    const { inputs, attrs, backend } = call;
    const { x, segmentIds } = inputs;
    if (x.dtype !== 'float32' || segmentIds.shape.length !== 1) return onlyOutput(stock(call));
    const rowSize = rowSizeOfSegments(x, segmentIds);
    const shape = [attrs.numSegments, ...x.shape.slice(1)];
    const sums = new Float32Array(util.sizeFromShape(shape));
    addRowsToSegments(backend.readSync(x.dataId), backend.readSync(segmentIds.dataId), sums, rowSize);
    return backend.makeTensorInfo(shape, 'float32', sums);
  });
}
