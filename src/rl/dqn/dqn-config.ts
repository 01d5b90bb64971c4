import { refuse, requireBetween, requireOneOf, requirePositiveInteger, requireSizes } from '../../internal/require.js';
import type { AdamConfig } from '../../nn/optimizers/adam.js';
import { type PrioritySettings, requireReplayConfig } from '../replay/replay-config.js';
import type { Schedule } from './schedule.js';

/** When the target network follows the online network: all at once, or a little at every update. */
export type TargetUpdate =
  | {
      /** Copies the online network every so many updates. */
      readonly every: number;
    }
  | {
      /** Moves the target network by this share of the difference at every update, in (0, 1]. */
      readonly polyak: number;
    };

/** How prioritized replay draws, and how its importance weights grow. */
export interface DqnPrioritySettings extends PrioritySettings {
  /** How far importance weights undo the preference, by updates. Default from 0.4 to 1 over 50,000. */
  readonly correction?: Schedule;
}

/** Config of {@link createDqn}. */
export interface DqnConfig {
  /** Numbers in an observation. */
  readonly observationSize: number;
  /** Actions there are. */
  readonly actions: number;
  /** Units of the hidden layers, first to last, each followed by relu. Default `[64, 64]`. */
  readonly hidden?: readonly number[];
  /** The online network chooses the next action and the target network values it. Default `true`. */
  readonly double?: boolean;
  /** Splits the last hidden layer into two streams, for the state's value and the actions' advantages. Default `false`. */
  readonly dueling?: boolean;
  /** Rewards summed before the bootstrap, >= 1. Default 1. */
  readonly nStep?: number;
  /** What a reward is worth one step later, in [0, 1]; below 1 where episodes do not end by themselves. Default 0.99. */
  readonly discount?: number;
  /** `'huber'` or `'squared'`. Default `'huber'`. */
  readonly loss?: 'huber' | 'squared';
  /** Adam's settings. Default: learning rate 5e-4, beta1 0.9, beta2 0.999, epsilon 1e-7. */
  readonly optimizer?: AdamConfig;
  /** Longest gradient, as the root of its sum of squares; a longer one is shortened. Default 10. */
  readonly gradientClipping?: number;
  /** Default `{ polyak: 0.005 }`. */
  readonly targetUpdate?: TargetUpdate;
  /** Transitions in an update. Default 128. */
  readonly batchSize?: number;
  /** Transitions that are kept to learn from. Default 50,000. */
  readonly replaySize?: number;
  /** Draws what was predicted badly more often. Default `false`. */
  readonly prioritized?: boolean | DqnPrioritySettings;
  /**
   * Weight of the penalty that holds down the values of actions which the data do not show, >= 0: for learning from logs.
   * Default 0.
   */
  readonly conservative?: number;
  /** Fixes initial weights, exploration and draws; any safe integer. Default 0. */
  readonly seed?: number;
}

/** A config with every default filled in. */
export type FullDqnConfig = Required<Omit<DqnConfig, 'prioritized'>> & {
  readonly prioritized: DqnPrioritySettings | undefined;
};

/** Checks a config and fills the defaults in. */
export function fullDqnConfig(where: string, config: DqnConfig): FullDqnConfig {
  const { prioritized = false } = config;
  const full: FullDqnConfig = {
    hidden: [64, 64],
    double: true,
    dueling: false,
    nStep: 1,
    discount: 0.99,
    loss: 'huber',
    optimizer: { learningRate: 5e-4 },
    gradientClipping: 10,
    targetUpdate: { polyak: 0.005 },
    batchSize: 128,
    replaySize: 50_000,
    conservative: 0,
    seed: 0,
    ...withoutUndefined(config),
    prioritized: prioritized === true ? {} : prioritized || undefined,
  };
  requireConfig(where, full);
  return full;
}

function withoutUndefined(config: DqnConfig): DqnConfig {
  const entries = Object.entries(config).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as typeof config & {};
}

function requireConfig(where: string, config: FullDqnConfig): void {
  const { optimizer, gradientClipping, conservative, discount, hidden, dueling } = config;
  for (const name of ['nStep', 'batchSize'] as const) requirePositiveInteger(where, name, config[name]);
  requireReplayConfig(where, { ...config, capacity: config.replaySize, prioritized: config.prioritized ?? false });
  requireSizes(where, 'hidden', hidden);
  if (dueling && hidden.length === 0) refuse(where, 'hidden', 'hold a layer for dueling to split', hidden);
  requireBetween(where, 'discount', discount, 0, 1, { closed: true });
  requireOneOf(where, 'loss', ['huber', 'squared'], config.loss);
  requirePositive(where, 'optimizer.learningRate', optimizer.learningRate);
  requireBetween(where, 'optimizer.beta1', optimizer.beta1 ?? 0.9, 0, 1);
  requireBetween(where, 'optimizer.beta2', optimizer.beta2 ?? 0.999, 0, 1);
  requirePositive(where, 'optimizer.epsilon', optimizer.epsilon ?? 1e-7);
  if (!(gradientClipping > 0)) refuse(where, 'gradientClipping', 'be a positive number', gradientClipping);
  requireBetween(where, 'conservative', conservative, 0, Number.POSITIVE_INFINITY);
  if (!Number.isSafeInteger(config.seed)) refuse(where, 'seed', 'be a safe integer', config.seed);
  requireTargetUpdate(where, config.targetUpdate);
}

function requireTargetUpdate(where: string, targetUpdate: TargetUpdate): void {
  if ('every' in targetUpdate) {
    requirePositiveInteger(where, 'targetUpdate.every', targetUpdate.every);
    return;
  }
  const share: unknown = targetUpdate?.polyak;
  if (!(typeof share === 'number' && share > 0 && share <= 1)) {
    refuse(where, 'targetUpdate.polyak', 'be a number in (0, 1]', share);
  }
}

function requirePositive(where: string, name: string, value: unknown): void {
  if (!(Number.isFinite(value) && (value as number) > 0)) refuse(where, name, 'be a positive number', value);
}
