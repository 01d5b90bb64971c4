import { customGrad, type Tensor } from '@tensorflow/tfjs-core';

/**
 * Computes a tensor that gradients of any order take for a constant, wherever it is computed: tfjs records nothing of
 * what happens within an operation, and this one has no inputs to pass a gradient to.
 */
export function withoutGradient(compute: () => Tensor): Tensor {
  return customGrad(() => ({ value: compute(), gradFunc: () => [] }))();
}
