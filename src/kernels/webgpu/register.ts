import { backend, Sum } from '@tensorflow/tfjs-core';
import { adamKernelName } from '../adam-inputs.js';
import { installKernel, replaceKernel } from '../install-kernel.js';
import { webgpuAdam } from './adam.js';
import { recordsCommands } from './command-recorder.js';
import { explainLosses, requireDevice } from './lost-device.js';
import { webgpuRectifierGradient } from './rectifier-gradient.js';
import { webgpuSum } from './sum.js';

/**
 * Gives the webgpu backend kernels of our own, which do in one dispatch what takes it many, and words for a lost device.
 *
 * @returns Whether there are kernels: not where the backend's queue of commands is out of reach, as it may be in another
 * version of tfjs. Training is the same there, in more dispatches.
 * @throws Error when the device is lost.
 */
export async function registerWebgpuKernels(): Promise<boolean> {
  const active = backend();
  await requireDevice(active);
  explainLosses(active);
  if (!recordsCommands(active)) return false;
  installKernel('webgpu', adamKernelName, webgpuAdam);
  installKernel('webgpu', 'MinimartRectifierGradient', webgpuRectifierGradient);
  replaceKernel('webgpu', Sum, webgpuSum);
  return true;
}
