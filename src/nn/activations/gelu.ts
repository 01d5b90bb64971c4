import { add, erf, mul, square, type Tensor } from '@tensorflow/tfjs-core';
import { exponentialActivation } from './exponential.js';
import { withInputGradient } from './with-input-gradient.js';

/**
 * Each element times the chance that a standard normal number is smaller, differentiable any number of times.
 *
 *     x * P(N(0, 1) <= x)
 *
 * This is the exact form by the error function, not the approximation by tanh.
 *
 * @param x - Any shape, float32; any real number.
 * @returns The shape of `x`, at least -0.17004. The caller disposes it.
 * @see Hendrycks and Gimpel, "Gaussian Error Linear Units" (2016)
 * @example
 * geluActivation(tensor1d([0, 1])); // [0, 0.84134]
 */
export function geluActivation(x: Tensor): Tensor {
  return mul(x, normalDistribution(x));
}

function normalDistribution(x: Tensor): Tensor {
  return withInputGradient(
    x,
    (input) => mul(0.5, add(1, erf(mul(input, Math.SQRT1_2)))),
    (upstream, input) =>
      mul(upstream, mul(1 / Math.sqrt(2 * Math.PI), exponentialActivation(mul(-0.5, square(input))))),
  );
}
