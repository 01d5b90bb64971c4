import type { KernelFunc, TensorInfo } from '@tensorflow/tfjs-core';
import { type ConvAttributes, convGeometry } from '../../conv-geometry.js';
import { kernelFunction, makeZeros } from '../../kernel-call.js';
import { outputPixels, windowSize } from '../../loops/windows.js';
import { type Part, runsOf, splitWork, threadsFor } from '../../threads/split-work.js';
import type { RoutinesOf } from '../module/kernel-module.js';
import type { KernelRoutines } from '../module/kernel-routines.js';
import { lineOf, placeOf, type WasmMemoryBackend, withScratch } from '../module/wasm-memory.js';
import { multiplyAll } from '../product-parts.js';
import { geometryCall } from './convolution.js';

type FilterAttributes = ConvAttributes & { filterShape: number[] };
type InputAttributes = ConvAttributes & { inputShape: number[] };

/** The left operand of `multiply` is made of convolution windows as columns. */
const TAPS = 2;
/** Bytes of windows that the input's gradient holds at a time. */
const CHUNK_BYTES = 1 << 20;

/** The gradient of a convolution's filter: its windows, transposed, times the output's gradient. */
export function wasmConv2DBackpropFilter(routinesOf: RoutinesOf): KernelFunc {
  return kernelFunction<{ x: TensorInfo; dy: TensorInfo }, FilterAttributes, WasmMemoryBackend>((call) => {
    const { inputs, attrs, backend } = call;
    const { x, dy } = inputs;
    const geometry = convGeometry('Conv2DBackpropFilter', x.shape, attrs.filterShape, { ...attrs, dilations: 1 });
    const routines = routinesOf(backend);
    const gradient = backend.makeOutput(attrs.filterShape, 'float32');
    const [rows, depth, columns] = [windowSize(geometry), outputPixels(geometry), geometry.outChannels];
    const [images, given, made] = [x, dy, gradient].map((tensor) => placeOf(backend, tensor));
    const left = { kind: TAPS, left: images, leftRowBytes: 0, leftStepBytes: 0 };
    const right = { right: given, rightStepBytes: 4 * columns, rightColumnBytes: 4 };
    multiplyAll(routines, backend, 1, () => ({ ...left, ...right, output: made, rows, depth, columns }), {
      before: (scratch) => geometryCall(geometry, scratch),
      beforeBytes: routines.geometryScratch(geometry.inChannels),
    });
    return gradient;
  });
}

/** The gradient of a convolution's input, which is also what a transposed convolution computes. */
export function wasmConv2DBackpropInput(routinesOf: RoutinesOf): KernelFunc {
  return kernelFunction<{ dy: TensorInfo; filter: TensorInfo }, InputAttributes, WasmMemoryBackend>((call) => {
    const { inputs, attrs, backend } = call;
    const { dy, filter } = inputs;
    const geometry = convGeometry('Conv2DBackpropInput', attrs.inputShape, filter.shape, { ...attrs, dilations: 1 });
    const routines = routinesOf(backend);
    const gradient = makeZeros(backend, attrs.inputShape);
    const [given, weights, made] = [dy, filter, gradient].map((tensor) => placeOf(backend, tensor));
    const { batchSize, outHeight, outWidth, outChannels } = geometry;
    const lineBytes = 4 * outWidth * windowSize(geometry);
    // Whole images: what windows of neighbouring lines add to one place stays in one thread, in the same order.
    const work = batchSize * outHeight * outWidth * outChannels * windowSize(geometry);
    const runs = runsOf(batchSize, threadsFor(routines, work));
    const chunk = Math.max(1, Math.min(batchSize * outHeight, Math.floor(CHUNK_BYTES / Math.max(1, lineBytes))));
    const own = lineOf(routines.geometryScratch(geometry.inChannels));
    const bytes = own + lineOf(chunk * lineBytes) + lineOf(routines.multiplyScratch(chunk * outWidth, outChannels));
    withScratch(backend, bytes * runs.length, (scratch) => {
      const parts = runs.map(({ start, count }, index): Part<KernelRoutines> => {
        const place = scratch + bytes * index;
        const columns = place + own;
        const from = given + 4 * start * outHeight * outWidth * outChannels;
        const to = made + 4 * start * geometry.inHeight * geometry.inWidth * geometry.inChannels;
        const after = columns + lineOf(chunk * lineBytes);
        return [
          geometryCall(geometry, place),
          ['convolutionInputGradient', from, weights, to, count * outHeight, chunk, columns, after],
        ];
      });
      splitWork(routines, parts);
    });
    return gradient;
  });
}
