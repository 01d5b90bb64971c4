import { type GradConfig, getGradient, registerGradient, type Tensor } from '@tensorflow/tfjs-core';
import { hasRectifierKernel, rectifierGradient } from '../activations/rectifier-gradient.js';
import { tileGradient } from './tile-gradient.js';

/**
 * Runs `record` with gradients of `tile`, and of `relu` where the backend has a kernel for it, in place of tfjs's. The numbers
 * are the same up to rounding. What the tape holds keeps these gradients; tfjs has its own back afterwards, and other code
 * never meets these.
 */
export function withFastGradients<T>(record: () => T): T {
  const fast = hasRectifierKernel() ? [tileGradient(), reluGradient()] : [tileGradient()];
  const standard = fast.map(({ kernelName }) => getGradient(kernelName));
  fast.forEach(registerGradient);
  try {
    return record();
  } finally {
    for (const each of standard) if (each) registerGradient(each);
  }
}

function reluGradient(): GradConfig {
  return {
    kernelName: 'Relu',
    inputsToSave: ['x'],
    gradFunc: (upstream, saved) => ({ x: () => rectifierGradient(upstream as Tensor, saved[0]!, 0) }),
  };
}
