import { type KernelFunc, type TensorInfo, util } from '@tensorflow/tfjs-core';
import { kernelFunction, onlyOutput } from '../kernel-call.js';
import { PASS, type Part, runsOf, splitWork, threadsFor } from '../threads/split-work.js';
import type { RoutinesOf } from './module/kernel-module.js';
import type { KernelRoutines } from './module/kernel-routines.js';
import { lineOf, placeOf, type WasmMemoryBackend, withScratch } from './module/wasm-memory.js';

type Inputs = { x: TensorInfo; mean: TensorInfo; variance: TensorInfo; offset?: TensorInfo; scale?: TensorInfo };

/** Batch normalization by channel in one pass; statistics of other shapes are the stock kernel's. */
export function wasmFusedBatchNorm(routinesOf: RoutinesOf, stock: KernelFunc): KernelFunc {
  return kernelFunction<Inputs, { varianceEpsilon: number }, WasmMemoryBackend>((call) => {
    const { inputs, attrs, backend } = call;
    const { x, mean, variance, offset, scale } = inputs;
    const columns = x.shape[x.shape.length - 1];
    const channels = [mean, variance, offset, scale].filter((each) => each != null);
    const isByChannel = channels.every(({ shape, dtype }) => dtype === 'float32' && util.arraysEqual(shape, [columns]));
    if (!isByChannel || x.dtype !== 'float32' || columns === 0) return onlyOutput(stock(call));
    const output = backend.makeOutput(x.shape, 'float32');
    const routines = routinesOf(backend);
    const runs = runsOf(
      util.sizeFromShape(x.shape) / columns,
      threadsFor(routines, PASS * util.sizeFromShape(x.shape)),
    );
    const bytes = lineOf(4 * columns);
    withScratch(backend, bytes * runs.length, (scratch) => {
      const [values, means, variances, made] = [x, mean, variance, output].map((each) => placeOf(backend, each));
      const [scales, offsets] = [scale, offset].map((each) => (each == null ? 0 : placeOf(backend, each)));
      const parts = runs.map(({ start, count }, index): Part<KernelRoutines> => {
        const [from, to] = [values + 4 * start * columns, made + 4 * start * columns];
        const factors = scratch + bytes * index;
        const epsilon = attrs.varianceEpsilon;
        return [['batchNorm', from, count, columns, means, variances, scales, offsets, epsilon, factors, to]];
      });
      splitWork(routines, parts);
    });
    return output;
  });
}
