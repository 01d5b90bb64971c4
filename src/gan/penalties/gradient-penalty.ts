import { add, mul, sub, type Tensor, tensor } from '@tensorflow/tfjs-core';
import { requireOptions } from '../../internal/options.js';
import { refuse } from '../../internal/require.js';
import type { Penalty, PenaltyContext } from './penalty.js';
import type { PenaltyOptions } from './penalty-options.js';
import { slopeTarget, slopeTargetNames } from './slope-target.js';

/**
 * Holds the slope of a critic at 1 between real samples and fakes, as {@link wassersteinLoss} wants it: the penalty of
 * WGAN-GP.
 *
 *     weight * E of (|gradient of D by x| - target)^2,   x = real + a (fake - real),   a uniform in [0, 1) for each pair
 *
 * The norm of each sample runs over all its axes, whatever the shape of samples. Real sample `i` is paired with fake `i`.
 * Batch normalisation in the critic mixes the samples of a batch, and with it this is no longer the paper's penalty: use
 * another normalisation or none.
 *
 * By finite differences the norm is `(D(x + step u) - D(x - step u)) / (2 step)` along the unit direction u of the gradient,
 * which is a constant in the outer derivative: first derivatives of the layers are enough, and nothing is left to chance.
 *
 * @returns The penalty, for `penalties` of `trainGan`.
 * @throws RangeError when an option is out of range.
 * @see Gulrajani et al., "Improved Training of Wasserstein GANs" (2017), https://arxiv.org/abs/1704.00028, equation 3
 * @example
 * // D(x) = 3 x0 + 4 x1 has a slope of 5 everywhere: (5 - 1)^2.
 * gradientPenalty().compute({ ...context, judge: (x) => sum(mul(x, tensor1d([3, 4])), 1, true) }); // 16
 */
export function gradientPenalty(
  options: PenaltyOptions & {
    /** The slope that the discriminator should have, >= 0. Default 1. */
    readonly target?: number;
  } = {},
): Penalty {
  requireOptions('gradientPenalty', options, slopeTargetNames());
  return slopeTarget('gradientPenalty', 'gradientPenalty', options, between);
}

function between({ real, fake, rng }: PenaltyContext): Tensor {
  if (String(real.shape) !== String(fake.shape)) {
    const shapes = `[${real.shape}] beside [${fake.shape}]`;
    refuse('gradientPenalty', 'samples', 'have one shape, real and fake', shapes);
  }
  const count = real.shape[0]!;
  const shares = rng.fillUniform(new Float32Array(count));
  return add(real, mul(tensor(shares, [count, ...real.shape.slice(1).map(() => 1)]), sub(fake, real)));
}
