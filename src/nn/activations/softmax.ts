import { mul, softmax, sub, sum, type Tensor } from '@tensorflow/tfjs-core';
import { withInputGradient } from './with-input-gradient.js';

/**
 * Probabilities from logits along the last axis, differentiable any number of times.
 *
 *     e^x_i / sum over j of e^x_j
 *
 * The second derivative of tfjs's own softmax is wrong without a word.
 *
 * @param x - `[..., K]`, float32; any real number.
 * @returns The shape of `x`; every row along the last axis sums to 1. The caller disposes it.
 * @example
 * softmaxActivation(tensor1d([0, Math.log(3)])); // [0.25, 0.75]
 */
export function softmaxActivation(x: Tensor): Tensor {
  return withInputGradient(
    x,
    (logits) => softmax(logits),
    (upstream, input) => {
      const output = softmaxActivation(input);
      return mul(sub(upstream, sum(mul(upstream, output), -1, true)), output);
    },
  );
}
