import { BatchMatMul, getBackend } from '@tensorflow/tfjs-core';
import { hasOurKernel } from './install-kernel.js';

/**
 * Gives the active tfjs backend the training kernels it lacks or does slowly.
 *
 * Every trainer awaits this when it starts. What is added lives in a chunk of its own, loaded only for the backend that
 * needs it: backends without gaps load nothing. Calling again costs a look-up.
 *
 * @example
 * await setBackend('cpu');
 * await prepareBackend(); // for training loops of your own; useBackend and the trainers do it by themselves
 */
export async function prepareBackend(): Promise<void> {
  const backendName = getBackend();
  if (backendName === 'wasm') await prepareWasm();
  else if (backendName === 'cpu') {
    const { registerCpuKernels } = await import('./cpu/register.js');
    registerCpuKernels();
  } else if (backendName === 'webgpu') {
    const { registerWebgpuKernels } = await import('./webgpu/register.js');
    await registerWebgpuKernels();
  }
}

async function prepareWasm(): Promise<void> {
  if (hasOurKernel('wasm', BatchMatMul)) return;
  const { registerWasmKernels } = await import('./wasm/register.js');
  if (await registerWasmKernels()) return;
  const { registerComposedKernels } = await import('./composed/register.js');
  registerComposedKernels();
}
