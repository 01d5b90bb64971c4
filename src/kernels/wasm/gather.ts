import { backend_util, type KernelFunc, type TensorInfo, util } from '@tensorflow/tfjs-core';
import { kernelFunction, onlyOutput } from '../kernel-call.js';
import type { RoutinesOf } from './module/kernel-module.js';
import { placeOf, type WasmMemoryBackend } from './module/wasm-memory.js';

type Attributes = { axis: number; batchDims: number };

/**
 * A table's look-up, row by row where the stock kernel copies number by number, batched or not.
 *
 * Batched, the stock kernel takes wrong rows from the second table on (4.22). It keeps types of other sizes.
 */
export function wasmGather(routinesOf: RoutinesOf, stock: KernelFunc): KernelFunc {
  return kernelFunction<{ x: TensorInfo; indices: TensorInfo }, Attributes, WasmMemoryBackend>((call) => {
    const { inputs, attrs, backend } = call;
    const { x, indices } = inputs;
    const isFourBytes = x.dtype === 'float32' || x.dtype === 'int32';
    if (!isFourBytes || indices.dtype !== 'int32') return onlyOutput(stock(call));
    const [axis] = util.parseAxisParam(attrs.axis, x.shape);
    requireInside(backend, indices, x.shape[axis]);
    const gathered = backend_util.segment_util.collectGatherOpShapeInfo(x, indices, axis, attrs.batchDims);
    const { batchSize, outerSize, dimSize, sliceSize, outputShape } = gathered;
    const output = backend.makeOutput(outputShape, x.dtype);
    const [tables, ids, taken] = [x, indices, output].map((tensor) => placeOf(backend, tensor));
    const count = util.sizeFromShape(indices.shape) / batchSize;
    const routines = routinesOf(backend);
    for (let batch = 0; batch < batchSize; batch += 1) {
      const table = tables + 4 * batch * outerSize * dimSize * sliceSize;
      const to = taken + 4 * batch * outerSize * count * sliceSize;
      routines.takeRows(table, outerSize, dimSize, sliceSize, ids + 4 * batch * count, count, to);
    }
    return output;
  });
}

/** Refuses what would read outside of the table, in tfjs's words. */
function requireInside(backend: WasmMemoryBackend, indices: TensorInfo, rows: number): void {
  for (const index of backend.typedArrayFromHeap(indices)) {
    util.assert(index >= 0 && index < rows, () => `GatherV2: the index value ${index} is not in [0, ${rows - 1}]`);
  }
}
