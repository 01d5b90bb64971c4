import { getKernel, type KernelBackend, type KernelFunc, type TensorInfo } from '@tensorflow/tfjs-core';
import { onlyOutput } from './kernel-call.js';

type KernelArguments = Parameters<KernelFunc>[0];

/** Runs a registered kernel below the tape, where tfjs tracks no tensor. */
export type RunKernel = (
  kernelName: string,
  inputs: KernelArguments['inputs'],
  attrs?: KernelArguments['attrs'],
) => TensorInfo;

/** Runs a composition of the backend's own kernels and frees everything it made except its result. */
export function composeKernels(
  backendName: string,
  backend: KernelBackend,
  compose: (run: RunKernel) => TensorInfo,
): TensorInfo {
  const made: TensorInfo[] = [];
  let result: TensorInfo | undefined;
  try {
    result = compose((kernelName, inputs, attrs) => {
      const output = callKernel(backendName, kernelName, { inputs, attrs, backend });
      made.push(output);
      return output;
    });
    return result;
  } finally {
    for (const { dataId } of made) if (dataId !== result?.dataId) backend.disposeData(dataId);
  }
}

function callKernel(backendName: string, kernelName: string, call: KernelArguments): TensorInfo {
  const kernel = getKernel(kernelName, backendName);
  if (kernel === undefined) throw new Error(`minimart: the ${backendName} backend has no kernel '${kernelName}'.`);
  return onlyOutput(kernel.kernelFunc(call));
}

/** The same data under another shape: a view for reading, to be disposed by nobody. */
export function viewAs(tensor: TensorInfo, shape: number[]): TensorInfo {
  return { dataId: tensor.dataId, shape, dtype: tensor.dtype };
}
