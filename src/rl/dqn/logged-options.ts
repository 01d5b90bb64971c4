import { refuse, requirePositiveInteger } from '../../internal/require.js';
import type { LoopOptions, Progress } from '../../training/run-steps.js';
import type { DqnAgent } from './dqn-agent.js';
import type { Transition } from './n-step-window.js';

/** What {@link trainDqn} needs to know to learn from a log, without a world to act in. */
export interface LoggedDqnOptions extends LoopOptions {
  /** From {@link createDqn}, with `conservative` above 0 and room for the whole log. Changed in place. */
  readonly agent: DqnAgent;
  /** What was logged, in the order of time, episode by episode. */
  readonly transitions: Iterable<Transition>;
  /** Updates. */
  readonly steps: number;
  /** Goes with a log only in its place. */
  readonly environment?: undefined;
}

/** What training from a log reports. */
export interface LoggedDqnReport extends Progress {
  /** Updates so far. */
  readonly updates: number;
  /** Mean loss since the last report, the conservative penalty included. */
  readonly loss: number;
  /** Mean predicted value of logged actions since the last report, in the units of rewards. */
  readonly meanQ: number;
}

/** Checks the options, and lets the agent observe the log. */
export function takeLog(where: string, { agent, transitions, steps, reportEvery = 1 }: LoggedDqnOptions): void {
  requirePositiveInteger(where, 'steps', steps);
  requirePositiveInteger(where, 'reportEvery', reportEvery);
  const { conservative = 0, replaySize = 0, batchSize = 0 } = agent.config;
  if (conservative === 0) {
    const rule = 'have `conservative` above 0: nothing corrects what it imagines of actions that the log does not show';
    refuse(where, 'agent', rule, conservative);
  }
  const log = [...transitions];
  if (log.length + agent.stored() > replaySize) {
    refuse(where, 'agent', `have a \`replaySize\` for all ${log.length + agent.stored()} transitions`, replaySize);
  }
  for (const transition of log) agent.observe(transition);
  agent.interrupt();
  if (agent.stored() < batchSize) {
    refuse(where, 'transitions', `hold a batch of ${batchSize} transitions or more`, agent.stored());
  }
}
