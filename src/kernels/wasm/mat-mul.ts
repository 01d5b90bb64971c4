import type { KernelFunc, TensorInfo } from '@tensorflow/tfjs-core';
import { kernelFunction, onlyOutput } from '../kernel-call.js';
import { type MatMulFlags, type MatMulOperands, matMulShape } from '../mat-mul-shape.js';
import type { RoutinesOf } from './module/kernel-module.js';
import { placeOf, type WasmMemoryBackend } from './module/wasm-memory.js';
import { multiplyAll } from './product-parts.js';

/** The left operand of `multiply` is a matrix. */
const MATRIX = 0;

/** Matrix products of floats, batched and broadcast, either operand transposed; other types stay the stock kernel's. */
export function wasmBatchMatMul(routinesOf: RoutinesOf, stock: KernelFunc): KernelFunc {
  return kernelFunction<MatMulOperands, MatMulFlags, WasmMemoryBackend>((call) => {
    const { a, b } = call.inputs;
    if (a.dtype !== 'float32' || b.dtype !== 'float32') return onlyOutput(stock(call));
    return multiplyTensors(routinesOf, call.backend, call.inputs, call.attrs);
  });
}

/** The product of two float tensors of matrices, as a new output. */
export function multiplyTensors(
  routinesOf: RoutinesOf,
  backend: WasmMemoryBackend,
  operands: MatMulOperands,
  flags: MatMulFlags,
): TensorInfo {
  const { left, right, batches, outputShape } = matMulShape(operands, flags);
  const product = backend.makeOutput(outputShape, 'float32');
  const [rows, depth, columns] = [left.rows, left.columns, right.columns];
  const routines = routinesOf(backend);
  const [a, b, output] = [operands.a, operands.b, product].map((tensor) => placeOf(backend, tensor));
  multiplyAll(routines, backend, batches, (batch) => ({
    kind: MATRIX,
    left: a + 4 * left.startOf(batch),
    leftRowBytes: 4 * left.rowStride,
    leftStepBytes: 4 * left.columnStride,
    right: b + 4 * right.startOf(batch),
    rightStepBytes: 4 * right.rowStride,
    rightColumnBytes: 4 * right.columnStride,
    output: output + 4 * rows * columns * batch,
    rows,
    depth,
    columns,
  }));
  return product;
}
