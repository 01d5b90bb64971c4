import { type KernelFunc, type TensorInfo, util } from '@tensorflow/tfjs-core';
import { kernelFunction, onlyOutput } from '../kernel-call.js';
import { PASS, type Part, runsOf, splitWork, threadsFor } from '../threads/split-work.js';
import type { RoutinesOf } from './module/kernel-module.js';
import type { KernelRoutines } from './module/kernel-routines.js';
import { placeOf, type WasmMemoryBackend } from './module/wasm-memory.js';

interface Axis {
  readonly size: number;
  readonly times: number;
}

/**
 * Repeats along one axis, or along several that act as one: what the gradient of batch normalization asks for.
 *
 * The stock kernel works number by number, and took half the time of a step with batch normalization; it keeps the
 * other cases.
 */
export function wasmTile(routinesOf: RoutinesOf, stock: KernelFunc): KernelFunc {
  return kernelFunction<{ x: TensorInfo }, { reps: number[] }, WasmMemoryBackend>((call) => {
    const { inputs, attrs, backend } = call;
    const { x } = inputs;
    const isFourBytes = x.dtype === 'float32' || x.dtype === 'int32';
    const axes = joinAxes(x.shape.map((size, axis) => ({ size, times: attrs.reps[axis] })));
    const repeated = axes.findIndex(({ times }) => times !== 1);
    const isOne = axes.every(({ times }, index) => times === 1 || index === repeated);
    if (!isFourBytes || !isOne || repeated < 0) return onlyOutput(stock(call));
    const shape = x.shape.map((size, axis) => size * attrs.reps[axis]);
    const output = backend.makeOutput(shape, x.dtype);
    const sizeOf = (part: Axis[]) => util.sizeFromShape(part.map(({ size }) => size));
    const [blocks, count] = [sizeOf(axes.slice(0, repeated)), sizeOf(axes.slice(repeated))];
    const [source, target] = [placeOf(backend, x), placeOf(backend, output)];
    repeatInParts(routinesOf(backend), source, blocks, count, axes[repeated].times, target);
    return output;
  });
}

/** Threads take blocks, or repetitions where there is only one block. */
function repeatInParts(
  routines: KernelRoutines,
  source: number,
  blocks: number,
  count: number,
  times: number,
  target: number,
): void {
  const threads = threadsFor(routines, PASS * blocks * count * times);
  const runs = blocks > 1 ? runsOf(blocks, threads) : runsOf(times, threads);
  const parts = runs.map((run): Part<KernelRoutines> => {
    if (blocks === 1) return [['repeatBlocks', source, 1, count, run.count, target + 4 * run.start * count]];
    const [from, to] = [source + 4 * run.start * count, target + 4 * run.start * count * times];
    return [['repeatBlocks', from, run.count, count, times, to]];
  });
  splitWork(routines, parts);
}

/** Joins neighbours that act as one axis: repeated axes of size one, and an axis with those after it that stay. */
function joinAxes(axes: readonly Axis[]): Axis[] {
  const joined: Axis[] = [];
  for (const axis of axes) {
    const last = joined.at(-1);
    const isJoining = last !== undefined && (axis.times === 1 || last.size === 1);
    if (isJoining) joined[joined.length - 1] = { size: last.size * axis.size, times: last.times * axis.times };
    else joined.push(axis);
  }
  return joined;
}
