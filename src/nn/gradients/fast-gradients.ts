import { type GradConfig, getGradient, registerGradient, type Tensor, unregisterGradient } from '@tensorflow/tfjs-core';
import { hasRectifierKernel, rectifierGradient } from '../activations/rectifier-gradient.js';
import { withFusedGradients } from './fused-gradients.js';
import { tileGradient } from './tile-gradient.js';

/**
 * Runs `record` with gradients of `tile`, of `relu` where the backend has a kernel for it, and of fused operations in place of
 * tfjs's. The numbers are the same up to rounding. What the tape holds keeps these gradients; tfjs has its own back afterwards,
 * and other code never meets these.
 */
export function withFastGradients<T>(record: () => T): T {
  const own = hasRectifierKernel() ? [tileGradient(), reluGradient()] : [tileGradient()];
  return withFusedGradients((fused) => withGradients([...own, ...fused], record));
}

function withGradients<T>(gradients: readonly GradConfig[], record: () => T): T {
  const standard = gradients.map(({ kernelName }) => ({ kernelName, present: getGradient(kernelName) }));
  gradients.forEach(registerGradient);
  try {
    return record();
  } finally {
    for (const { kernelName, present } of standard) {
      if (present) registerGradient(present);
      else unregisterGradient(kernelName);
    }
  }
}

function reluGradient(): GradConfig {
  return {
    kernelName: 'Relu',
    inputsToSave: ['x'],
    gradFunc: (upstream, saved) => ({ x: () => rectifierGradient(upstream as Tensor, saved[0]!, 0) }),
  };
}
