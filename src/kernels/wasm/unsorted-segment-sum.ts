import type { KernelFunc, TensorInfo } from '@tensorflow/tfjs-core';
import { loopUnsortedSegmentSum } from '../composed/unsorted-segment-sum.js';
import { kernelFunction, makeZeros, onlyOutput } from '../kernel-call.js';
import { rowSizeOfSegments } from '../segment-shape.js';
import type { RoutinesOf } from './module/kernel-module.js';
import { placeOf, type WasmMemoryBackend } from './module/wasm-memory.js';

/** The gradient of a table's look-up: rows added where their ids point. */
export function wasmUnsortedSegmentSum(routinesOf: RoutinesOf): KernelFunc {
  const other = loopUnsortedSegmentSum();
  return kernelFunction<{ x: TensorInfo; segmentIds: TensorInfo }, { numSegments: number }, WasmMemoryBackend>(
    (call) => {
      const { inputs, attrs, backend } = call;
      const { x, segmentIds } = inputs;
      if (x.dtype !== 'float32' || segmentIds.dtype !== 'int32') return onlyOutput(other(call));
      const rowSize = rowSizeOfSegments(x, segmentIds);
      const sums = makeZeros(backend, [attrs.numSegments, ...x.shape.slice(1)]);
      const [values, ids, totals] = [x, segmentIds, sums].map((tensor) => placeOf(backend, tensor));
      routinesOf(backend).addRows(values, ids, totals, segmentIds.shape[0], rowSize, attrs.numSegments);
      return sums;
    },
  );
}
