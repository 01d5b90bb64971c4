import { leakyRelu, type Tensor } from '@tensorflow/tfjs-core';
import { requireOptions } from '../../internal/options.js';
import { requireFinite } from '../../internal/require.js';
import { rectifierGradient } from './rectifier-gradient.js';
import { withInputGradient } from './with-input-gradient.js';

/**
 * Each element, with a smaller slope below zero, differentiable any number of times.
 *
 *     x for x > 0, alpha * x otherwise
 *
 * The gradient at 0 is alpha. The second derivative of tfjs's own leakyRelu throws.
 *
 * @param x - Any shape, float32; any real number.
 * @returns The shape of `x`. The caller disposes it.
 * @throws RangeError when an option is unknown or no finite number.
 * @see Maas et al., "Rectifier Nonlinearities Improve Neural Network Acoustic Models" (2013)
 * @example
 * leakyReluActivation(tensor1d([-1, 2])); // [-0.2, 2]
 */
export function leakyReluActivation(
  x: Tensor,
  options: {
    /** Slope below zero. Default 0.2. */
    readonly alpha?: number;
  } = {},
): Tensor {
  requireOptions('leakyReluActivation', options, { alpha: true });
  const { alpha = 0.2 } = options;
  requireFinite('leakyReluActivation', 'alpha', alpha);
  return withInputGradient(
    x,
    (input) => leakyRelu(input, alpha),
    (upstream, input) => rectifierGradient(upstream, input, alpha),
  );
}
