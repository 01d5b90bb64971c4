import {
  refuse,
  requireFunction,
  requirePositiveInteger,
  requireProbability,
  requireSeed,
} from '../../internal/require.js';
import type { LinearSchedule } from '../../training/schedules/linear-schedule.js';
import type { ContinuousSpace, Environment } from '../environments/environment.js';
import { requireEnvironment } from '../environments/environment-door.js';
import { requireExploration } from './exploration.js';
import { type LearningRateDecay, requireLearningRate } from './learning-rate.js';

/** Makes whole numbers of an observation, such as by rounding. */
export type StateOf = (observation: Float32Array) => ArrayLike<number>;

/** An environment whose observations are whole numbers by its own word: not a continuous space. */
export interface WholeEnvironment extends Environment {
  /** What observations are: anything that does not say that they are not whole. */
  readonly observationSpace: Environment['observationSpace'] & {
    /** False only in a continuous space. */
    readonly isWhole?: true;
  };
}

/** Where to act, and what the states are. */
export type TabularWorld =
  | {
      /** Where to act. Its observations must be whole numbers, or `stateOf` make some of them. */
      readonly environment: WholeEnvironment;
      /** Makes whole numbers of an observation, such as by rounding. Default: they are whole already. */
      readonly stateOf?: StateOf;
    }
  | {
      /** Where to act. */
      readonly environment: Environment;
      /** Makes whole numbers of an observation, such as by rounding. */
      readonly stateOf: StateOf;
    };

/** What {@link trainQTable} needs to know. */
export type TabularOptions = TabularWorld & TabularSettings;

/** How {@link trainQTable} learns. */
export interface TabularSettings {
  /** Steps in the environment, with one update each. */
  readonly updates: number;
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
}

/** Options with the defaults filled in. */
export type FullTabularOptions = Required<Omit<TabularSettings, 'discount'>> & {
  readonly environment: Environment;
  readonly stateOf: StateOf;
  /** Undefined for the average reward. */
  readonly discount: number | undefined;
};

/** Checks options and fills the defaults in. */
export function fullTabularOptions(where: string, options: TabularOptions): FullTabularOptions {
  const { environment, stateOf, discount, learningRate = { power: 0.8 }, exploration = 0.2 } = options;
  const { updates, initialValue = 0, maxStates = 100_000, seed = 0 } = options;
  requirePositiveInteger(where, 'updates', updates);
  requirePositiveInteger(where, 'maxStates', maxStates);
  requireFunction(where, 'stateOf', stateOf);
  if (discount !== undefined) requireProbability(where, 'discount', discount);
  requireLearningRate(where, learningRate);
  requireExploration(where, exploration);
  requireSeed(where, seed);
  requireEnvironment(where, environment);
  if (!stateOf && (environment.observationSpace as Partial<ContinuousSpace>).isWhole === false) {
    refuse(where, 'stateOf', 'be given where observations are not whole numbers', stateOf);
  }
  const numbersOf = stateOf ?? ((observation: Float32Array) => observation);
  return {
    ...{ environment, updates, discount, learningRate, exploration, initialValue, maxStates, seed },
    stateOf: (observation) => requireWholeNumbers(where, numbersOf(observation)),
  };
}

function requireWholeNumbers(where: string, state: ArrayLike<number>): ArrayLike<number> {
  if (!(state?.length > 0)) refuse(where, 'stateOf', 'give a list of whole numbers', state);
  for (let place = 0; place < state.length; place += 1) {
    // States are kept in 32 bits.
    if (!Number.isInteger(state[place]) || Math.abs(state[place]!) > 2 ** 31 - 1) {
      refuse(where, 'stateOf', 'be given where observations are not whole numbers', state[place]);
    }
  }
  return state;
}
