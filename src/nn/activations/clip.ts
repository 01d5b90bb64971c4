import { clipByValue, mul, step, sub, type Tensor } from '@tensorflow/tfjs-core';
import { requireOptions } from '../../internal/options.js';
import { requireFinite } from '../../internal/require.js';
import { withInputGradient } from './with-input-gradient.js';

/**
 * Each element, held between two bounds, differentiable any number of times.
 *
 *     min(max(x, low), high)
 *
 * The gradient is 1 between the bounds and 0 beyond them and on them. The second derivative of tfjs's own clipByValue
 * throws.
 *
 * @param x - Any shape, float32; any real number.
 * @returns The shape of `x`. The caller disposes it.
 * @throws RangeError when an option is unknown or no finite number.
 * @example
 * clipActivation(tensor1d([-3, 0.5, 3])); // [-1, 0.5, 1]
 */
export function clipActivation(
  x: Tensor,
  options: {
    /** Least value. Default -1. */
    readonly low?: number;
    /** Greatest value, at least `low`. Default 1. */
    readonly high?: number;
  } = {},
): Tensor {
  requireOptions('clipActivation', options, { low: true, high: true });
  const { low = -1, high = 1 } = options;
  requireFinite('clipActivation', 'low', low);
  requireFinite('clipActivation', 'high', high);
  return withInputGradient(
    x,
    (input) => clipByValue(input, low, high),
    (upstream, input) => mul(upstream, mul(step(sub(input, low)), step(sub(high, input)))),
  );
}
