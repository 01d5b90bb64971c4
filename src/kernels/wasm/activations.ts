import { type KernelFunc, type TensorInfo, util } from '@tensorflow/tfjs-core';
import { composeKernels } from '../compose-kernels.js';
import { kernelFunction, onlyOutput } from '../kernel-call.js';
import { PASS, type Part, runsOf, splitWork, threadsFor } from '../threads/split-work.js';
import type { RoutinesOf } from './module/kernel-module.js';
import type { KernelRoutines } from './module/kernel-routines.js';
import { placeOf, type WasmMemoryBackend } from './module/wasm-memory.js';

/** The inputs and attributes that tfjs's fused kernels have beside those of the plain ones. */
export type FusedInputs = { bias?: TensorInfo; preluActivationWeights?: TensorInfo };
export type FusedAttributes = { activation: string; leakyreluAlpha?: number };

/** Activations that are applied together with the bias. */
const inPlace: Readonly<Record<string, number>> = { linear: 0, relu: 1, relu6: 2, leakyrelu: 3 };
/** Activations that are kernels of their own. */
const separate: Readonly<Record<string, string>> = { elu: 'Elu', sigmoid: 'Sigmoid', prelu: 'Prelu' };

/** Whether `finish` knows the activation. */
export function isKnownActivation(activation: string): boolean {
  return activation in inPlace || activation in separate;
}

/** Adds a bias to each row of `values` in place and applies an activation; `values` is used up. */
export function finish(
  routinesOf: RoutinesOf,
  backend: WasmMemoryBackend,
  values: TensorInfo,
  { bias, preluActivationWeights }: FusedInputs,
  { activation, leakyreluAlpha = 0 }: FusedAttributes,
): TensorInfo {
  const code = inPlace[activation] ?? inPlace.linear;
  const columns = values.shape[values.shape.length - 1];
  const rows = values.shape.slice(0, -1).reduce((product, size) => product * size, 1);
  if (bias !== undefined || code !== inPlace.linear) {
    const biasPlace = bias === undefined ? 0 : placeOf(backend, bias);
    const place = placeOf(backend, values);
    const work = { values: place, rows, columns, bias: biasPlace, code, alpha: leakyreluAlpha, output: place };
    activateInParts(routinesOf(backend), work);
  }
  if (activation in inPlace) return values;
  return composeKernels('wasm', backend, (run) => {
    const inputs = activation === 'prelu' ? { x: values, alpha: preluActivationWeights } : { x: values };
    const activated = run(separate[activation], inputs);
    backend.disposeData(values.dataId);
    return activated;
  });
}

/** Leaky relu in whole vectors, at ten times the stock kernel's speed; other types than float stay the stock kernel's. */
export function wasmLeakyRelu(routinesOf: RoutinesOf, stock: KernelFunc): KernelFunc {
  return kernelFunction<{ x: TensorInfo }, { alpha: number }, WasmMemoryBackend>((call) => {
    const { inputs, attrs, backend } = call;
    const { x } = inputs;
    if (x.dtype !== 'float32') return onlyOutput(stock(call));
    const output = backend.makeOutput(x.shape, 'float32');
    const [from, to] = [placeOf(backend, x), placeOf(backend, output)];
    const count = util.sizeFromShape(x.shape);
    const work = {
      values: from,
      rows: 1,
      columns: count,
      bias: 0,
      code: inPlace.leakyrelu,
      alpha: attrs.alpha,
      output: to,
    };
    activateInParts(routinesOf(backend), work);
    return output;
  });
}

interface Activation {
  readonly values: number;
  readonly rows: number;
  readonly columns: number;
  readonly bias: number;
  readonly code: number;
  readonly alpha: number;
  readonly output: number;
}

/** Threads take rows, or columns where there is only one row. */
function activateInParts(routines: KernelRoutines, activation: Activation): void {
  const { values, rows, columns, bias, code, alpha, output } = activation;
  const threads = threadsFor(routines, PASS * rows * columns);
  const [size, runs] = rows > 1 ? [columns, runsOf(rows, threads)] : [1, runsOf(columns, threads, 16)];
  const parts = runs.map(({ start, count }): Part<KernelRoutines> => {
    const offset = 4 * start * size;
    const [height, width] = rows > 1 ? [count, columns] : [1, count];
    const own = bias === 0 || rows > 1 ? bias : bias + offset;
    return [['activate', values + offset, height, width, own, code, alpha, output + offset]];
  });
  splitWork(routines, parts);
}
