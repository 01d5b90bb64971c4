import { type OptionNames, requireOptions } from '../../internal/options.js';
import { createPause } from '../../internal/pause.js';
import { refuse, requirePositiveInteger } from '../../internal/require.js';
import { type KeepingOptions, requireKeeping } from '../../saving/checkpoint-options.js';
import { type NonFiniteEntry, type NonFiniteOptions, requireRecovery } from '../../training/recovery.js';
import { type LoopOptions, type Progress, requireLoopOptions } from '../../training/run-steps.js';
import type { DqnAgent } from './agent/dqn-agent.js';
import type { FullDqnConfig } from './agent/dqn-config.js';
import { requireAgent } from './dqn-options.js';
import { requireTransition } from './learning/check-transition.js';
import type { Transition } from './learning/n-step-window.js';

/** What {@link trainDqn} needs to know to learn from a log, without a world to act in. */
export interface LoggedDqnOptions extends LoopOptions, KeepingOptions, NonFiniteOptions {
  /** From {@link createDqn}, with `conservative` above 0 and room for the whole log. Changed in place. */
  readonly agent: DqnAgent;
  /** What was logged, in the order of time, episode by episode. */
  readonly transitions: Iterable<Transition>;
  /** Updates. */
  readonly steps: number;
  /** Called with every report, and waited for. What it throws ends the run. */
  readonly onProgress?: (report: LoggedDqnReport) => void | Promise<void>;
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
  /** What was not finite since the last report, and what `onNonFinite` did about it. Default: missing, when all was finite. */
  readonly nonFinite?: readonly NonFiniteEntry[];
}

const names: OptionNames<LoggedDqnOptions> = {
  agent: true,
  transitions: true,
  steps: true,
  onProgress: true,
  environment: true,
  checkpoint: true,
  resume: true,
  onNonFinite: true,
  reportEvery: true,
  signal: true,
};

/** Checks the options. */
export function requireLoggedOptions(where: string, options: LoggedDqnOptions): void {
  requireOptions(where, options, names);
  const { agent, transitions, steps, environment } = options;
  requireLoopOptions(where, options);
  requireKeeping(where, options);
  requireRecovery(where, options);
  requirePositiveInteger(where, 'steps', steps);
  requireAgent(where, agent);
  if (environment !== undefined) {
    refuse(where, 'environment', 'be left out where `transitions` are given', environment);
  }
  if (typeof transitions?.[Symbol.iterator] !== 'function' || typeof transitions === 'string') {
    refuse(where, 'transitions', 'be an array or another iterable', transitions);
  }
  const { conservative = 0 } = agent.config;
  if (conservative === 0) {
    const rule = 'have `conservative` above 0: nothing corrects what it imagines of actions that the log does not show';
    refuse(where, 'agent', rule, conservative);
  }
}

/** Lets the agent observe the log: all of it, or nothing where a transition cannot be. */
export async function takeLog(where: string, { agent, transitions, signal }: LoggedDqnOptions): Promise<void> {
  const { replaySize = 0, batchSize = 0 } = agent.config;
  const room = replaySize - agent.stored();
  const requireRoom = (count: number): void => {
    if (count > room) {
      const all = `${count + agent.stored()}${Array.isArray(transitions) ? '' : ' or more'}`;
      refuse(where, 'agent', `have a \`replaySize\` for all ${all} transitions`, replaySize);
    }
  };
  if (Array.isArray(transitions)) requireRoom(transitions.length);
  const pause = createPause(8, signal);
  const log: Transition[] = [];
  for (const transition of transitions) {
    requireTransition(where, transition, agent.config as FullDqnConfig, `transitions[${log.length}]`);
    log.push(transition);
    // An iterable may have no end.
    requireRoom(log.length);
    if (log.length % 64 === 0) await pause();
  }
  if (log.length + agent.stored() < batchSize) {
    refuse(where, 'transitions', `hold a batch of ${batchSize} transitions or more`, log.length + agent.stored());
  }
  for (const [index, transition] of log.entries()) {
    agent.observe(transition);
    if (index % 64 === 0) await pause();
  }
  agent.interrupt();
}
