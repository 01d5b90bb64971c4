import { clone, exp, type Tensor } from '@tensorflow/tfjs-core';
import { withOutputSlope } from './with-output-slope.js';

/**
 * Exponential of each element, differentiable any number of times.
 *
 *     exp(x)
 *
 * @param x - Any shape, float32. Above 88.7 the result is infinite.
 * @returns The shape of `x`. The caller disposes it.
 * @example
 * exponentialActivation(tensor1d([0, 1])); // [1, 2.71828]
 */
export function exponentialActivation(x: Tensor): Tensor {
  return withOutputSlope(x, { value: exp, slope: clone, bend: clone });
}
