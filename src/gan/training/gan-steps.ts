import { requireOptions } from '../../internal/options.js';
import type { GanReport } from '../watching/gan-observer.js';
import { ganOptionNames } from './options/check-gan-options.js';
import type { GanOptions } from './options/gan-options.js';
import { runGan } from './run-gan.js';

/**
 * Trains a GAN step by step: an async iterator that does one step, yields its report, and goes on when it is asked
 * for the next. Both models are whole and usable at every report; leave the loop to stop.
 *
 * One step is `discriminatorSteps` updates of the discriminator, each on a real batch of its own and as many fakes,
 * then one update of the generator. Each network's batch statistics move in its own updates only. {@link trainGan} is
 * a loop over this.
 *
 * @param options - See {@link GanOptions}.
 * @returns The iterator; it yields every `reportEvery` steps and after the last.
 * @throws RangeError for options, shapes or data that do not fit, before any work; {@link NonFiniteLossError} when a
 *   loss or a weight stops being a finite number, as {@link trainGan} has it, also where the loop is left; the reason of
 *   `signal`.
 * @see Goodfellow et al., "Generative Adversarial Networks" (2014), https://arxiv.org/abs/1406.2661, algorithm 1
 * @example
 * for await (const { step, losses } of ganSteps({ generator, discriminator, data: images, steps: 20 })) {
 *   if (step % 10 === 0) console.log(step, losses.generator);
 * }
 */
export function ganSteps(options: GanOptions): AsyncGenerator<GanReport, void> {
  return checkedSteps(options);
}

async function* checkedSteps(options: GanOptions): AsyncGenerator<GanReport, void> {
  requireOptions('ganSteps', options ?? {}, ganOptionNames());
  yield* runGan('ganSteps', options);
}
