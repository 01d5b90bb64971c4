import { type GradConfig, getGradient, registerGradient, type Tensor, unregisterGradient } from '@tensorflow/tfjs-core';
import { hasRectifierKernel, rectifierGradient } from '../activations/rectifier-gradient.js';
import { batchNormGradient } from './batch-norm-gradient.js';
import { withFusedGradients } from './fused-gradients.js';
import { reductionGradients } from './reduction-gradients.js';
import { tileGradient } from './tile-gradient.js';

/**
 * Runs `record` with gradients of ours in place of those of tfjs that take long: of `tile`, of reductions, of normalization, of fused
 * operations, and of `relu` where the backend has a kernel for it. The numbers are the same up to rounding. What the tape holds
 * keeps these gradients; tfjs has its own back afterwards, and other code never meets these.
 */
export function withFastGradients<T>(record: () => T): T {
  const own = [tileGradient(), ...reductionGradients(), batchNormGradient(), hasRectifierKernel() && reluGradient()];
  const known = own.filter((each): each is GradConfig => typeof each === 'object');
  return withFusedGradients((fused) => withGradients([...known, ...fused], record));
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
