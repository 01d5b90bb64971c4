import { type OptionNames, requireOptions } from '../../internal/options.js';
import { refuse, requireBetween, requirePositiveInteger, requireSeed } from '../../internal/require.js';
import { type KeepingOptions, requireKeeping } from '../../saving/checkpoint-options.js';
import { type NonFiniteEntry, type NonFiniteOptions, requireRecovery } from '../../training/recovery.js';
import { type LoopOptions, type Progress, requireLoopOptions } from '../../training/run-steps.js';
import { type LinearSchedule, requireLinearSchedule } from '../../training/schedules/linear-schedule.js';
import type { ValidationReport } from '../../training/validation.js';
import type { Environment } from '../environments/environment.js';
import { requireEnvironment } from '../environments/environment-door.js';
import type { DqnAgent } from './agent/dqn-agent.js';

/** What {@link trainDqn} and {@link dqnSteps} need to know to learn in an environment. */
export interface DqnOptions extends LoopOptions, KeepingOptions, NonFiniteOptions {
  /** From {@link createDqn}. Changed in place. */
  readonly agent: DqnAgent;
  /** Where to act and learn; its sizes must be the agent's. */
  readonly environment: Environment;
  /** Steps in the environment. */
  readonly steps: number;
  /** Fixes the episodes; any safe integer. Default 0. The agent's own randomness follows the agent's seed. */
  readonly seed?: number;
  /** Chance of a random action, by steps. Default from 1 to 0.05 over a tenth of all steps. */
  readonly exploration?: LinearSchedule;
  /** Steps before the first update, at least a batch; all by chance. Default 1000, or a tenth of the steps when fewer. */
  readonly learningStarts?: number;
  /** Steps from one round of updates to the next. Default 1. */
  readonly updateEvery?: number;
  /** Updates in a round. Default `updateEvery`: as many as steps. */
  readonly updates?: number;
  /**
   * Share of the steps after `learningStarts` that are single steps from anywhere, in (0, 1], where the environment has
   * `resetAnywhere`: in states that acting well might never lead to, with an action by chance. Without them an agent
   * guesses there; with many it learns less of where acting leads. All other episodes begin as `reset` does, and are cut off
   * after 100 steps. `false` begins every episode as `reset` does, and cuts none. Default 0.05.
   */
  readonly exploringStarts?: number | false;
  /**
   * Plays the policy as it trains, without exploration, and keeps its best weights: however the run ends, by its length, by
   * `goal` or `patience`, by `signal`, by an error or because {@link dqnSteps} is left, the agent then has the policy of the
   * best measurement, by the sum of `meanReturn` and `meanReturnAnywhere`, of equals the later; or, where nothing was
   * measured, that of the last step. `false` measures nothing. By default it measures, by these defaults.
   */
  readonly validation?:
    | false
    | {
        /** Steps from one measurement to the next, from `learningStarts` on. The last step is measured too. Default: a fiftieth of all steps. */
        readonly every?: number;
        /** Episodes of each, the same ones every time. Default 20. */
        readonly episodes?: number;
        /**
         * Where they are played. Default: the environment of the training, whose episode is then cut off and another begun.
         */
        readonly environment?: Environment;
        /** Steps after which an episode is cut off that does not end by itself. Default 10,000. */
        readonly longest?: number;
        /** Ends the training once the mean return of a measurement is this or more. Default: never. */
        readonly goal?: number;
        /** Ends the training after so many measurements in a row without a new best. Default: never. */
        readonly patience?: number;
      };
}

/** How a policy is measured. */
export type DqnValidation = Exclude<NonNullable<DqnOptions['validation']>, false>;

/** One measurement of a policy: `value` is the sum of `meanReturn` and `meanReturnAnywhere`. */
export interface DqnValidationReport extends ValidationReport {
  /** Mean over its episodes of the sum of rewards. */
  readonly meanReturn: number;
  /** Standard error of that mean; 0 for a single episode. */
  readonly standardError: number;
  /** Mean steps of an episode. */
  readonly meanLength: number;
  /** Mean return of as many episodes that begin anywhere, of 50 steps each; missing, by default, where none do. */
  readonly meanReturnAnywhere?: number;
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
  /** Mean reward of a step since the last report, exploration and steps from anywhere included. */
  readonly meanReward: number;
  /** Mean return of the training episodes that ended since the last report, single steps from anywhere not counted; NaN where none did. */
  readonly meanReturn: number;
  /** What `validation` measured after this step. Default: missing, when nothing was. */
  readonly validation?: DqnValidationReport;
  /** What was not finite since the last report, and what `onNonFinite` did about it. Default: missing, when all was finite. */
  readonly nonFinite?: readonly NonFiniteEntry[];
}

/** Options with every default filled in. */
export type FullDqnOptions = Required<
  Omit<DqnOptions, 'signal' | 'validation' | 'checkpoint' | 'resume' | 'onNonFinite'>
