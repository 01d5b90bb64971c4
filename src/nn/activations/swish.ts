import { mul, type Tensor } from '@tensorflow/tfjs-core';
import { sigmoidActivation } from './sigmoid.js';

/**
 * Each element times its logistic function (also called SiLU), differentiable any number of times.
 *
 *     x / (1 + e^-x)
 *
 * @param x - Any shape, float32; any real number.
 * @returns The shape of `x`, at least -0.27847. The caller disposes it.
 * @see Ramachandran et al., "Searching for Activation Functions" (2017)
 * @example
 * swishActivation(tensor1d([0, 2])); // [0, 1.76159]
 */
export function swishActivation(x: Tensor): Tensor {
  return mul(x, sigmoidActivation(x));
}
