import type { KernelFunc, TensorInfo } from '@tensorflow/tfjs-core';
import { kernelFunction, onlyOutput } from '../kernel-call.js';
import type { MatMulFlags, MatMulOperands } from '../mat-mul-shape.js';
import { type FusedAttributes, type FusedInputs, finish, isKnownActivation } from './activations.js';
import { multiplyTensors } from './mat-mul.js';
import type { RoutinesOf } from './module/kernel-module.js';
import type { WasmMemoryBackend } from './module/wasm-memory.js';

/** A dense layer's forward pass: product, bias and activation. */
export function wasmFusedMatMul(routinesOf: RoutinesOf, stock: KernelFunc): KernelFunc {
  return kernelFunction<MatMulOperands & FusedInputs, MatMulFlags & FusedAttributes, WasmMemoryBackend>((call) => {
    const { inputs, attrs, backend } = call;
    const { a, b, bias } = inputs;
    const isOurs = a.dtype === 'float32' && b.dtype === 'float32' && isKnownActivation(attrs.activation);
    if (!isOurs || !isRowBias(bias, attrs.transposeB ? b.shape.at(-2) : b.shape.at(-1))) return onlyOutput(stock(call));
    const product = multiplyTensors(routinesOf, backend, inputs, attrs);
    return finish(routinesOf, backend, product, inputs, attrs);
  });
}

/** Whether there is no bias, or one number for each column. */
export function isRowBias(bias: TensorInfo | undefined, columns: number | undefined): boolean {
  return !bias || (bias.dtype === 'float32' && bias.shape.length === 1 && bias.shape[0] === columns);
}
