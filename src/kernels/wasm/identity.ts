import type { KernelFunc, TensorInfo } from '@tensorflow/tfjs-core';
import { kernelFunction, onlyOutput, type WasmBackend } from '../kernel-call.js';

/**
 * A clone that shares its data, counted, as on every other backend.
 *
 * tfjs clones each tensor that a gradient will need: on wasm each clone copied its data, all weights in every step.
 */
export function sharingIdentity(stock: KernelFunc): KernelFunc {
  return kernelFunction<{ x: TensorInfo }, Record<string, never>, WasmBackend>((call) => {
    const { x } = call.inputs;
    return x.dtype === 'string' ? onlyOutput(stock(call)) : share(call.backend, x);
  });
}

/** A cast that shares its data where the type does not change, which is what most casts in gradients are. */
export function sharingCast(stock: KernelFunc): KernelFunc {
  return kernelFunction<{ x: TensorInfo }, { dtype: string }, WasmBackend>((call) => {
    const { x } = call.inputs;
    const isSame = x.dtype === call.attrs.dtype && x.dtype !== 'string';
    return isSame ? share(call.backend, x) : onlyOutput(stock(call));
  });
}

function share(backend: WasmBackend, { dataId, shape, dtype }: TensorInfo): TensorInfo {
  backend.incRef(dataId);
  return { dataId, shape, dtype };
}
