import { mul, selu, type Tensor } from '@tensorflow/tfjs-core';
import { eluSlope } from './elu.js';
import { withInputGradient } from './with-input-gradient.js';

const alpha = 1.6732632423543772;
const scale = 1.0507009873554805;

/**
 * Scaled exponential linear unit of each element, differentiable any number of times.
 *
 *     1.05070 * (x for x > 0, 1.67326 * (e^x - 1) otherwise)
 *
 * @param x - Any shape, float32; any real number.
 * @returns The shape of `x`, above -1.7581. The caller disposes it.
 * @see Klambauer et al., "Self-Normalizing Neural Networks" (2017)
 * @example
 * seluActivation(tensor1d([-1, 2])); // [-1.11133, 2.1014]
 */
export function seluActivation(x: Tensor): Tensor {
  return withInputGradient(x, selu, (upstream, input) => mul(upstream, mul(scale, eluSlope(input, alpha))));
}
