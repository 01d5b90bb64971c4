import type { DataId, KernelBackend, KernelFunc, TensorInfo, TypedArray } from '@tensorflow/tfjs-core';

type Attributes = Parameters<KernelFunc>[0]['attrs'] & object;
type Inputs = Parameters<KernelFunc>[0]['inputs'];

/** What a kernel function of the wasm backend may use of its backend, as in tfjs 4.22. */
export interface WasmBackend extends KernelBackend {
  makeOutput(shape: number[], dtype: TensorInfo['dtype']): TensorInfo;
  typedArrayFromHeap(tensor: TensorInfo): TypedArray;
}

/** What a kernel function of the cpu backend may use of its backend, as in tfjs 4.22. */
export interface CpuBackend extends KernelBackend {
  makeTensorInfo(shape: number[], dtype: TensorInfo['dtype'], values: TypedArray): TensorInfo;
  readSync(dataId: DataId): TypedArray;
}

/** The arguments of one kernel: inputs and attributes by the names tfjs gives them. */
export interface KernelCall<I, A, B> {
  readonly inputs: I;
  readonly attrs: A;
  readonly backend: B;
}

/** Lets a kernel be written against the inputs, attributes and backend it really gets. */
export function kernelFunction<I extends Inputs, A extends Attributes, B extends KernelBackend>(
  run: (call: KernelCall<I, A, B>) => TensorInfo,
): KernelFunc {
  return ({ inputs, attrs, backend }) => run({ inputs: inputs as I, attrs: attrs as A, backend: backend as B });
}

/** The one output of a kernel that has one. */
export function onlyOutput(outputs: TensorInfo | TensorInfo[]): TensorInfo {
  return Array.isArray(outputs) ? outputs[0] : outputs;
}

/** A new output of zeros: memory of the wasm backend comes as it was left. */
export function makeZeros(backend: WasmBackend, shape: number[], dtype: 'float32' | 'int32' = 'float32'): TensorInfo {
  const zeros = backend.makeOutput(shape, dtype);
  backend.typedArrayFromHeap(zeros).fill(0);
  return zeros;
}
