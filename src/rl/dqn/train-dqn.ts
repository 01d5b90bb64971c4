import { refuse } from '../../internal/require.js';
import type { DqnOptions, DqnReport, Evaluation } from './dqn-options.js';
import { runDqn } from './run-dqn.js';

/** Options of {@link trainDqn}. */
export interface TrainDqnOptions extends DqnOptions {
  /** Called with every report, and waited for. What it throws ends the run. */
  readonly onProgress?: (report: DqnReport) => void | Promise<void>;
}

/** What {@link trainDqn} resolves to. */
export interface DqnResult {
  /** All reports, in order. */
  readonly history: readonly DqnReport[];
  /** Steps done. */
  readonly steps: number;
  /** The evaluation whose policy the agent now has; missing where nothing was evaluated. */
  readonly best?: Evaluation;
}

/**
 * Trains an agent in an environment by deep Q-learning, and leaves it with the policy that did best in evaluation: what
 * was once reached is not lost again.
 *
 * A step is one action in the environment, chosen with exploration, and its share of updates from replay. Evaluations
 * play the same episodes every time, without exploration. The event loop goes on.
 *
 * @param options - See {@link TrainDqnOptions}.
 * @returns The reports. The agent is changed in place.
 * @throws RangeError for options that do not fit, before any step, and for an environment that returns numbers that are
 *   not finite; {@link NonFiniteLossError} when the loss stops being a number; the reason of `signal`. The agent then
 *   stands at the best policy so far.
 * @see Mnih et al., "Human-level control through deep reinforcement learning" (2015), https://doi.org/10.1038/nature14236
 * @example
 * const agent = createDqn({ observationSize: 4, actions: 2, seed: 1 });
 * const run = await trainDqn({ agent, environment: cartPole(), steps: 400, evaluation: { episodes: 2 }, seed: 1 });
 * run.steps; // 400
 * run.best.meanReturn >= run.history[30].evaluation.meanReturn; // true
 */
export async function trainDqn(options: TrainDqnOptions): Promise<DqnResult> {
  const { onProgress, ...rest } = options;
  if (onProgress !== undefined && typeof onProgress !== 'function') {
    refuse('trainDqn', 'onProgress', 'be a function', onProgress);
  }
  const history: DqnReport[] = [];
  for await (const report of runDqn('trainDqn', rest)) {
    history.push(report);
    await onProgress?.(report);
  }
  const last = history.at(-1);
  return { history, steps: last?.step ?? 0, ...(last?.best && { best: last.best }) };
}
