import { elu, mul, neg, relu, step, type Tensor } from '@tensorflow/tfjs-core';
import { requireOptions } from '../../internal/options.js';
import { requireFinite } from '../../internal/require.js';
import { exponentialActivation } from './exponential.js';
import { withInputGradient } from './with-input-gradient.js';

/**
 * Each element above zero, an exponential that levels out below, differentiable any number of times.
 *
 *     x for x > 0, alpha * (e^x - 1) otherwise
 *
 * @param x - Any shape, float32; any real number.
 * @returns The shape of `x`, above -alpha. The caller disposes it.
 * @throws RangeError when an option is unknown or no finite number.
 * @see Clevert et al., "Fast and Accurate Deep Network Learning by Exponential Linear Units" (2015)
 * @example
 * eluActivation(tensor1d([-1, 2])); // [-0.63212, 2]
 */
export function eluActivation(
  x: Tensor,
  options: {
    /** Minus the value far below zero. Default 1. */
    readonly alpha?: number;
  } = {},
): Tensor {
  requireOptions('eluActivation', options, { alpha: true });
  const { alpha = 1 } = options;
  requireFinite('eluActivation', 'alpha', alpha);
  return withInputGradient(
    x,
    (input) => (alpha === 1 ? elu(input) : mul(elu(input), step(input, alpha))),
    (upstream, input) => mul(upstream, eluSlope(input, alpha)),
  );
}

/** 1 for x > 0, alpha * e^x otherwise. */
export function eluSlope(x: Tensor, alpha: number): Tensor {
  // -relu(-x) is min(x, 0), so that a large x does not overflow.
  return mul(step(x, alpha), exponentialActivation(neg(relu(neg(x)))));
}
