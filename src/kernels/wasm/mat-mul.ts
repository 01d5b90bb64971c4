import { broadcast_util, type KernelFunc, type TensorInfo, util } from '@tensorflow/tfjs-core';
import { kernelFunction, onlyOutput } from '../kernel-call.js';
import type { RoutinesOf } from './kernel-module.js';
import { placeOf, type WasmMemoryBackend, withScratch } from './wasm-memory.js';

export type MatMulOperands = { a: TensorInfo; b: TensorInfo };
export type MatMulFlags = { transposeA: boolean; transposeB: boolean };

/** The left operand of `multiply` is a matrix. */
const MATRIX = 0;

/** Matrix products of floats, batched and broadcast, either operand transposed; other types stay the stock kernel's. */
export function wasmBatchMatMul(routinesOf: RoutinesOf, stock: KernelFunc): KernelFunc {
  return kernelFunction<MatMulOperands, MatMulFlags, WasmMemoryBackend>((call) => {
    const { a, b } = call.inputs;
    if (a.dtype !== 'float32' || b.dtype !== 'float32') return onlyOutput(stock(call));
    return multiplyTensors(routinesOf, call.backend, a, b, call.attrs);
  });
}

/** The product of two float tensors of matrices, as a new output. */
export function multiplyTensors(
  routinesOf: RoutinesOf,
  backend: WasmMemoryBackend,
  a: TensorInfo,
  b: TensorInfo,
  { transposeA, transposeB }: MatMulFlags,
): TensorInfo {
  const left = sizesOf(a, transposeA);
  const right = sizesOf(b, transposeB);
  util.assert(
    left.columns === right.rows,
    () =>
      `Error in matMul: inner shapes (${left.columns}) and (${right.rows}) of Tensors with shapes ${a.shape} and ${
        b.shape
      } and transposeA=${transposeA} and transposeB=${transposeB} must match.`,
  );
  const outer = broadcast_util.assertAndGetBroadcastShape(left.outer, right.outer);
  const product = backend.makeOutput([...outer, left.rows, right.columns], 'float32');
  const [rows, depth, columns] = [left.rows, left.columns, right.columns];
  const routines = routinesOf(backend);
  withScratch(backend, routines.multiplyScratch(rows, depth), (scratch) => {
    const [placeA, placeB, placeOut] = [placeOf(backend, a), placeOf(backend, b), placeOf(backend, product)];
    const [leftBatches, rightBatches] = [batchesOf(left.outer, outer), batchesOf(right.outer, outer)];
    for (let batch = 0; batch < util.sizeFromShape(outer); batch += 1) {
      routines.multiply(
        MATRIX,
        placeA + 4 * rows * depth * leftBatches(batch),
        left.rowBytes,
        left.columnBytes,
        placeB + 4 * depth * columns * rightBatches(batch),
        right.rowBytes,
        right.columnBytes,
        placeOut + 4 * rows * columns * batch,
        rows,
        depth,
        columns,
        scratch,
      );
    }
  });
  return product;
}

function sizesOf({ shape }: TensorInfo, transposed: boolean) {
  const outer = shape.slice(0, -2);
  const [stored, run] = shape.slice(-2);
  if (transposed) return { outer, rows: run, columns: stored, rowBytes: 4, columnBytes: 4 * run };
  return { outer, rows: stored, columns: run, rowBytes: 4 * run, columnBytes: 4 };
}

/** Which of an operand's matrices takes part in each matrix of the output, where sizes of one are broadcast. */
function batchesOf(own: number[], outer: number[]): (batch: number) => number {
  const count = util.sizeFromShape(own);
  if (count === util.sizeFromShape(outer)) return (batch) => batch;
  if (count === 1) return () => 0;
  return (batch) => {
    let [rest, index, step] = [batch, 0, 1];
    for (let axis = outer.length - 1; axis >= 0; axis -= 1) {
      const size = own[axis - outer.length + own.length] ?? 1;
      if (size > 1) index += (rest % outer[axis]) * step;
      rest = Math.floor(rest / outer[axis]);
      step *= size;
    }
    return index;
  };
}
