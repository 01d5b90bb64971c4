import { type KernelFunc, type TensorInfo, util } from '@tensorflow/tfjs-core';
import { kernelFunction, onlyOutput } from '../kernel-call.js';
import { PASS, type Part, runsOf, splitWork, threadsFor } from '../threads/split-work.js';
import type { RoutinesOf } from './module/kernel-module.js';
import type { KernelRoutines } from './module/kernel-routines.js';
import { placeOf, type WasmMemoryBackend } from './module/wasm-memory.js';

type Attributes = { axis: number | number[]; keepDims?: boolean };

/** Sums of floats over axes that are neighbours; other sums are the stock kernel's, which transposes first. */
export function wasmSum(routinesOf: RoutinesOf, stock: KernelFunc): KernelFunc {
  return reduction(routinesOf, stock, () => 1);
}

/** Means of floats over axes that are neighbours; other means are the stock kernel's. */
export function wasmMean(routinesOf: RoutinesOf, stock: KernelFunc): KernelFunc {
  return reduction(routinesOf, stock, (rows) => rows);
}

function reduction(routinesOf: RoutinesOf, stock: KernelFunc, divisorOf: (rows: number) => number): KernelFunc {
  return kernelFunction<{ x: TensorInfo }, Attributes, WasmMemoryBackend>((call) => {
    const { inputs, attrs, backend } = call;
    const { x } = inputs;
    const reduced = new Set(util.parseAxisParam(attrs.axis, x.shape));
    const run = x.dtype === 'float32' ? runOf(x.shape, reduced) : undefined;
    if (run === undefined) return onlyOutput(stock(call));
    const kept = x.shape.flatMap((size, axis) => (reduced.has(axis) ? (attrs.keepDims ? [1] : []) : [size]));
    const sums = backend.makeOutput(kept, 'float32');
    const { outer, rows, inner } = run;
    const [from, to] = [placeOf(backend, x), placeOf(backend, sums)];
    sumInParts(routinesOf(backend), { from, to, outer, rows, inner, divisor: divisorOf(rows) });
    return sums;
  });
}

interface Sums {
  readonly from: number;
  readonly to: number;
  readonly outer: number;
  readonly rows: number;
  readonly inner: number;
  readonly divisor: number;
}

/** A sum is never cut: threads take outer blocks, or columns where there is only one block. */
function sumInParts(routines: KernelRoutines, { from, to, outer, rows, inner, divisor }: Sums): void {
  const threads = threadsFor(routines, PASS * outer * rows * inner);
  const blocks = runsOf(outer, outer === 1 ? 1 : threads);
  const columns = runsOf(inner, outer === 1 ? threads : 1, 16);
  const parts = blocks.flatMap((block) =>
    columns.map((run): Part<KernelRoutines> => {
      const values = from + 4 * (block.start * rows * inner + run.start);
      const sums = to + 4 * (block.start * inner + run.start);
      return [['sumRows', values, block.count, rows, run.count, inner, sums, divisor]];
    }),
  );
  splitWork(routines, parts);
}

/** The sizes before, of and after the reduced axes when nothing kept lies between them; axes of size one never do. */
function runOf(shape: number[], reduced: Set<number>): { outer: number; rows: number; inner: number } | undefined {
  const axes = shape.map((size, axis) => ({ size, isReduced: reduced.has(axis) })).filter(({ size }) => size !== 1);
  const first = axes.findIndex(({ isReduced }) => isReduced);
  const last = axes.findLastIndex(({ isReduced }) => isReduced);
  if (first < 0) return { outer: util.sizeFromShape(shape), rows: 1, inner: 1 };
  if (axes.slice(first, last + 1).some(({ isReduced }) => !isReduced)) return undefined;
  const sizeOf = (from: number, to: number) => util.sizeFromShape(axes.slice(from, to).map(({ size }) => size));
  return { outer: sizeOf(0, first), rows: sizeOf(first, last + 1), inner: sizeOf(last + 1, axes.length) };
}
