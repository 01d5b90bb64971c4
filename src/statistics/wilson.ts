import type { Interval } from './estimate.js';
import { upperNormal } from './normal.js';

/**
 * 95% interval of a share of `count` independent trials, of which `hits` came true; never outside [0, 1].
 *
 * @see Wilson, "Probable Inference, the Law of Succession, and Statistical Inference" (1927)
 */
export function wilsonInterval(hits: number, count: number): Interval {
  const share = hits / count;
  const square = upperNormal ** 2;
  const middle = (share + square / (2 * count)) / (1 + square / count);
  const reach =
    (upperNormal / (1 + square / count)) * Math.sqrt((share * (1 - share)) / count + square / (4 * count ** 2));
  // At the ends, where the two are equal, rounding would leave a share of 1e-18.
  return [hits === 0 ? 0 : Math.max(0, middle - reach), hits === count ? 1 : Math.min(1, middle + reach)];
}
