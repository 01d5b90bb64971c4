import { mul, neg, relu, sub, type Tensor } from '@tensorflow/tfjs-core';

/**
 * Each element, with a slope below zero that is a tensor and may be learned, differentiable any number of times.
 *
 *     x for x > 0, alpha * x otherwise
 *
 * The gradient by `x` at 0 is 0. The second derivative of tfjs's own prelu throws.
 *
 * @param x - Any shape, float32; any real number.
 * @param alpha - Slopes, in a shape that broadcasts to that of `x`, such as `[D]` for `[B, D]`.
 * @returns The shape of `x`. The caller disposes it.
 * @see He et al., "Delving Deep into Rectifiers" (2015)
 * @example
 * preluActivation(tensor2d([[-1, -1]]), tensor1d([0.1, 0.5])); // [[-0.1, -0.5]]
 */
export function preluActivation(x: Tensor, alpha: Tensor): Tensor {
  return sub(relu(x), mul(alpha, relu(neg(x))));
}
