import { reserve } from '../../internal/reserve.js';
import { runSteps } from '../../training/run-steps.js';
import { type DqnOptions, type DqnReport, fullDqnOptions } from './dqn-options.js';
import { createDqnWork } from './dqn-work.js';

/** Behind `dqnSteps` and `trainDqn`, which differ in their name in messages. */
export async function* runDqn(where: string, options: DqnOptions): AsyncGenerator<DqnReport, void> {
  const full = fullDqnOptions(where, options);
  const { agent, reportEvery, signal, environment } = full;
  const release = reserve(where, { agent, environment, 'evaluation.environment': full.evaluation?.environment });
  try {
    const work = createDqnWork(where, full);
    try {
      yield* runSteps(work, { reportEvery, ...(signal && { signal }) });
    } finally {
      work.keepBest();
    }
  } finally {
    release();
  }
}
