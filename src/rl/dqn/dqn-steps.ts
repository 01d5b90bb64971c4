import type { DqnOptions, DqnReport } from './dqn-options.js';
import { runDqn } from './run-dqn.js';

/**
 * Trains an agent step by step: an async iterator that yields a report every `reportEvery` steps, and goes on when it is
 * asked for the next. Leave the loop to stop; the agent then has the best policy so far. {@link trainDqn} is a loop over
 * this.
 *
 * @param options - See {@link DqnOptions}.
 * @returns The iterator.
 * @throws RangeError at the first step, for options that do not fit.
 * @example
 * const agent = createDqn({ observationSize: 4, actions: 2 });
 * for await (const { step, meanReturn } of dqnSteps({ agent, environment: cartPoleEnvironment(), steps: 300, evaluation: false })) {
 *   if (step % 100 === 0) console.log(step, meanReturn);
 * }
 */
export function dqnSteps(options: DqnOptions): AsyncGenerator<DqnReport, void> {
  return runDqn('dqnSteps', options);
}
