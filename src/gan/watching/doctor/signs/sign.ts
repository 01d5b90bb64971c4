import type { Finding } from '../../gan-observer.js';
import type { Examination } from '../examination.js';
import type { DoctorLimits } from '../limits.js';

/** What the doctor's findings are called. */
export type DoctorVerdict =
  | 'numbers-not-finite'
  | 'wrong-data-range'
  | 'weights-stand-still'
  | 'learning-rate-too-high'
  | 'memorising'
  | 'discriminator-saturated'
  | 'generator-collapsed'
  | 'condition-ignored';

/**
 * One thing that may be wrong, recognised from numbers alone.
 *
 * @param recent - The last examinations, oldest first: as many as a sign must persist for.
 */
export type Sign = (
  recent: readonly Examination[],
  limits: DoctorLimits,
) => (Finding & { verdict: DoctorVerdict }) | undefined;

/** A number as evidence shows it. */
export function shown(value: number): string {
  return String(Number(value.toPrecision(3)));
}

/** What helps against steps that are too long. */
export const rateRemedy =
  'Lower the learning rate five- to tenfold (2e-4 with beta1 0.5 is a usual one) and begin anew from fresh networks. ' +
  'A penalty such as r1Penalty() and gradientClipping make a game steadier.';
