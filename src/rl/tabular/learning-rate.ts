import { type OptionNames, requireOptions } from '../../internal/options.js';
import { refuse, requireBetween, requireNonNegative, requireProbability } from '../../internal/require.js';

/** A learning rate that falls with the number of updates that a value had: `max(least, from / (1 + n)^power)`. */
export interface LearningRateDecay {
  /** How fast it falls, in (0, 1]. Above 1/2 values settle. */
  readonly power: number;
  /** What it is at first, in (0, 1]. Default 1. */
  readonly from?: number;
  /** What it never falls below, in [0, 1]. Default 0. */
  readonly least?: number;
}

/**
 * The learning rate of a value that had so many updates before: `max(least, from / (1 + n)^power)`.
 *
 * @param rate - A fixed rate in [0, 1], or how it falls.
 * @param visits - Updates before this one, >= 0.
 * @returns The rate.
 * @throws RangeError for settings out of range and negative visits.
 * @see Even-Dar and Mansour, "Learning Rates for Q-learning" (2003)
 * @example
 * learningRateAt({ power: 0.5 }, 99); // 0.1
 */
export function learningRateAt(rate: number | LearningRateDecay, visits: number): number {
  requireLearningRate('learningRateAt', rate);
  requireNonNegative('learningRateAt', 'visits', visits);
  return rateNow(rate, visits);
}

/** {@link learningRateAt} of what was checked before. */
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
  requireBetween(where, 'learningRate.power', rate.power, Number.MIN_VALUE, 1, { closed: true });
  requireBetween(where, 'learningRate.from', rate.from ?? 1, Number.MIN_VALUE, 1, { closed: true });
  requireProbability(where, 'learningRate.least', rate.least ?? 0);
}
