import { mul, sigmoid, sub, type Tensor } from '@tensorflow/tfjs-core';
import { withOutputSlope } from './with-output-slope.js';

/**
 * Logistic function of each element, differentiable any number of times.
 *
 *     1 / (1 + e^-x)
 *
 * The second derivative of tfjs's own sigmoid is wrong without a word.
 *
 * @param x - Any shape, float32; any real number.
 * @returns The shape of `x`, in [0, 1]. The caller disposes it.
 * @example
 * sigmoidActivation(tensor1d([0, 2])); // [0.5, 0.8808]
 */
export function sigmoidActivation(x: Tensor): Tensor {
  const slope = (output: Tensor) => mul(output, sub(1, output));
  return withOutputSlope(x, {
    value: sigmoid,
    slope,
    bend: (output) => mul(sub(1, mul(2, output)), slope(output)),
  });
}
