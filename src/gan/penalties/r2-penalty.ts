import type { Penalty } from './penalty.js';
import type { PenaltyOptions } from './penalty-options.js';
import { zeroCentred } from './zero-centred.js';

/**
 * Keeps the discriminator flat at fakes, as {@link r1Penalty} does at real samples. Together they are what
 * {@link relativisticPairingLoss} needs to converge.
 *
 *     weight / 2 * E over fakes x of |gradient of D by x|^2
 *
 * All that is said of {@link r1Penalty} holds here too.
 *
 * @param options - See {@link PenaltyOptions}.
 * @returns The penalty, for `penalties` of `trainGan`.
 * @throws RangeError when an option is out of range.
 * @see Mescheder et al., "Which Training Methods for GANs do actually Converge?" (2018), https://arxiv.org/abs/1801.04406
 * @example
 * // D(x) = 3 x0 + 4 x1 has a slope of 5 everywhere: 25 / 2.
 * r2Penalty().compute({ ...context, judge: (x) => sum(mul(x, tensor1d([3, 4])), 1, true) }); // 12.5
 */
export function r2Penalty(options: PenaltyOptions = {}): Penalty {
  return zeroCentred('r2', 'fake', options);
}
