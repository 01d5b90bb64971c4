import { MathBackendCPU } from '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';

/** A backend named webgpu that computes on the host, with more or fewer of the insides of the real one. */
export async function usePlainWebgpu(insides: object): Promise<tf.KernelBackend> {
  await tf.setBackend('cpu');
  if (tf.findBackendFactory('webgpu')) tf.removeBackend('webgpu');
  for (const { kernelName } of tf.getKernelsForBackend('webgpu')) tf.unregisterKernel(kernelName, 'webgpu');
  tf.copyRegisteredKernels('cpu', 'webgpu');
  // Its first use would print an advertisement.
  const backend = Object.assign(new MathBackendCPU(), { firstUse: false }, insides);
  tf.registerBackend('webgpu', () => backend);
  await tf.setBackend('webgpu');
  return backend;
}
