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
  if (hasOurKernel(backendName, kernelName)) return;
  const present = getKernel(kernelName, backendName);
  // Registering over a present kernel would print a warning. Its setup and disposal stay: ours may call it.
  if (present !== undefined) unregisterKernel(kernelName, backendName);
  const kernelFunc = make(present?.kernelFunc);
  Object.defineProperty(kernelFunc, kernelMark(), { value: true });
  registerKernel({ ...present, kernelName, backendName, kernelFunc });
}

/** Registers a kernel of ours in the place of one that the backend has, and that ours may call. */
export function replaceKernel(backendName: string, kernelName: string, make: (stock: KernelFunc) => KernelFunc): void {
  installKernel(backendName, kernelName, (stock) => {
    if (stock === undefined) throw new Error(`minimart: the ${backendName} backend has no kernel '${kernelName}'.`);
    return make(stock);
  });
}

/** Whether a kernel of the backend was installed by any copy of this package. */
export function hasOurKernel(backendName: string, kernelName: string): boolean {
  const present = getKernel(kernelName, backendName);
  return present !== undefined && isOurKernel(present.kernelFunc);
}

function isOurKernel(kernelFunc: KernelFunc): boolean {
  return kernelMark() in kernelFunc;
}

function kernelMark(): symbol {
  return Symbol.for('minimart.kernel');
}
