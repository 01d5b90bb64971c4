import { type OptionNames, requireGivenOptions } from '../../internal/options.js';
import { requirePositiveInteger, requireSeed } from '../../internal/require.js';
import { buildDiscriminator } from './build-discriminator.js';
import type { DiscriminatorCondition } from './condition.js';
import type { ConditionalModel } from './conditional-model.js';

/** Config of {@link buildPreferenceDiscriminator}. */
export interface PreferenceDiscriminatorConfig {
  /** Length P of the vector that says what a customer likes or bought. */
  readonly preferenceSize: number;
  /** Length F of the vector that describes an item, or the number of categories. */
  readonly featureSize: number;
  /** Units of the hidden layers, first to last. Default `[128, 128]`. */
  readonly hidden?: readonly number[];
  /** How the preference meets the item, as in {@link buildDiscriminator}. Default `'concat'`. */
  readonly join?: DiscriminatorCondition['join'];
  /** Share of each hidden layer's outputs that training drops, in [0, 1). Default 0. */
  readonly dropout?: number;
  /** Fixes the initial weights; any safe integer. Default 0. */
  readonly seed?: number;
}

const configNames: OptionNames<PreferenceDiscriminatorConfig> = {
  preferenceSize: true,
  featureSize: true,
  hidden: true,
  join: true,
  dropout: true,
  seed: true,
};

/**
 * Builds the judge of {@link buildPreferenceGenerator}: item features `[B, F]` and preference `[B, P]` in, **logits**
 * `[B, 1]` out, positive for "a customer with this preference really chose such an item".
 *
 *     D(x, p) = dense(h), with h = leaky relu layers of [x, p], slope 0.2
 *
 * @param config - See {@link PreferenceDiscriminatorConfig}.
 * @returns A LayersModel of two inputs with random weights. The caller disposes it.
 * @throws RangeError when a size is no positive integer.
 * @see Mirza and Osindero, "Conditional Generative Adversarial Nets" (2014)
 * @example
 * const discriminator = buildPreferenceDiscriminator({ preferenceSize: 3, featureSize: 4 });
 * discriminator.countParams(); // 17665: 7 x 128 + 128, 128 x 128 + 128, 128 + 1
 */
export function buildPreferenceDiscriminator(config: PreferenceDiscriminatorConfig): ConditionalModel {
  const where = 'buildPreferenceDiscriminator';
  requireGivenOptions(where, config, configNames, 'config');
  const { preferenceSize, featureSize, hidden = [128, 128], join, dropout, seed } = config;
  requireSeed(where, seed);
  requirePositiveInteger(where, 'preferenceSize', preferenceSize);
  requirePositiveInteger(where, 'featureSize', featureSize);
  return buildDiscriminator({
    inputShape: [featureSize],
    hidden,
    condition: { size: preferenceSize, join },
    dropout,
    seed,
  });
}