> & {
  readonly onNonFinite: DqnOptions['onNonFinite'] | undefined;
  readonly checkpoint: DqnOptions['checkpoint'] | undefined;
  readonly resume: DqnOptions['resume'] | undefined;
  readonly signal: AbortSignal | undefined;
  readonly validation: Required<DqnValidation> | undefined;
};

/** The names of all options of training in an environment. */
export const dqnOptionNames: OptionNames<DqnOptions> = {
  agent: true,
  environment: true,
  steps: true,
  seed: true,
  exploration: true,
  learningStarts: true,
  updateEvery: true,
  updates: true,
  exploringStarts: true,
  validation: true,
  checkpoint: true,
  resume: true,
  onNonFinite: true,
  reportEvery: true,
  signal: true,
};
const validationNames: OptionNames<DqnValidation> = {
  every: true,
  episodes: true,
  environment: true,
  longest: true,
  goal: true,
  patience: true,
};

/** Checks options and fills the defaults in. */
export function fullDqnOptions(where: string, options: DqnOptions): FullDqnOptions {
  requireOptions(where, options, dqnOptionNames);
  const {
    agent,
    environment,
    steps,
    seed = 0,
    updateEvery = 1,
    signal,
    validation = {},
    checkpoint,
    resume,
    onNonFinite,
  } = options ?? {};
  requireAgent(where, agent);
  requireLoopOptions(where, options);
  requireKeeping(where, options);
  requireRecovery(where, options);
  requirePositiveInteger(where, 'steps', steps);
  requireFit(where, agent, environment, 'environment');
  requireSeed(where, seed);
  const batch = agent.config.batchSize ?? 0;
  const full: FullDqnOptions = {
    ...{ agent, environment, steps, seed, updateEvery, signal, checkpoint, resume, onNonFinite },
    updates: options.updates ?? updateEvery,
    reportEvery: options.reportEvery ?? Math.max(1, Math.ceil(steps / 100)),
    exploration: options.exploration ?? { from: 1, to: 0.05, over: steps / 10 },
    learningStarts: options.learningStarts ?? Math.max(batch, Math.min(1000, Math.ceil(steps / 10))),
    exploringStarts: options.exploringStarts ?? 0.05,
    validation: validation === false ? undefined : fullValidation(where, options, validation),
  };
  for (const name of ['updateEvery', 'updates', 'learningStarts'] as const) {
    requirePositiveInteger(where, name, full[name]);
  }
  if (full.learningStarts < batch) {
    refuse(where, 'learningStarts', `be at least a batch, ${batch}`, full.learningStarts);
  }
  const { exploringStarts: share } = full;
  if (share !== false && !(typeof share === 'number' && share > 0 && share <= 1)) {
    refuse(where, 'exploringStarts', 'be false or a share in (0, 1]', share);
  }
  requireLinearSchedule(where, 'exploration', full.exploration);
  return full;
}

function fullValidation(where: string, { agent, steps, environment }: DqnOptions, given: DqnValidation) {
  requireOptions(where, given, validationNames, 'validation');
  const full = {
    every: given.every ?? Math.ceil(steps / 50),
    episodes: given.episodes ?? 20,
    environment: given.environment ?? environment,
    longest: given.longest ?? 10_000,
    goal: given.goal ?? Number.POSITIVE_INFINITY,
    patience: given.patience ?? Number.POSITIVE_INFINITY,
  };
  if (given.patience !== undefined) requirePositiveInteger(where, 'validation.patience', given.patience);
  for (const name of ['every', 'episodes', 'longest'] as const) {
    requirePositiveInteger(where, `validation.${name}`, full[name]);
  }
  const [low, high] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  requireBetween(where, 'validation.goal', full.goal, low, high, { closed: true });
  requireFit(where, agent, full.environment, 'validation.environment');
  return full;
}

/** Refuses what {@link createDqn} did not make. */
export function requireAgent(where: string, agent: unknown): asserts agent is DqnAgent {
  const { act, learn, observe, config } = (agent ?? {}) as Partial<DqnAgent>;
  const isWhole = [act, learn, observe].every((each) => typeof each === 'function') && typeof config === 'object';
  if (!isWhole) refuse(where, 'agent', 'come from createDqn', agent);
}

function requireFit(where: string, { config }: DqnAgent, environment: Environment, name: string): void {
  requireEnvironment(where, environment, name);
  const { observationSpace, actionSpace } = environment;
  if (observationSpace.low.length !== config.observationSize) {
    const rule = `have observations of ${config.observationSize} numbers, as the agent`;
    refuse(where, name, rule, observationSpace.low.length);
  }
  if (actionSpace.size !== config.actions) {
    refuse(where, name, `have ${config.actions} actions, as the agent`, actionSpace.size);
  }
}
