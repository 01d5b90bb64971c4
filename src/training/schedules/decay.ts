import { requireOptions } from '../../internal/options.js';
import { requireProbability, requireWholeNumber } from '../../internal/require.js';
import type { LearningRateSchedule } from './learning-rate-schedule.js';

/** Options of {@link cosineDecay} and {@link linearDecay}. */
export interface DecayOptions {
  /**
   * Steps, a whole number >= 0, over which the factor first rises in a straight line: 1 / warmup at the first step, 1 at
   * the last of them. Default 0.
   */
  readonly warmup?: number;
  /** The factor at the end of the run and after it, in [0, 1]. Default 0. */
  readonly floor?: number;
}

/**
 * A rise, and then a fall from 1 to the floor along a curve.
 *
 * @param curve - From the share of the fall that is done, in [0, 1], to what is left of it: 1 at 0, and 0 at 1.
 */
export function decay(where: string, options: DecayOptions, curve: (done: number) => number): LearningRateSchedule {
  requireOptions(where, options, { warmup: true, floor: true });
  const { warmup = 0, floor = 0 } = options;
  requireWholeNumber(where, 'warmup', warmup);
  requireProbability(where, 'floor', floor);
  return ({ step, totalSteps }) => {
    if (step < warmup) return (step + 1) / warmup;
    // Of a run without end nothing is done yet; of one that ends with the warm-up, everything.
    const done = step < totalSteps ? (step - warmup) / (totalSteps - warmup) : 1;
    return floor + (1 - floor) * curve(done);
  };
}
