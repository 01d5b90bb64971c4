import { runSteps } from '../../training/run-steps.js';
import { type DqnOptions, type DqnReport, fullDqnOptions } from './dqn-options.js';
import { createDqnWork } from './dqn-work.js';

/** Behind `dqnSteps` and `trainDqn`, which differ in their name in messages. */
export async function* runDqn(where: string, options: DqnOptions): AsyncGenerator<DqnReport, void> {
  const full = fullDqnOptions(where, options);
  const { reportEvery, signal } = full;
  const work = createDqnWork(full);
  try {
    yield* runSteps(work, { reportEvery, ...(signal && { signal }) });
  } finally {
    work.keepBest();
  }
}
