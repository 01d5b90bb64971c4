import { type OptionNames, requireOptions } from '../../internal/options.js';
import { requireFunction } from '../../internal/require.js';
import { type DqnOptions, type DqnReport, dqnOptionNames, type Evaluation } from './dqn-options.js';
import type { LoggedDqnOptions, LoggedDqnReport } from './logged-options.js';
import { runDqn } from './run-dqn.js';
import { runLogged } from './run-logged.js';

/** Options of {@link trainDqn} in an environment. */
export interface TrainDqnOptions extends DqnOptions {
  /** Called with every report, and waited for. What it throws ends the run. */
  readonly onProgress?: (report: DqnReport) => void | Promise<void>;
  /** Goes with an environment only in its place. */
  readonly transitions?: undefined;
}

/** Options of {@link trainDqn} from a log. */
export interface TrainLoggedDqnOptions extends LoggedDqnOptions {
  /** Called with every report, and waited for. What it throws ends the run. */
  readonly onProgress?: (report: LoggedDqnReport) => void | Promise<void>;
}

/** What {@link trainDqn} resolves to. */
export interface DqnResult<Report = DqnReport> {
  /** All reports, in order. */
  readonly history: readonly Report[];
  /** Steps done. */
  readonly steps: number;
  /** The evaluation whose policy the agent now has; missing where nothing was evaluated. */
  readonly best?: Evaluation;
}

/**
 * Trains an agent by deep Q-learning: in an environment, or from logged transitions alone.
 *
 * In an environment a step is one action, chosen with exploration, and its share of updates from replay. Evaluations play
 * the same episodes every time, without exploration, and the agent is left with the policy that did best in them: what
 * was once reached is not lost again.
 *
 * With `transitions` a step is one update on what was logged; the agent's `conservative` penalty holds down the values of
 * actions that the log does not show (Kumar et al., 2020). Judge the result with {@link evaluateOffPolicy} or in a
 * careful trial, not by the values it predicts. The event loop goes on in both cases.
 *
 * @param options - See {@link TrainDqnOptions} and {@link TrainLoggedDqnOptions}.
 * @returns The reports. The agent is changed in place.
 * @throws RangeError for options that do not fit, before any step, and for an environment that returns numbers that are
 *   not finite; {@link NonFiniteLossError} when the loss stops being a number; the reason of `signal`. The agent then
 *   stands at the best policy so far.
 * @see Mnih et al., "Human-level control through deep reinforcement learning" (2015), https://doi.org/10.1038/nature14236
 * @see Kumar et al., "Conservative Q-Learning for Offline Reinforcement Learning" (2020), https://arxiv.org/abs/2006.04779
 * @example
 * const agent = createDqn({ observationSize: 4, actions: 2, seed: 1 });
 * const run = await trainDqn({ agent, environment: cartPoleEnvironment(), steps: 400, evaluation: { every: 200, episodes: 2 } });
 * run.steps; // 400
 * run.best === run.history.at(-1)?.best; // true
 */
export async function trainDqn(options: TrainDqnOptions): Promise<DqnResult>;
export async function trainDqn(options: TrainLoggedDqnOptions): Promise<DqnResult<LoggedDqnReport>>;
export async function trainDqn(
  options: TrainDqnOptions | TrainLoggedDqnOptions,
): Promise<DqnResult | DqnResult<LoggedDqnReport>> {
  // The ways to train check which of them fit.
  const names: OptionNames<TrainDqnOptions> = { ...dqnOptionNames, transitions: true, onProgress: true };
  requireOptions<object>('trainDqn', options, names);
  requireFunction('trainDqn', 'onProgress', options?.onProgress);
  if (options?.transitions !== undefined) {
    const { onProgress, ...rest } = options;
    return follow(runLogged('trainDqn', rest), onProgress);
  }
  const { onProgress, transitions: _, ...rest } = options ?? {};
  return follow(runDqn('trainDqn', rest as DqnOptions), onProgress);
}

async function follow<Report extends { readonly step: number; readonly best?: Evaluation }>(
  run: AsyncGenerator<Report, void>,
  onProgress: ((report: Report) => void | Promise<void>) | undefined,
): Promise<DqnResult<Report>> {
  const history: Report[] = [];
  for await (const report of run) {
    history.push(report);
    await onProgress?.(report);
  }
  const last = history.at(-1);
  return { history, steps: last?.step ?? 0, ...(last?.best && { best: last.best }) };
}
