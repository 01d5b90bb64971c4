import { type OptionNames, requireOptions } from '../../../internal/options.js';
import {
  refuse,
  requireBetween,
  requireFlag,
  requireNonNegative,
  requireOneOf,
  requirePositive,
  requirePositiveInteger,
  requireProbability,
  requireSeed,
  requireShare,
  requireSizes,
} from '../../../internal/require.js';
import type { AdamConfig } from '../../../nn/optimizers/adam.js';
import { type LinearSchedule, requireLinearSchedule } from '../../../training/schedules/linear-schedule.js';
import { type PrioritySettings, requirePriorities, requireReplayConfig } from '../../replay/replay-config.js';

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
  /** Adam's settings. Default: learning rate 2e-3, beta1 0.9, beta2 0.999, epsilon 1e-7. */
  readonly optimizer?: AdamConfig;
  /** Longest gradient, as the root of its sum of squares; a longer one is shortened. Default 10. */
  readonly gradientClipping?: number;
  /** When the target network follows the online network: all at once, or a little at every update. Default `{ polyak: 0.005 }`. */
  readonly targetUpdate?:
    | {
        /** Copies the online network every so many updates. */
        readonly every: number;
      }
    | {
        /** Moves the target network by this share of the difference at every update, in (0, 1]. */
        readonly polyak: number;
      };
  /** Transitions in an update. Default 128. */
  readonly batchSize?: number;
  /** Transitions that are kept to learn from. Default 50,000. */
  readonly replaySize?: number;
  /** Draws what was predicted badly more often. Default `false`. */
  readonly prioritized?:
    | boolean
    | (PrioritySettings & {
        /** How far importance weights undo the preference, by updates. Default from 0.4 to 1 over 50,000. */
        readonly correction?: LinearSchedule;
      });
  /**
   * Weight of the penalty that holds down the values of actions which the data do not show, >= 0: for learning from logs.
   * Default 0.
   */
  readonly conservative?: number;
  /** Fixes initial weights, exploration and draws; any safe integer. Default 0. */
  readonly seed?: number;
}

/** When the target network follows. */
export type TargetUpdate = NonNullable<DqnConfig['targetUpdate']>;

type DqnPrioritySettings = Exclude<NonNullable<DqnConfig['prioritized']>, boolean>;

/** A config with every default filled in. */
export type FullDqnConfig = Required<Omit<DqnConfig, 'prioritized'>> & {
  readonly prioritized: DqnPrioritySettings | undefined;
};

const names: OptionNames<DqnConfig> = {
  observationSize: true,
  actions: true,
  hidden: true,
  double: true,
  dueling: true,
  nStep: true,
  discount: true,
  loss: true,
  optimizer: true,
  gradientClipping: true,
  targetUpdate: true,
  batchSize: true,
  replaySize: true,
  prioritized: true,
  conservative: true,
  seed: true,
};
const adamNames: OptionNames<AdamConfig> = { learningRate: true, beta1: true, beta2: true, epsilon: true };
const priorityNames: OptionNames<DqnPrioritySettings> = { exponent: true, offset: true, correction: true };

/** Checks a config and fills the defaults in. */
export function fullDqnConfig(where: string, config: DqnConfig): FullDqnConfig {
  requireOptions(where, config, names, 'config');
  const { observationSize, actions, prioritized = false } = config ?? {};
  const full: FullDqnConfig = {
    observationSize,
    actions,
    hidden: config.hidden ?? [64, 64],
    double: config.double ?? true,
    dueling: config.dueling ?? false,
    nStep: config.nStep ?? 1,
    discount: config.discount ?? 0.99,
    loss: config.loss ?? 'huber',
    optimizer: config.optimizer ?? { learningRate: 2e-3 },
    gradientClipping: config.gradientClipping ?? 10,
    targetUpdate: config.targetUpdate ?? { polyak: 0.005 },
    batchSize: config.batchSize ?? 128,
    replaySize: config.replaySize ?? 50_000,
    conservative: config.conservative ?? 0,
    seed: config.seed ?? 0,
    prioritized: prioritized === true ? {} : prioritized || undefined,
  };
  requireConfig(where, full);
  return full;
}

function requireConfig(where: string, config: FullDqnConfig): void {
  const { gradientClipping, conservative, discount, hidden, dueling, observationSize, actions, replaySize } = config;
  for (const name of ['nStep', 'batchSize'] as const) requirePositiveInteger(where, name, config[name]);
  requirePositiveInteger(where, 'replaySize', replaySize);
  requireReplayConfig(where, { observationSize, actions, capacity: replaySize });
  requirePrioritized(where, config.prioritized);
  requireSizes(where, 'hidden', hidden);
  for (const name of ['double', 'dueling'] as const) {
    requireFlag(where, name, config[name]);
  }
  if (dueling && hidden.length === 0) refuse(where, 'hidden', 'hold a layer for dueling to split', hidden);
  requireProbability(where, 'discount', discount);
  requireOneOf(where, 'loss', ['huber', 'squared'], config.loss);
  requireOptimizer(where, config.optimizer);
  // Infinity clips nothing.
  if (!(typeof gradientClipping === 'number' && gradientClipping > 0)) {
    refuse(where, 'gradientClipping', 'be a positive number, or Infinity for no clipping', gradientClipping);
  }
  requireNonNegative(where, 'conservative', conservative);
  requireSeed(where, config.seed);
  requireTargetUpdate(where, config.targetUpdate);
  requireRoom(where, config);
}

// Numbers of both networks, their moments and the buffers of a batch: 1 GB.
function requireRoom(where: string, { observationSize, actions, hidden, batchSize }: FullDqnConfig): void {
  const sizes = [observationSize, ...hidden, actions];
  const weights = sizes.slice(1).reduce((sum, size, index) => sum + size * (sizes[index]! + 1), 0);
  const numbers = 5 * weights + 4 * batchSize * sizes.reduce((sum, size) => sum + size, 0);
  if (numbers > 2 ** 28) refuse(where, 'hidden', 'make a network that fits into 1 GB with its batch', hidden);
}

function requireOptimizer(where: string, optimizer: AdamConfig): void {
  requireOptions(where, optimizer, adamNames, 'optimizer');
  requirePositive(where, 'optimizer.learningRate', optimizer.learningRate);
  requireBetween(where, 'optimizer.beta1', optimizer.beta1 ?? 0.9, 0, 1);
  requireBetween(where, 'optimizer.beta2', optimizer.beta2 ?? 0.999, 0, 1);
  requirePositive(where, 'optimizer.epsilon', optimizer.epsilon ?? 1e-7);
}

function requirePrioritized(where: string, prioritized: DqnPrioritySettings | undefined): void {
  if (prioritized === undefined) return;
  requirePriorities(where, prioritized, priorityNames);
  if (prioritized.correction !== undefined)
    requireLinearSchedule(where, 'prioritized.correction', prioritized.correction);
}

function requireTargetUpdate(where: string, targetUpdate: TargetUpdate): void {
  requireOptions<{ every?: number; polyak?: number }>(
    where,
    targetUpdate,
    { every: true, polyak: true },
    'targetUpdate',
  );
  const { every, polyak } = targetUpdate as { readonly every?: number; readonly polyak?: number };
  if (every !== undefined && polyak !== undefined) {
    refuse(where, 'targetUpdate.polyak', 'be left out where `every` is given', polyak);
  }
  if (every !== undefined) requirePositiveInteger(where, 'targetUpdate.every', every);
  else requireShare(where, 'targetUpdate.polyak', polyak);
}
