import type { KernelFunc, TensorInfo } from '@tensorflow/tfjs-core';
import { type ConvAttributes, convGeometry } from '../../conv-geometry.js';
import { kernelFunction, makeZeros } from '../../kernel-call.js';
import { outputPixels, windowSize } from '../../loops/windows.js';
import type { RoutinesOf } from '../module/kernel-module.js';
import { placeOf, type WasmMemoryBackend, withScratch } from '../module/wasm-memory.js';
import { setGeometry } from './convolution.js';

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
    const positions = routines.geometryScratch(geometry.inChannels);
    withScratch(backend, positions + routines.multiplyScratch(rows, depth), (scratch) => {
      const [images, given, made] = [x, dy, gradient].map((tensor) => placeOf(backend, tensor));
      setGeometry(routines, geometry, scratch);
      routines.multiply(TAPS, images, 0, 0, given, 4 * columns, 4, made, rows, depth, columns, scratch + positions);
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
    const lines = geometry.batchSize * geometry.outHeight;
    const lineBytes = 4 * geometry.outWidth * windowSize(geometry);
    const chunk = Math.max(1, Math.min(lines, Math.floor(CHUNK_BYTES / Math.max(1, lineBytes))));
    const positions = routines.geometryScratch(geometry.inChannels);
    const work = routines.multiplyScratch(chunk * geometry.outWidth, geometry.outChannels);
    withScratch(backend, positions + chunk * lineBytes + work, (scratch) => {
      const [given, weights, made] = [dy, filter, gradient].map((tensor) => placeOf(backend, tensor));
      setGeometry(routines, geometry, scratch);
      const columns = scratch + positions;
      routines.convolutionInputGradient(given, weights, made, lines, chunk, columns, columns + chunk * lineBytes);
    });
    return gradient;
  });
}
