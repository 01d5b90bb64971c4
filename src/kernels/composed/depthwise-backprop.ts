import type { KernelFunc, TensorInfo } from '@tensorflow/tfjs-core';
import { type ConvAttributes, convGeometry } from '../conv-geometry.js';
import { kernelFunction, makeZeros, type WasmBackend } from '../kernel-call.js';
import { addDepthwiseFilterGradient, addDepthwiseInputGradient } from '../loops/depthwise-gradients.js';

type FilterAttributes = ConvAttributes & { filterShape: number[] };
type InputAttributes = ConvAttributes & { inputShape: number[] };

/** The gradient of a depthwise convolution's filter, by plain loops over the backend's memory. */
export function loopDepthwiseBackpropFilter(): KernelFunc {
  return kernelFunction<{ x: TensorInfo; dy: TensorInfo }, FilterAttributes, WasmBackend>((call) => {
    const { x, dy } = call.inputs;
    const { filterShape } = call.attrs;
    const name = 'DepthwiseConv2dNativeBackpropFilter';
    const geometry = convGeometry(name, x.shape, filterShape, call.attrs, { depthwise: true });
    const gradient = makeZeros(call.backend, filterShape);
    const [input, outputGradient, sums] = [x, dy, gradient].map((tensor) => call.backend.typedArrayFromHeap(tensor));
    addDepthwiseFilterGradient(input, outputGradient, sums, geometry);
    return gradient;
  });
}

/** The gradient of a depthwise convolution's input, by plain loops over the backend's memory. */
export function loopDepthwiseBackpropInput(): KernelFunc {
  return kernelFunction<{ dy: TensorInfo; filter: TensorInfo }, InputAttributes, WasmBackend>((call) => {
    const { dy, filter } = call.inputs;
    // tfjs hands over the shape as the caller wrote it: three sizes when the input was a single image.
    const inputShape = call.attrs.inputShape.length === 3 ? [1, ...call.attrs.inputShape] : call.attrs.inputShape;
    const name = 'DepthwiseConv2dNativeBackpropInput';
    const geometry = convGeometry(name, inputShape, filter.shape, call.attrs, { depthwise: true });
    const gradient = makeZeros(call.backend, inputShape);
    const [outputGradient, weights, sums] = [dy, filter, gradient].map((each) => call.backend.typedArrayFromHeap(each));
    addDepthwiseInputGradient(outputGradient, weights, sums, geometry);
    return gradient;
  });
}
