import type { KernelFunc, TensorInfo } from '@tensorflow/tfjs-core';
import { kernelFunction, onlyOutput } from '../kernel-call.js';
import { type MatMulFlags, type MatMulOperands, matMulShape } from '../mat-mul-shape.js';
import type { RoutinesOf } from './module/kernel-module.js';
import { placeOf, type WasmMemoryBackend, withScratch } from './module/wasm-memory.js';

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
  withScratch(backend, routines.multiplyScratch(rows, depth), (scratch) => {
    const [a, b, output] = [operands.a, operands.b, product].map((tensor) => placeOf(backend, tensor));
    for (let batch = 0; batch < batches; batch += 1) {
      routines.multiply(
        MATRIX,
        a + 4 * left.startOf(batch),
        4 * left.rowStride,
        4 * left.columnStride,
        b + 4 * right.startOf(batch),
        4 * right.rowStride,
        4 * right.columnStride,
        output + 4 * rows * columns * batch,
        rows,
        depth,
        columns,
        scratch,
      );
    }
  });
  return product;
}
