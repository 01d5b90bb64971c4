import type { ArrayData } from '../../data/array-data.js';
import { requireInteractions } from '../../data/interactions/require-interactions.js';
import type { Interactions } from '../../data/interactions.js';
import type { ConditionalModel } from '../../gan/builders/conditional-model.js';
import { ganRuleNames } from '../../gan/training/options/check-gan-options.js';
import type { GanRules } from '../../gan/training/options/gan-options.js';
import type { TrainGanOptions } from '../../gan/training/train-gan.js';
import { type OptionNames, requireGivenOptions } from '../../internal/options.js';
import {
  refuse,
  requireFilled,
  requireOneOf,
  requirePositive,
  requirePositiveInteger,
  requireSeed,
} from '../../internal/require.js';
import { requireSignal } from '../../internal/signal.js';
import type { RunLength } from '../../training/run-length.js';

/** Options of {@link trainAdversarialRecommender}: its own, those of {@link trainGan} for the game, and `epochs` or `steps`. */
export type AdversarialRecommenderOptions = Omit<GanRules, 'packing' | 'privacy'> & {
  /** Who chose what: the pairs to learn from, each once. Weights and times do not count. */
  readonly interactions: Interactions;
  /**
   * `[I, F]`: row i describes the item with index i of `interactions.items`, such as its category as a one-hot vector, its
   * price, the means of its ratings. Columns are taken as they are: what has larger numbers counts for more. Default: what
   * {@link trainImplicitAls} learns from `interactions`.
   */
  readonly itemFeatures?: ArrayData;
  /** Length of learnt features, F; goes without `itemFeatures` only. Default 16. */
  readonly factors?: number;
  /**
   * Takes `[noise, history]` to `[B, F]`. Changed in place. Default {@link buildPreferenceGenerator}; the recommender draws
   * with `average`, by default a {@link generatorAverage} of decay 0.99.
   */
  readonly generator?: ConditionalModel;
  /**
   * Takes `[features, history]` to logits. Changed in place. Default {@link buildPreferenceDiscriminator} by projection with
   * dropout of 0.5. Both optimizers are by default {@link adam} with a learning rate of 1e-3 and beta1 of 0.5.
   */
  readonly discriminator?: ConditionalModel;
  /** Vectors that are made for each user before items are ranked, S. Default 64. */
  readonly draws?: number;
  /**
   * How far from a made vector an item still counts, h > 0, where the features of what was chosen have mean 0 and a mean
   * square of 1 in a column. Default the square root of F.
   */
  readonly bandwidth?: number;
  /**
   * `'ratio'`: how much more often vectors near an item are made than the catalogue has them. `'nearest'`: which items lie
   * nearest to what was made, as the articles have it, whether few or many are there. Default `'ratio'`.
   */
  readonly rank?: 'ratio' | 'nearest';
} & Pick<TrainGanOptions, 'onProgress'> &
  RunLength;

function optionNames(): OptionNames<AdversarialRecommenderOptions> {
  return {
    ...ganRuleNames,
    interactions: true,
    itemFeatures: true,
    factors: true,
    generator: true,
    discriminator: true,
    draws: true,
    bandwidth: true,
    rank: true,
    onProgress: true,
  };
}

/** Refuses options that do not fit, before any work; those of the game are checked by {@link trainGan}. */
export function checkAdversarialOptions(where: string, options: AdversarialRecommenderOptions): void {
  requireGivenOptions(where, options, optionNames());
  const { interactions, itemFeatures, factors, draws = 64, bandwidth = 1, batchSize = 1, rank = 'ratio' } = options;
  requireInteractions(where, 'interactions', interactions);
  requireFilled(where, 'interactions', interactions);
  requireSignal(where, options.signal);
  requireSeed(where, options.seed);
  requirePositiveInteger(where, 'draws', draws);
  requirePositiveInteger(where, 'batchSize', batchSize);
  requirePositive(where, 'bandwidth', bandwidth);
  requireOneOf(where, 'rank', ['ratio', 'nearest'], rank);
  if (factors === undefined) return;
  if (itemFeatures) refuse(where, 'factors', 'go without `itemFeatures` only', factors);
  requirePositiveInteger(where, 'factors', factors);
}
