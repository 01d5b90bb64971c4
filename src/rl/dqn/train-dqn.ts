import { closeAll } from '../../internal/close-all.js';
import { type OptionNames, requireOptions } from '../../internal/options.js';
import { requireFinite, requireFunction } from '../../internal/require.js';
import { reserve } from '../../internal/reserve.js';
import type { Checkpoints } from '../../saving/checkpoints.js';
import type { Recovery } from '../../training/recovery.js';
import { loggedRun, runSteps } from '../../training/run-steps.js';
import { bestOf } from '../../training/validation.js';
import { placedEnvironment, unplaced } from '../environments/environment-place.js';
import type { DqnAgent } from './agent/dqn-agent.js';
import {
  type DqnOptions,
  type DqnReport,
  type DqnValidationReport,
  dqnOptionNames,
  fullDqnOptions,
} from './dqn-options.js';
import { dqnValidator } from './dqn-validation.js';
import { createDqnWork } from './dqn-work.js';
import { learnRecovering, openDqnRecovery } from './learn-recovering.js';
import { type LoggedDqnOptions, type LoggedDqnReport, requireLoggedOptions, takeLog } from './logged-options.js';

type TrainDqnOptions = DqnOptions & {
  readonly onProgress?: (report: DqnReport) => void | Promise<void>;
  readonly transitions?: undefined;
};

/** What {@link trainDqn} resolves to. */
export interface DqnResult<Report = DqnReport> {
  /** All reports, in order. */
  readonly history: readonly Report[];
  /** Steps done. */
  readonly steps: number;
  /** The measurement of `validation` whose policy the agent has. Default: missing, when nothing was measured. */
  readonly best?: DqnValidationReport;
}

/**
 * Trains an agent by deep Q-learning: in an environment, or from logged transitions alone.
 *
 * In an environment a step is one action, chosen with exploration, and its share of updates from replay. A `validation`
 * plays the same episodes every time, without exploration, and the agent is left with the policy that did best in them:
 * what was once reached is not lost again.
 *
 * With `transitions` a step is one update on what was logged; the agent's `conservative` penalty holds down the values of
 * actions that the log does not show (Kumar et al., 2020). Judge the result with {@link evaluateOffPolicy} or in a
 * careful trial, not by the values it predicts. The event loop goes on in both cases.
 *
 * @param options - See {@link DqnOptions} and {@link LoggedDqnOptions}.
 * @returns The reports. The agent is changed in place.
 * @throws RangeError for options that do not fit, before any step, and for an environment that returns numbers that are
 *   not finite; {@link NonFiniteLossError} when the loss stops being a number; the reason of `signal`. The agent then
 *   stands at the best policy so far.
 * @see Mnih et al., "Human-level control through deep reinforcement learning" (2015), https://doi.org/10.1038/nature14236
 * @see Kumar et al., "Conservative Q-Learning for Offline Reinforcement Learning" (2020), https://arxiv.org/abs/2006.04779
 * @example
 * const agent = createDqn({ observationSize: 4, actions: 2, seed: 1 });
 * const run = await trainDqn({ agent, environment: cartPoleEnvironment(), steps: 400, validation: { every: 200, episodes: 2 } });
 * run.steps; // 400
 * run.best!.at === run.history.at(-1)!.validation!.bestAt; // true
 */
export async function trainDqn(
  options: DqnOptions & {
    /** Called with every report, and waited for. What it throws ends the run. */
    readonly onProgress?: (report: DqnReport) => void | Promise<void>;
    /** Goes with an environment only in its place. */
    readonly transitions?: undefined;
  },
): Promise<DqnResult>;
export async function trainDqn(options: LoggedDqnOptions): Promise<DqnResult<LoggedDqnReport>>;
export async function trainDqn(
  options: TrainDqnOptions | LoggedDqnOptions,
): Promise<DqnResult | DqnResult<LoggedDqnReport>> {
  // The ways to train check which of them fit.
  const names: OptionNames<TrainDqnOptions> = { ...dqnOptionNames, transitions: true, onProgress: true };
  requireOptions<object>('trainDqn', options, names);
  requireFunction('trainDqn', 'onProgress', options?.onProgress);
  if (options?.transitions !== undefined) {
    const { onProgress, ...rest } = options;
    const history: LoggedDqnReport[] = [];
    return follow(runLogged('trainDqn', rest, history), history, onProgress);
  }
  const { onProgress, transitions: _, ...rest } = options ?? {};
  const history: DqnReport[] = [];
  return follow(runDqn('trainDqn', rest as DqnOptions, history), history, onProgress);
}

