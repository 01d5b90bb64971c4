import { runSteps } from '../../training/run-steps.js';
import { type LoggedDqnOptions, type LoggedDqnReport, takeLog } from './logged-options.js';

/** Behind `trainDqn` where it is given a log. */
export async function* runLogged(where: string, options: LoggedDqnOptions): AsyncGenerator<LoggedDqnReport, void> {
  const { agent, steps, reportEvery = Math.max(1, Math.ceil(steps / 100)), signal } = options;
  takeLog(where, options);
  let [count, loss, meanQ] = [0, 0, 0];
  const work = {
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
  yield* runSteps(work, { reportEvery, ...(signal && { signal }) });
}
