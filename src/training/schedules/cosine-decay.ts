import { type DecayOptions, decay } from './decay.js';
import type { LearningRateSchedule } from './learning-rate-schedule.js';

/**
 * A learning rate that falls along half a cosine wave: slowly at first and at the end, fast in between.
 *
 *     t = (step - warmup) / (totalSteps - warmup)
 *     factor = floor + (1 - floor) * (1 + cos(pi t)) / 2
 *
 * While the length of the run is unknown (`totalSteps` is Infinity) the factor stays at 1 after the warm-up, and goes
 * over to the curve when an iterable has shown its length; of an endless one it never falls.
 *
 * @param options - See {@link DecayOptions}.
 * @returns The schedule, a plain function.
 * @throws RangeError when `warmup` is no whole number >= 0, or `floor` not in [0, 1].
 * @see Loshchilov and Hutter, "SGDR: Stochastic Gradient Descent with Warm Restarts" (2017), equation 5, one period
 * @example
 * const schedule = cosineDecay({ warmup: 10, floor: 0.2 });
 * schedule({ step: 4, totalSteps: 110 }); // 0.5
 * schedule({ step: 60, totalSteps: 110 }); // 0.6
 */
export function cosineDecay(options: DecayOptions = {}): LearningRateSchedule {
  return decay('cosineDecay', options, (done) => (1 + Math.cos(Math.PI * done)) / 2);
}
