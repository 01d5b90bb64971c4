import { getKernel, type KernelFunc, registerKernel, unregisterKernel } from '@tensorflow/tfjs-core';

/** Makes our kernel, given the one it takes the place of (undefined where the backend had none). */
export type KernelMaker = (stock: KernelFunc | undefined) => KernelFunc;

/**
 * Registers a kernel of ours, once.
 *
 * The mark is a well-known symbol because tfjs keeps one registry for the whole page, while an app may hold two copies
 * of this package (ESM and CJS): the second copy must see the first one's work and leave it alone.
 */
export function installKernel(backendName: string, kernelName: string, make: KernelMaker): void {
  const present = getKernel(kernelName, backendName);
  if (present !== undefined && isOurKernel(present.kernelFunc)) return;
  // Registering over a present kernel would print a warning. Its setup and disposal stay: ours may call it.
  if (present !== undefined) unregisterKernel(kernelName, backendName);
  const kernelFunc = make(present?.kernelFunc);
  Object.defineProperty(kernelFunc, kernelMark(), { value: true });
  registerKernel({ ...present, kernelName, backendName, kernelFunc });
}

/** Whether a registered kernel function was installed by any copy of this package. */
export function isOurKernel(kernelFunc: KernelFunc): boolean {
  return kernelMark() in kernelFunc;
}

function kernelMark(): symbol {
  return Symbol.for('minimart.kernel');
}