async function follow<Report extends { readonly step: number; readonly validation?: DqnValidationReport }>(
  run: AsyncGenerator<Report, void>,
  history: readonly Report[],
  onProgress: ((report: Report) => void | Promise<void>) | undefined,
): Promise<DqnResult<Report>> {
  for await (const report of run) await onProgress?.(report);
  const best = bestOf<DqnValidationReport>(history);
  return { history, steps: history.at(-1)?.step ?? 0, ...(best && { best }) };
}

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
 * for await (const { step, meanReturn } of dqnSteps({ agent, environment: cartPoleEnvironment(), steps: 300, validation: false })) {
 *   if (step % 100 === 0) console.log(step, meanReturn);
 * }
 */
export function dqnSteps(options: DqnOptions): AsyncGenerator<DqnReport, void> {
  return runDqn('dqnSteps', options);
}

/** Steps from one copy to the next: it takes in what the agent has stored, which may be much. */
const stepsPerCopy = 1000;
const updatesPerCopy = 100;

/** Behind `dqnSteps` and `trainDqn`, which differ in their name in messages. */
async function* runDqn(where: string, options: DqnOptions, history?: DqnReport[]): AsyncGenerator<DqnReport, void> {
  const full = fullDqnOptions(where, options);
  const { agent, reportEvery, signal, environment } = full;
  const release = reserve(where, { agent, environment, 'validation.environment': full.validation?.environment });
  try {
    const keeps = full.checkpoint !== undefined || full.resume !== undefined;
    const place = keeps ? placedEnvironment(where, environment) : unplaced(environment);
    const recovery = await openDqnRecovery(where, full, stepsPerCopy);
    const work = createDqnWork(where, full, { place, recovery });
    const validator = dqnValidator(where, full, work.cutEpisode);
    let checkpoints: Checkpoints | undefined;
    try {
      if (keeps) {
        const { openDqnCheckpoints } = await import('./dqn-checkpoint.js');
        checkpoints = await openDqnCheckpoints(where, options, { work, validator, recovery });
      }
      const run = runSteps(work, { reportEvery, ...(signal && { signal }) }, { validator, checkpoints, recovery });
      yield* loggedRun(run, checkpoints, history);
    } finally {
      await closeAll([checkpoints?.close, agent.interrupt, validator?.restoreBest]);
    }
  } finally {
    release();
  }
}

/** Behind `trainDqn` where it is given a log. */
async function* runLogged(
  where: string,
  options: LoggedDqnOptions,
  history: LoggedDqnReport[],
): AsyncGenerator<LoggedDqnReport, void> {
  requireLoggedOptions(where, options);
  const { agent, steps, reportEvery = Math.max(1, Math.ceil(steps / 100)), signal } = options;
  const release = reserve(where, { agent });
  try {
    await takeLog(where, options);
    const recovery = await openDqnRecovery(where, options, updatesPerCopy);
    const work = loggedWork(agent, steps, recovery);
    let checkpoints: Checkpoints | undefined;
    try {
      if (options.checkpoint || options.resume) {
        const { openLoggedCheckpoints } = await import('./dqn-checkpoint.js');
        checkpoints = await openLoggedCheckpoints(where, options, { work, recovery });
      }
      const run = runSteps(work, { reportEvery, ...(signal && { signal }) }, { checkpoints, recovery });
      yield* loggedRun(run, checkpoints, history);
    } finally {
      await checkpoints?.close();
    }
  } finally {
    release();
  }
}

function loggedWork(agent: DqnAgent, steps: number, recovery: Recovery) {
  let [done, count, loss, meanQ] = [0, 0, 0, 0];
  return {
    totalSteps: () => steps,
    step: async () => {
      done += 1;
      await learnRecovering(agent, { updates: 1, step: done, recovery }, (report) => {
        count += 1;
        loss += report.loss;
        meanQ += report.meanQ;
      });
      return agent.config.batchSize ?? 0;
    },
    report: async () => {
      const measured = { updates: agent.updates(), loss: loss / count, meanQ: meanQ / count };
      [count, loss, meanQ] = [0, 0, 0];
      return measured;
    },
    state: () => ({ done, count, loss, meanQ }),
    restore: (state: unknown) => {
      const saved = (state ?? {}) as Readonly<Record<'done' | 'count' | 'loss' | 'meanQ', number>>;
      for (const name of ['done', 'count', 'loss', 'meanQ'] as const)
        requireFinite('restore', `state.${name}`, saved[name]);
      ({ done, count, loss, meanQ } = saved);
    },
  };
}
