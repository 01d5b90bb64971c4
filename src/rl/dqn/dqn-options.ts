import { refuse, requireBetween, requirePositiveInteger } from '../../internal/require.js';
import type { LoopOptions, Progress } from '../../training/run-steps.js';
import type { Environment } from '../environment.js';
import type { DqnAgent } from './dqn-agent.js';
import { requireSchedule, type Schedule } from './schedule.js';

/** When and how a policy is evaluated during training. */
export interface EvaluationOptions {
  /** Steps from one evaluation to the next. Default: a fiftieth of all steps. */
  readonly every?: number;
  /** Episodes of each, the same ones every time. Default 20. */
  readonly episodes?: number;
  /**
   * Where they are played. Default: the environment of the training, whose episode is then cut off and another begun.
   */
  readonly environment?: Environment;
  /** Steps after which an episode is cut off that does not end by itself. Default 10,000. */
  readonly longest?: number;
  /** Ends the training once the mean return of an evaluation is this or more. Default: never. */
  readonly goal?: number;
}

/** What {@link trainDqn} and {@link dqnSteps} need to know to learn in an environment. */
export interface DqnOptions extends LoopOptions {
  /** From {@link createDqn}. Changed in place. */
  readonly agent: DqnAgent;
  /** Where to act and learn; its sizes must be the agent's. */
  readonly environment: Environment;
  /** Steps in the environment. */
  readonly steps: number;
  /** Fixes the episodes; any safe integer. Default 0. The agent's own randomness follows the agent's seed. */
  readonly seed?: number;
  /** Chance of a random action, by steps. Default from 1 to 0.05 over a tenth of all steps. */
  readonly exploration?: Schedule;
  /** Steps before the first update, at least a batch; all by chance. Default 1000, or a tenth of the steps when fewer. */
  readonly learningStarts?: number;
  /** Steps from one round of updates to the next. Default 1. */
  readonly updateEvery?: number;
  /** Updates in a round. Default `updateEvery`: as many as steps. */
  readonly updates?: number;
  /** Keeps the policy that did best. Default {@link EvaluationOptions}' own; `false` evaluates nothing, and keeps the last. */
  readonly evaluation?: EvaluationOptions | false;
}

/** What an evaluation found. */
export interface Evaluation {
  /** Steps of training before it. */
  readonly step: number;
  /** Mean over its episodes of the sum of rewards. */
  readonly meanReturn: number;
  /** Standard error of that mean; 0 for a single episode. */
  readonly standardError: number;
  /** Mean steps of an episode. */
  readonly meanLength: number;
}

/** What training reports. */
export interface DqnReport extends Progress {
  /** Updates so far. */
  readonly updates: number;
  /** Mean loss since the last report; NaN before the first update. */
  readonly loss: number;
  /** Mean predicted value since the last report, in the units of rewards; NaN before the first update. */
  readonly meanQ: number;
  /** Chance of a random action now. */
  readonly exploration: number;
  /** Mean reward of a step since the last report, exploration included. */
  readonly meanReward: number;
  /** Mean return of the training episodes that ended since the last report; NaN where none did. */
  readonly meanReturn: number;
  /** The latest evaluation. */
  readonly evaluation?: Evaluation;
  /** The best evaluation; of equals the later. Its weights are what training leaves. */
  readonly best?: Evaluation;
}

/** Options with every default filled in. */
export type FullDqnOptions = Required<Omit<DqnOptions, 'signal' | 'evaluation'>> & {
  readonly signal: AbortSignal | undefined;
  readonly evaluation: (Required<Omit<EvaluationOptions, 'goal'>> & { readonly goal: number }) | undefined;
};

/** Checks options and fills the defaults in. */
export function fullDqnOptions(where: string, options: DqnOptions): FullDqnOptions {
  const { agent, environment, steps, seed = 0, updateEvery = 1, signal, evaluation = {} } = options;
  requirePositiveInteger(where, 'steps', steps);
  requireFit(where, agent, environment);
  if (!Number.isSafeInteger(seed)) refuse(where, 'seed', 'be a safe integer', seed);
  const batch = agent.config.batchSize ?? 0;
  const full: FullDqnOptions = {
    ...{ agent, environment, steps, seed, updateEvery, signal },
    updates: options.updates ?? updateEvery,
    reportEvery: options.reportEvery ?? Math.max(1, Math.ceil(steps / 100)),
    exploration: options.exploration ?? { from: 1, to: 0.05, over: steps / 10 },
    learningStarts: options.learningStarts ?? Math.max(batch, Math.min(1000, Math.ceil(steps / 10))),
    evaluation: evaluation === false ? undefined : fullEvaluation(where, options, evaluation),
  };
  for (const name of ['updateEvery', 'updates', 'reportEvery', 'learningStarts'] as const) {
    requirePositiveInteger(where, name, full[name]);
  }
  if (full.learningStarts < batch) {
    refuse(where, 'learningStarts', `be at least a batch, ${batch}`, full.learningStarts);
  }
  requireSchedule(where, 'exploration', full.exploration);
  return full;
}

function fullEvaluation(where: string, { steps, environment }: DqnOptions, given: EvaluationOptions) {
  const full = { every: Math.ceil(steps / 50), episodes: 20, environment, longest: 10_000, ...given };
  for (const name of ['every', 'episodes', 'longest'] as const) {
    requirePositiveInteger(where, `evaluation.${name}`, full[name]);
  }
  const goal = given.goal ?? Number.POSITIVE_INFINITY;
  requireBetween(where, 'evaluation.goal', goal, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY, { closed: true });
  return { ...full, goal };
}

function requireFit(where: string, { config }: DqnAgent, { observationSpace, actionSpace }: Environment): void {
  if (observationSpace.low.length !== config.observationSize) {
    const rule = `have observations of ${config.observationSize} numbers, as the agent`;
    refuse(where, 'environment', rule, observationSpace.low.length);
  }
  if (actionSpace.size !== config.actions) {
    refuse(where, 'environment', `have ${config.actions} actions, as the agent`, actionSpace.size);
  }
}
