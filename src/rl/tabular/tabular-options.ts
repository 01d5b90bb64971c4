import { refuse, requireBetween, requirePositiveInteger } from '../../internal/require.js';
import type { Environment } from '../environment.js';
import { type ExplorationSchedule, requireExploration } from './exploration.js';
import { type LearningRateDecay, requireLearningRate } from './learning-rate.js';

/** What {@link trainQTable} needs to know. */
export interface TabularOptions {
  /** Where to act. */
  readonly environment: Environment;
  /** Steps in the environment, with one update each. */
  readonly updates: number;
  /** What a reward one step later is worth, in [0, 1]. Default: none; the average reward is maximised. */
  readonly discount?: number;
  /** Fixed, in [0, 1], or falling with the visits of a pair. Default `{ power: 0.8 }`. */
  readonly learningRate?: number | LearningRateDecay;
  /** Chance of a random legal action: fixed, in [0, 1], or moving. Default 0.2. */
  readonly exploration?: number | ExplorationSchedule;
  /** Value of what was never tried. Default 0. */
  readonly initialValue?: number;
  /** Makes whole numbers of an observation, such as by rounding. Default: they are whole already. */
  readonly stateOf?: (observation: Float32Array) => ArrayLike<number>;
  /** Room of the table. Default 100,000. */
  readonly maxStates?: number;
  /** Fixes the episodes and the exploration; any safe integer. Default 0. */
  readonly seed?: number;
}

/** Options with the defaults filled in. */
export type FullTabularOptions = Required<Omit<TabularOptions, 'discount'>> & {
  /** Undefined for the average reward. */
  readonly discount: number | undefined;
};

/** Checks options and fills the defaults in. */
export function fullTabularOptions(where: string, options: TabularOptions): FullTabularOptions {
  const full: FullTabularOptions = {
    discount: undefined,
    learningRate: { power: 0.8 },
    exploration: 0.2,
    initialValue: 0,
    stateOf: (observation: Float32Array) => requireWholeNumbers(where, observation),
    maxStates: 100_000,
    seed: 0,
    ...withoutUndefined(options),
  };
  requirePositiveInteger(where, 'updates', full.updates);
  requirePositiveInteger(where, 'maxStates', full.maxStates);
  if (full.discount !== undefined) requireBetween(where, 'discount', full.discount, 0, 1, { closed: true });
  requireLearningRate(where, full.learningRate);
  requireExploration(where, full.exploration);
  if (!Number.isSafeInteger(full.seed)) refuse(where, 'seed', 'be a safe integer', full.seed);
  return full;
}

function withoutUndefined(options: TabularOptions): TabularOptions {
  const entries = Object.entries(options).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as typeof options & {};
}

function requireWholeNumbers(where: string, observation: Float32Array): Float32Array {
  for (let place = 0; place < observation.length; place += 1) {
    if (!Number.isInteger(observation[place])) {
      refuse(where, 'stateOf', 'be given where observations are not whole numbers', observation[place]);
    }
  }
  return observation;
}
