import type { Penalty } from './penalty.js';
import type { PenaltyOptions } from './penalty-options.js';
import { zeroCentred } from './zero-centred.js';

/**
 * Keeps the discriminator flat at real samples, which lets a game settle that would circle for ever without it.
 *
 *     weight / 2 * E over real x of |gradient of D by x|^2
 *
 * The norm of each sample runs over all its axes, D gives logits (the sum of them if there are several), and `weight` is
 * the gamma of the paper, which has the factor 1/2 too; some libraries leave it out. `every: 16` makes it cheap.
 *
 * By finite differences the slope is taken in one random direction e for each sample, normal in every component, and no
 * second derivative is needed: `weight / 2 * E of (D(x + step e) - D(x))^2 / step^2`. That is right on average, apart from
 * the curve of D within a step, and scatters more.
 *
 * @param options - See {@link PenaltyOptions}.
 * @returns The penalty, for `penalties` of `trainGan`.
 * @throws RangeError when an option is out of range.
 * @see Mescheder et al., "Which Training Methods for GANs do actually Converge?" (2018), https://arxiv.org/abs/1801.04406
 * @see Lin et al., "Diffusion Adversarial Post-Training for One-Step Video Generation" (2025), for finite differences
 * @example
 * // D(x) = 3 x0 + 4 x1 has a slope of 5 everywhere: 25 / 2.
 * r1Penalty().compute({ ...context, judge: (x) => sum(mul(x, tensor1d([3, 4])), 1, true) }); // 12.5
 */
export function r1Penalty(options: PenaltyOptions = {}): Penalty {
  return zeroCentred('r1', 'real', options);
}
