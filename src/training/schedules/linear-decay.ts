import { type DecayOptions, decay } from './decay.js';
import type { LearningRateSchedule } from './learning-rate-schedule.js';

/**
 * A learning rate that falls in a straight line.
 *
 *     t = (step - warmup) / (totalSteps - warmup)
 *     factor = floor + (1 - floor) * (1 - t)
 *
 * While the length of the run is unknown (`totalSteps` is Infinity) the factor stays at 1 after the warm-up, and goes
 * over to the line when an iterable has shown its length; of an endless one it never falls.
 *
 * @param options - See {@link DecayOptions}.
 * @returns The schedule, a plain function.
 * @throws RangeError when `warmup` is no whole number >= 0, or `floor` not in [0, 1].
 * @example
 * linearDecay({ floor: 0.5 })({ step: 50, totalSteps: 100 }); // 0.75
 */
export function linearDecay(options: DecayOptions = {}): LearningRateSchedule {
  return decay('linearDecay', options, (done) => 1 - done);
}
