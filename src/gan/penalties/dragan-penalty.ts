import { add, moments, mul, sqrt } from '@tensorflow/tfjs-core';
import { requireOptions } from '../../internal/options.js';
import { requirePositive } from '../../internal/require.js';
import { latentNoise } from '../../random/latent-noise.js';
import type { Penalty } from './penalty.js';
import type { PenaltyOptions } from './penalty-options.js';
import { slopeTarget, slopeTargetNames } from './slope-target.js';

/**
 * Holds the slope of the discriminator at 1 around real samples, which keeps it from growing steep spikes there and the
 * generator from collapsing.
 *
 *     weight * E of (|gradient of D by x| - target)^2,   x = real + spread * (standard deviation of the batch) * e
 *
 * with e standard normal in every component. The paper leaves the size of the noise open; here it follows the data. The
 * norm of each sample runs over all its axes, and `method` means what it does for {@link gradientPenalty}.
 *
 * @returns The penalty, for `penalties` of `trainGan`.
 * @throws RangeError when an option is out of range.
 * @see Kodali et al., "On Convergence and Stability of GANs" (2017), https://arxiv.org/abs/1705.07215
 * @example
 * // D(x) = 3 x0 + 4 x1 has a slope of 5 everywhere: (5 - 1)^2.
 * draganPenalty().compute({ ...context, judge: (x) => sum(mul(x, tensor1d([3, 4])), 1, true) }); // 16
 */
export function draganPenalty(
  options: PenaltyOptions & {
    /** The slope that the discriminator should have, >= 0. Default 1. */
    readonly target?: number;
    /** Standard deviation of the noise on real samples, over that of all values of the batch; > 0. Default 0.5. */
    readonly spread?: number;
  } = {},
): Penalty {
  requireOptions('draganPenalty', options, { ...slopeTargetNames(), spread: true });
  const { spread = 0.5, ...rest } = options;
  requirePositive('draganPenalty', 'spread', spread);
  return slopeTarget('draganPenalty', 'dragan', rest, ({ real, rng }) => {
    const deviation = mul(sqrt(moments(real).variance), spread);
    return add(real, mul(latentNoise(rng, real.shape), deviation));
  });
}
