import type { KernelFunc, TensorInfo } from '@tensorflow/tfjs-core';
import { type ConvAttributes, type ConvGeometry, convGeometry } from '../../conv-geometry.js';
import { kernelFunction, makeZeros } from '../../kernel-call.js';
import { splitWork } from '../../threads/split-work.js';
import type { RoutinesOf } from '../module/kernel-module.js';
import { placeOf, type WasmMemoryBackend, withScratch } from '../module/wasm-memory.js';
import { geometryCall } from './convolution.js';

type FilterAttributes = ConvAttributes & { filterShape: number[] };
type InputAttributes = ConvAttributes & { inputShape: number[] };

/** The gradient of a depthwise convolution's filter. */
export function wasmDepthwiseBackpropFilter(routinesOf: RoutinesOf): KernelFunc {
  return kernelFunction<{ x: TensorInfo; dy: TensorInfo }, FilterAttributes, WasmMemoryBackend>((call) => {
    const { x, dy } = call.inputs;
    const { filterShape } = call.attrs;
    const name = 'DepthwiseConv2dNativeBackpropFilter';
    const geometry = convGeometry(name, x.shape, filterShape, call.attrs, { depthwise: true });
    const gradient = makeZeros(call.backend, filterShape);
    addGradient(routinesOf, call.backend, geometry, { images: x, filter: gradient, output: dy, made: gradient });
    return gradient;
  });
}

/** The gradient of a depthwise convolution's input. */
export function wasmDepthwiseBackpropInput(routinesOf: RoutinesOf): KernelFunc {
  return kernelFunction<{ dy: TensorInfo; filter: TensorInfo }, InputAttributes, WasmMemoryBackend>((call) => {
    const { dy, filter } = call.inputs;
    // tfjs hands over the shape as the caller wrote it: three sizes when the input was a single image.
    const inputShape = call.attrs.inputShape.length === 3 ? [1, ...call.attrs.inputShape] : call.attrs.inputShape;
    const name = 'DepthwiseConv2dNativeBackpropInput';
    const geometry = convGeometry(name, inputShape, filter.shape, call.attrs, { depthwise: true });
    const gradient = makeZeros(call.backend, inputShape);
    addGradient(routinesOf, call.backend, geometry, { images: gradient, filter, output: dy, made: gradient });
    return gradient;
  });
}

interface Parts {
  readonly images: TensorInfo;
  readonly filter: TensorInfo;
  readonly output: TensorInfo;
  readonly made: TensorInfo;
}

function addGradient(
  routinesOf: RoutinesOf,
  backend: WasmMemoryBackend,
  geometry: ConvGeometry,
  { images, filter, output, made }: Parts,
): void {
  const routines = routinesOf(backend);
  withScratch(backend, routines.geometryScratch(geometry.inChannels), (scratch) => {
    const [image, weight, out] = [images, filter, output].map((tensor) => placeOf(backend, tensor));
    const lines = geometry.batchSize * geometry.outHeight;
    const toFilter = made === filter ? 1 : 0;
    splitWork(routines, [
      [geometryCall(geometry, scratch), ['depthwiseGradient', toFilter, image, weight, out, lines]],
    ]);
  });
}
