import type { KernelFunc, TensorInfo } from '@tensorflow/tfjs-core';
import { type ConvAttributes, convGeometry } from '../../conv-geometry.js';
import { kernelFunction, onlyOutput } from '../../kernel-call.js';
import { outputPixels, windowSize } from '../../loops/windows.js';
import { type FusedAttributes, type FusedInputs, finish, isKnownActivation } from '../activations.js';
import { isRowBias } from '../fused-mat-mul.js';
import type { RoutinesOf } from '../module/kernel-module.js';
import { placeOf, type WasmMemoryBackend } from '../module/wasm-memory.js';
import { multiplyAll } from '../product-parts.js';
import { geometryCall } from './convolution.js';

type Operands = { x: TensorInfo; filter: TensorInfo };

/** The left operand of `multiply` is made of convolution windows as rows. */
const WINDOWS = 1;

/** A convolution, as the product of its windows and the filter. */
export function wasmConv2D(routinesOf: RoutinesOf, stock: KernelFunc): KernelFunc {
  return kernelFunction<Operands, ConvAttributes, WasmMemoryBackend>((call) => {
    const { inputs, attrs, backend } = call;
    if (!isOurs(inputs, attrs)) return onlyOutput(stock(call));
    return convolve(routinesOf, backend, inputs, attrs);
  });
}

/** A convolutional layer's forward pass: convolution, bias and activation. */
export function wasmFusedConv2D(routinesOf: RoutinesOf, stock: KernelFunc): KernelFunc {
  return kernelFunction<Operands & FusedInputs, ConvAttributes & FusedAttributes, WasmMemoryBackend>((call) => {
    const { inputs, attrs, backend } = call;
    const isFinishing = isKnownActivation(attrs.activation) && isRowBias(inputs.bias, inputs.filter.shape[3]);
    if (!isOurs(inputs, attrs) || !isFinishing) return onlyOutput(stock(call));
    return finish(routinesOf, backend, convolve(routinesOf, backend, inputs, attrs), inputs, attrs);
  });
}

function isOurs({ x, filter }: Operands, { dataFormat = 'NHWC' }: ConvAttributes): boolean {
  return x.dtype === 'float32' && filter.dtype === 'float32' && dataFormat === 'NHWC';
}

function convolve(
  routinesOf: RoutinesOf,
  backend: WasmMemoryBackend,
  { x, filter }: Operands,
  attributes: ConvAttributes,
): TensorInfo {
  const geometry = convGeometry('Conv2D', x.shape, filter.shape, attributes);
  const routines = routinesOf(backend);
  const output = backend.makeOutput(geometry.outShape, 'float32');
  const [rows, depth, columns] = [outputPixels(geometry), windowSize(geometry), geometry.outChannels];
  const [images, weights, made] = [x, filter, output].map((tensor) => placeOf(backend, tensor));
  const left = { kind: WINDOWS, left: images, leftRowBytes: 0, leftStepBytes: 0 };
  const right = { right: weights, rightStepBytes: 4 * columns, rightColumnBytes: 4 };
  multiplyAll(routines, backend, 1, () => ({ ...left, ...right, output: made, rows, depth, columns }), {
    before: (scratch) => geometryCall(geometry, scratch),
    beforeBytes: routines.geometryScratch(geometry.inChannels),
  });
  return output;
}
