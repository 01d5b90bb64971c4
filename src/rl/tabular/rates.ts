import { type OptionNames, requireOptions } from '../../internal/options.js';
import { refuse, requireProbability, requireShare } from '../../internal/require.js';
import { type LinearSchedule, requireLinearSchedule, scheduled } from '../../training/schedules/linear-schedule.js';

/** A learning rate that falls with the number of updates that a value had: `max(least, from / (1 + n)^power)`. */
export interface LearningRateDecay {
  /** How fast it falls, in (0, 1]. Above 1/2 values settle (Even-Dar and Mansour, 2003). */
  readonly power: number;
  /** What it is at first, in (0, 1]. Default 1. */
  readonly from?: number;
  /** What it never falls below, in [0, 1]. Default 0. */
  readonly least?: number;
}

/** The learning rate of a value that had so many updates before. */
export function rateNow(rate: number | LearningRateDecay, visits: number): number {
  if (typeof rate === 'number') return rate;
  const { power, from = 1, least = 0 } = rate;
  return Math.max(least, from * (1 + visits) ** -power);
}

const names: OptionNames<LearningRateDecay> = { power: true, from: true, least: true };

/** Checks a learning rate. */
export function requireLearningRate(where: string, rate: number | LearningRateDecay): void {
  if (typeof rate === 'number') {
    requireProbability(where, 'learningRate', rate);
    return;
  }
  if (typeof rate !== 'object' || rate === null) refuse(where, 'learningRate', 'be a number or { power }', rate);
  requireOptions(where, rate, names, 'learningRate');
  requireShare(where, 'learningRate.power', rate.power);
  requireShare(where, 'learningRate.from', rate.from ?? 1);
  requireProbability(where, 'learningRate.least', rate.least ?? 0);
}

/** The chance of exploring after so many steps. */
export function explorationNow(exploration: number | LinearSchedule, done: number): number {
  return typeof exploration === 'number' ? exploration : scheduled(exploration, done);
}

/** Checks a chance of exploring. */
export function requireExploration(where: string, exploration: number | LinearSchedule): void {
  if (typeof exploration === 'number') {
    requireProbability(where, 'exploration', exploration);
    return;
  }
  if (typeof exploration !== 'object' || exploration === null) {
    refuse(where, 'exploration', 'be a number or { from, to, over }', exploration);
  }
  requireLinearSchedule(where, 'exploration', exploration);
}
