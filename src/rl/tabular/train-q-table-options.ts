import { type OptionNames, requireGivenOptions } from '../../internal/options.js';
import {
  refuse,
  requireFunction,
  requirePositiveInteger,
  requireProbability,
  requireSeed,
} from '../../internal/require.js';
import { type KeepingOptions, requireKeeping } from '../../saving/checkpoint-options.js';
import { type LoopOptions, type Progress, requireLoopOptions } from '../../training/run-steps.js';
import type { LinearSchedule } from '../../training/schedules/linear-schedule.js';
import type { Environment } from '../environments/environment.js';
import { requireEnvironment } from '../environments/environment-door.js';
import { type LearningRateDecay, requireExploration, requireLearningRate } from './rates.js';

/** What {@link trainQTable} reports: its steps are those in the environment, with one update each. */
export interface QTableReport extends Progress {
  /** Distinct states met so far. */
  readonly states: number;
  /** Mean reward of a step since the last report, exploration included. */
  readonly meanReward: number;
  /** Chance of a random action now. */
  readonly exploration: number;
}

/**
 * Options of {@link trainQTable}. Where observations are not whole numbers by the environment's own word, `stateOf` must be
 * given.
 */
export type TrainQTableOptions = LoopOptions &
  KeepingOptions & {
    /** Steps in the environment, with one update each. A report comes every hundredth of them by default. */
    readonly steps: number;
    /** What a reward one step later is worth, in [0, 1]. Default: none; the average reward is maximised. */
    readonly discount?: number;
    /** Fixed, in [0, 1], or falling with the visits of a pair. Default `{ power: 0.8 }`. */
    readonly learningRate?: number | LearningRateDecay;
    /** Chance of a random legal action: fixed, in [0, 1], or moving. Default 0.2. */
    readonly exploration?: number | LinearSchedule;
    /** Value of what was never tried. Default 0. */
    readonly initialValue?: number;
    /** Room of the table. Default 100,000. */
    readonly maxStates?: number;
    /** Fixes the episodes and the exploration; any safe integer. Default 0. */
    readonly seed?: number;
    /** Called with each report; it may be async, and training waits for it. */
    readonly onProgress?: (report: QTableReport) => void | Promise<void>;
  } & (
    | {
        /** Where to act. Its observations must be whole numbers, or `stateOf` make some of them. */
        readonly environment: Environment & {
          /** Anything that does not say that observations are not whole. */
          readonly observationSpace: {
            /** False only in a continuous space. */
            readonly isWhole?: true;
          };
        };
        /** Makes whole numbers of an observation, such as by rounding. Default: they are whole already. */
        readonly stateOf?: (observation: Float32Array) => ArrayLike<number>;
      }
    | {
        /** Where to act. */
        readonly environment: Environment;
        /** Makes whole numbers of an observation, such as by rounding. */
        readonly stateOf: (observation: Float32Array) => ArrayLike<number>;
      }
  );

const names: OptionNames<TrainQTableOptions> = {
  environment: true,
  stateOf: true,
  steps: true,
  discount: true,
  learningRate: true,
  exploration: true,
  initialValue: true,
  maxStates: true,
  seed: true,
  reportEvery: true,
  signal: true,
  checkpoint: true,
  resume: true,
  onProgress: true,
};

/** Options with the defaults filled in. */
export type FullTrainQTableOptions = Required<
  Omit<TrainQTableOptions, 'environment' | 'stateOf' | 'discount' | 'signal' | 'checkpoint' | 'resume' | 'onProgress'>
> & {
  readonly environment: Environment;
  readonly stateOf: (observation: Float32Array) => ArrayLike<number>;
  /** Undefined for the average reward. */
  readonly discount: number | undefined;
  readonly signal: AbortSignal | undefined;
  /** Steps from one checkpoint to the next, where they are counted so. */
  readonly checkpointEvery: number;
};

/** Checks options and fills the defaults in. */
export function fullTrainQTableOptions(where: string, options: TrainQTableOptions): FullTrainQTableOptions {
  requireGivenOptions(where, options, names);
  const { environment, stateOf, discount, learningRate = { power: 0.8 }, exploration = 0.2, signal } = options;
  const { steps, initialValue = 0, maxStates = 100_000, seed = 0 } = options;
  requireLoopOptions(where, options);
  requireKeeping(where, options);
  requireFunction(where, 'onProgress', options.onProgress);
  requirePositiveInteger(where, 'steps', steps);
  requirePositiveInteger(where, 'maxStates', maxStates);
  requireFunction(where, 'stateOf', stateOf);
  if (discount !== undefined) requireProbability(where, 'discount', discount);
  requireLearningRate(where, learningRate);
  requireExploration(where, exploration);
  requireSeed(where, seed);
  requireEnvironment(where, environment);
  if (!stateOf && (environment.observationSpace as { readonly isWhole?: boolean }).isWhole === false) {
    refuse(where, 'stateOf', 'be given where observations are not whole numbers', stateOf);
  }
  const reportEvery = options.reportEvery ?? Math.max(1, Math.ceil(steps / 100));
  return {
    ...{ environment, steps, discount, learningRate, exploration, initialValue, maxStates, seed, reportEvery, signal },
    stateOf: stateOf ?? ((observation) => observation),
    checkpointEvery: options.checkpoint?.everySteps ?? Number.POSITIVE_INFINITY,
  };
}
