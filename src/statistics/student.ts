import { upperNormal } from './normal.js';

/**
 * The 97.5% quantile of Student's distribution: in closed form for 1 and 2 degrees of freedom, and above by Fisher's
 * expansion about the normal quantile, which is 0.12% too small for 3 degrees and 0.0004% for 10.
 *
 * @param freedom - Degrees of freedom, >= 1.
 * @see Abramowitz and Stegun, "Handbook of Mathematical Functions" (1964), 26.7.5
 */
export function studentQuantile(freedom: number): number {
  if (freedom === 1) return Math.tan(0.475 * Math.PI);
  if (freedom === 2) return 0.95 / Math.sqrt(2 * 0.975 * 0.025);
  const z = upperNormal;
  const terms = [
    (z ** 3 + z) / 4,
    (5 * z ** 5 + 16 * z ** 3 + 3 * z) / 96,
    (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / 384,
    (79 * z ** 9 + 776 * z ** 7 + 1482 * z ** 5 - 1920 * z ** 3 - 945 * z) / 92160,
  ];
  return z + terms.reduce((sum, term, index) => sum + term / freedom ** (index + 1), 0);
}
