import { reserve } from '../../internal/reserve.js';
import { runSteps } from '../../training/run-steps.js';
import type { DqnAgent } from './dqn-agent.js';
import { type LoggedDqnOptions, type LoggedDqnReport, requireLoggedOptions, takeLog } from './logged-options.js';

/** Behind `trainDqn` where it is given a log. */
export async function* runLogged(where: string, options: LoggedDqnOptions): AsyncGenerator<LoggedDqnReport, void> {
  requireLoggedOptions(where, options);
  const { agent, steps, reportEvery = Math.max(1, Math.ceil(steps / 100)), signal } = options;
  const release = reserve(where, { agent });
  try {
    await takeLog(where, options);
    yield* runSteps(loggedWork(agent, steps), { reportEvery, ...(signal && { signal }) });
  } finally {
    release();
  }
}

function loggedWork(agent: DqnAgent, steps: number) {
  let [count, loss, meanQ] = [0, 0, 0];
  return {
    totalSteps: () => steps,
    step: async () => {
      const report = await agent.learn({ updates: 1 });
      count += 1;
      loss += report.loss;
      meanQ += report.meanQ;
      return agent.config.batchSize ?? 0;
    },
    report: async () => {
      const measured = { updates: agent.updates(), loss: loss / count, meanQ: meanQ / count };
      [count, loss, meanQ] = [0, 0, 0];
      return measured;
    },
  };
}
