import { type KernelFunc, type TensorInfo, util } from '@tensorflow/tfjs-core';
import { kernelFunction } from '../kernel-call.js';
import { PASS, type Part, runsOf, splitWork, threadsFor } from '../threads/split-work.js';
import type { RoutinesOf } from './module/kernel-module.js';
import type { KernelRoutines } from './module/kernel-routines.js';
import { placeOf, type WasmMemoryBackend } from './module/wasm-memory.js';

/**
 * Makes the kernel `MinimartRectifierGradient`: the gradient of a rectifier in one pass, where tfjs writes the slopes to memory first.
 *
 * Inputs `upstream` and `x`, float32 of one shape; attribute `alpha`, the slope where `x` is not above 0. Where
 * `x` is NaN, so is the result.
 */
export function wasmRectifierGradient(routinesOf: RoutinesOf): KernelFunc {
  return kernelFunction<{ upstream: TensorInfo; x: TensorInfo }, { alpha: number }, WasmMemoryBackend>((call) => {
    const { inputs, attrs, backend } = call;
    const { upstream, x } = inputs;
    const result = backend.makeOutput(x.shape, 'float32');
    const [from, at, to] = [upstream, x, result].map((tensor) => placeOf(backend, tensor));
    const routines = routinesOf(backend);
    const size = util.sizeFromShape(x.shape);
    const parts = runsOf(size, threadsFor(routines, PASS * size), 16).map(
      ({ start, count }): Part<KernelRoutines> => [
        ['rectify', from + 4 * start, at + 4 * start, count, attrs.alpha, to + 4 * start],
      ],
    );
    splitWork(routines, parts);
    return result;
  });
}
