import { type OptionNames, requireGivenOptions } from '../../internal/options.js';
import { requireOneOf, requirePositiveInteger, requireSeed } from '../../internal/require.js';
import { buildGenerator } from './build-generator.js';
import type { ConditionalModel } from './conditional-model.js';

/** Config of {@link buildPreferenceGenerator}. */
export interface PreferenceGeneratorConfig {
  /** Length P of the vector that says what a customer likes or bought: ratings, tastes, shares of categories. */
  readonly preferenceSize: number;
  /** Length F of the vector that describes an item, or the number of categories for a distribution. */
  readonly featureSize: number;
  /** Length Z of the noise, which makes several answers to one preference possible. Default 16. */
  readonly latentSize?: number;
  /** Units of the hidden layers, first to last. Default `[128, 128]`. */
  readonly hidden?: readonly number[];
  /**
   * `'features'`: any numbers, for features scaled to about mean 0 and deviation 1. `'distribution'`: F shares that are
   * positive and sum to 1, such as how likely each category is. Default `'features'`.
   */
  readonly output?: 'features' | 'distribution';
  /** Fixes the initial weights; any safe integer. Default 0. */
  readonly seed?: number;
}

const configNames: OptionNames<PreferenceGeneratorConfig> = {
  preferenceSize: true,
  featureSize: true,
  latentSize: true,
  hidden: true,
  output: true,
  seed: true,
};

/**
 * Builds a generator of what suits a customer: noise `[B, Z]` and preference `[B, P]` in, item features `[B, F]` out, or
 * a distribution over F categories.
 *
 *     G(z, p) = dense(h), or softmax(dense(h)), with h = leaky relu layers of [z, p]
 *
 * It makes vectors, not items: what to show is the item whose features lie nearest, which
 * {@link trainAdversarialRecommender} does from purchases to ranking. Train it against a discriminator from
 * {@link buildPreferenceDiscriminator}, with one row of `conditions` for each real row.
 *
 * @param config - See {@link PreferenceGeneratorConfig}.
 * @returns A LayersModel of two inputs with random weights. The caller disposes it.
 * @throws RangeError when a size is no positive integer or `output` is unknown.
 * @see Mirza and Osindero, "Conditional Generative Adversarial Nets" (2014)
 * @example
 * const taste = tensor2d([[0.9, 0, 0.1]]); // nine tenths of what was bought is from the first category
 * const generator = buildPreferenceGenerator({ preferenceSize: 3, featureSize: 4, output: 'distribution' });
 * const shares = generator.apply([zeros([1, 16]), taste]) as Tensor;
 * shares.shape; // [1, 4]
 */
export function buildPreferenceGenerator(config: PreferenceGeneratorConfig): ConditionalModel {
  const where = 'buildPreferenceGenerator';
  requireGivenOptions(where, config, configNames, 'config');
  const { preferenceSize, featureSize, latentSize = 16, hidden = [128, 128], output = 'features', seed } = config;
  requireSeed(where, seed);
  requirePositiveInteger(where, 'preferenceSize', preferenceSize);
  requirePositiveInteger(where, 'featureSize', featureSize);
  requireOneOf(where, 'output', ['features', 'distribution'], output);
  return buildGenerator({
    latentSize,
    hidden,
    outputShape: [featureSize],
    activation: 'leakyRelu',
    outputActivation: output === 'distribution' ? 'softmax' : 'linear',
    condition: { size: preferenceSize },
    seed,
  });
}
