import { mul, square, sub, type Tensor, tanh } from '@tensorflow/tfjs-core';
import { withOutputSlope } from './with-output-slope.js';

/**
 * Hyperbolic tangent of each element, differentiable any number of times.
 *
 *     (e^x - e^-x) / (e^x + e^-x)
 *
 * The second derivative of tfjs's own tanh is wrong without a word.
 *
 * @param x - Any shape, float32; any real number.
 * @returns The shape of `x`, in [-1, 1]. The caller disposes it.
 * @example
 * tanhActivation(tensor1d([0, 1])); // [0, 0.76159]
 */
export function tanhActivation(x: Tensor): Tensor {
  const slope = (output: Tensor) => sub(1, square(output));
  return withOutputSlope(x, { value: tanh, slope, bend: (output) => mul(mul(-2, output), slope(output)) });
}
