/**
 * The kernel `MinimartAdam`: one Adam update of a whole variable in one pass over memory.
 *
 * Call it through the engine, outside of any gradient, where the active backend has it:
 *
 *     if (getKernel('MinimartAdam', getBackend())) {
 *       const [next, nextM, nextV] = engine().runKernel('MinimartAdam', { value, m, v, gradient }, attributes);
 *
 * Inputs, all float32 and of one shape: `value`, its moments `m` and `v`, and its `gradient`.
 * Attributes: `learningRate`, `beta1`, `beta2`, `epsilon`, and `correction1 = 1 - beta1 ** t`,
 * `correction2 = 1 - beta2 ** t` for the t-th update, t = 1 being the first.
 *
 *     m = m * beta1 + gradient * (1 - beta1)
 *     v = v * beta2 + gradient ** 2 * (1 - beta2)
 *     next = value - learningRate * (m / correction1) / (sqrt(v / correction2) + epsilon)
 *
 * The operations and their order are those of tf.train.adam, in float32.
 *
 * Outputs: the first is the new value, always in memory of its own: assign it to the variable. `value` itself is not
 * written, since others may hold its data (a clone, a kept copy, weights that a stock kernel has packed). `m` and `v`
 * are written in place, and there is no second output, when their data is theirs alone. If another tensor shares it, the
 * kernel leaves both as they are and returns the new moments as second and third output: assign those as well.
 */
import { type KernelFunc, util } from '@tensorflow/tfjs-core';
import { type AdamFactors, adamArguments } from '../adam-factors.js';
import { type AdamInputs, requireAlike } from '../adam-inputs.js';
import { PASS, type Part, runsOf, splitWork, threadsFor } from '../threads/split-work.js';
import type { RoutinesOf } from './module/kernel-module.js';
import type { KernelRoutines } from './module/kernel-routines.js';
import { placeOf, type WasmMemoryBackend } from './module/wasm-memory.js';

/** Makes the kernel that this file describes. */
export function wasmAdam(routinesOf: RoutinesOf): KernelFunc {
  return ({ inputs, attrs, backend: given }) => {
    const backend = given as WasmMemoryBackend;
    const { value, m, v, gradient } = requireAlike(inputs as AdamInputs);
    const isOwn = backend.refCount(m.dataId) === 1 && backend.refCount(v.dataId) === 1;
    const next = backend.makeOutput(value.shape, 'float32');
    const moments = isOwn ? [] : [backend.makeOutput(m.shape, 'float32'), backend.makeOutput(v.shape, 'float32')];
    const [nextM = m, nextV = v] = moments;
    const places = [value, m, v, gradient, next, nextM, nextV].map((tensor) => placeOf(backend, tensor));
    const factors = adamArguments(attrs as { [Name in keyof AdamFactors]: number });
    const routines = routinesOf(backend);
    const size = util.sizeFromShape(value.shape);
    const parts = runsOf(size, threadsFor(routines, 3 * PASS * size), 16).map(
      ({ start, count }): Part<KernelRoutines> => {
        const own = places.map((place) => place + 4 * start) as Places;
        return [['adam', ...own, count, ...factors]];
      },
    );
    splitWork(routines, parts);
    return [next, ...moments];
  };
}

type Places = [number, number, number, number, number, number, number];
