import {
  refuse,
  requireFunction,
  requireNonNegative,
  requirePositiveInteger,
  requireText,
} from '../../../internal/require.js';
import { requireLiveModel } from '../../../nn/models/require-live.js';
import type { Penalty } from '../../penalties/penalty.js';
import type { GanOptions } from './gan-options.js';

/** Refuses a loss, penalties, an augmentation, a moving average, observers or a schedule that are none. */
export function requireParts(where: string, options: GanOptions): void {
  const { loss, augmentation, observers = [], schedule, penalties = [] } = options;
  const whole = typeof loss?.discriminator === 'function' && typeof loss.generator === 'function';
  if (loss !== undefined && !whole) refuse(where, 'loss', 'be an AdversarialLoss, such as nonSaturatingLoss()', loss);
  if (!Array.isArray(penalties)) refuse(where, 'penalties', 'be a list of Penalties', penalties);
  for (const penalty of penalties) requirePenalty(where, penalty);
  requireOwnNames(where, penalties);
  if (augmentation !== undefined && typeof augmentation?.apply !== 'function') {
    refuse(where, 'augmentation', 'be an Augmentation, such as diffAugment()', augmentation);
  }
  requireAverage(where, options);
  if (!Array.isArray(observers)) refuse(where, 'observers', 'be a list of GanObservers', observers);
  for (const observer of observers) {
    if (typeof observer?.observe !== 'function') refuse(where, 'observers', 'hold GanObservers only', observer);
  }
  requireFunction(where, 'schedule', schedule);
}

function requireAverage(where: string, { average, generator }: GanOptions): void {
  if (average === undefined) return;
  if (average?.source !== generator || typeof average.update !== 'function') {
    refuse(where, 'average', 'follow `generator`: generatorAverage(generator)', average);
  }
  requireLiveModel(where, 'average.model', average.model);
}

function requirePenalty(where: string, penalty: Penalty): void {
  if (typeof penalty?.compute !== 'function')
    refuse(where, 'penalties', 'hold Penalties only, such as r1Penalty()', penalty);
  const { name, weight, every = 1 } = penalty;
  requireText(where, 'name of a penalty', name);
  requireNonNegative(where, `weight of ${name}`, weight);
  requirePositiveInteger(where, `every of ${name}`, every);
}

// Reports name the values of penalties: of two with one name, one would be lost.
function requireOwnNames(where: string, penalties: readonly Penalty[]): void {
  const names = penalties.filter(({ weight }) => weight > 0).map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) refuse(where, 'penalties', 'have a name of their own each', twice);
}
