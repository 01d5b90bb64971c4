import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { WasmBackend } from '../kernel-call.js';

/** A new output of zeros: memory of the wasm backend comes as it was left. */
export function makeZeros(backend: WasmBackend, shape: number[], dtype: 'float32' | 'int32' = 'float32'): TensorInfo {
  const zeros = backend.makeOutput(shape, dtype);
  backend.typedArrayFromHeap(zeros).fill(0);
  return zeros;
}
