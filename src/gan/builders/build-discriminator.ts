import { input, type LayersModel, model, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { type OptionNames, requireGivenOptions } from '../../internal/options.js';
import { requireFilled, requireSeed, requireSizes } from '../../internal/require.js';
import { createRng } from '../../random/rng.js';
import { type DiscriminatorCondition, requireCondition } from './condition.js';
import type { ConditionalModel } from './conditional-model.js';
import {
  type DiscriminatorBase,
  discriminatorFeatures,
  discriminatorLogit,
  flatten,
  requireDiscriminatorLook,
} from './discriminator-parts.js';
import { addProjection, type ConditionEntry, joinMaps, joinVector, openCondition } from './join-condition.js';
import { requireStack } from './require-stack.js';

/** A discriminator of dense layers. */
export interface DenseDiscriminatorConfig extends DiscriminatorBase {
  /** Units of the hidden layers, first to last. `[]` gives a single linear map from sample to logit. */
  readonly hidden: readonly number[];
  /** Goes with convolutions only. */
  readonly filters?: undefined;
  /** Goes with convolutions only. */
  readonly kernelSize?: undefined;
}

/** A discriminator of strided convolutions, for `inputShape` `[H, W, C]`. */
export interface ConvDiscriminatorConfig extends DiscriminatorBase {
  /** Channels after each halving of height and width (rounded up), fine to coarse, at least one. */
  readonly filters: readonly number[];
  /** Height and width of the kernels. Default 4. */
  readonly kernelSize?: number;
  /** Goes with dense layers only. */
  readonly hidden?: undefined;
}

/** Config of {@link buildDiscriminator}: `hidden` for dense layers, `filters` for convolutions. */
export type DiscriminatorConfig = DenseDiscriminatorConfig | ConvDiscriminatorConfig;

/**
 * Builds a discriminator: samples `[B, ...inputShape]` in, **logits** `[B, 1]` out, positive for "real". There is no
 * sigmoid at its end, because the losses take logits. With `condition`, `[samples, condition]` go in.
 *
 * Its activation and dropout layers are this library's: twice differentiable, as gradient penalties need, and with
 * masks that a seed repeats. Call {@link registerLayers} before loading a saved one.
 *
 * @param config - See {@link DenseDiscriminatorConfig} and {@link ConvDiscriminatorConfig}.
 * @returns A plain LayersModel with random weights. The caller disposes it.
 * @throws RangeError when a size is no positive integer, neither or both of `hidden` and `filters` are given, or
 *   `filters` meets samples that are not `[H, W, C]`.
 * @see Mirza and Osindero, "Conditional Generative Adversarial Nets" (2014), for `condition`
 * @see Miyato and Koyama, "cGANs with Projection Discriminator" (2018), for `join: 'projection'`
 * @example
 * const discriminator = buildDiscriminator({ inputShape: [4, 4, 1], hidden: [16] });
 * discriminator.outputs[0].shape; // [null, 1]
 * @example
 * const condition = { size: 10, join: 'projection' } as const;
 * const ofClass = buildDiscriminator({ inputShape: [4, 4, 1], filters: [8], condition });
 * ofClass.inputs.map(({ shape }) => shape); // [[null, 4, 4, 1], [null, 10]]
 */
export function buildDiscriminator(
  config: DiscriminatorConfig & { readonly condition: DiscriminatorCondition },
): ConditionalModel;
export function buildDiscriminator(config: DiscriminatorConfig): LayersModel;
export function buildDiscriminator(config: DiscriminatorConfig): LayersModel {
  checkConfig(config);
  const rng = createRng(config.seed ?? 0)
    .stream('init')
    .stream('discriminator');
  const samples = input({ shape: [...config.inputShape], name: 'discriminator_samples' });
  const condition = openCondition('discriminator', config.condition, { rng, normalization: config.normalization });
  const inputs = condition ? [samples, condition.input] : samples;
  const projects = config.condition?.join === 'projection';
  const features = discriminatorFeatures(enter(samples, config, projects ? undefined : condition), config, rng);
  const logit = discriminatorLogit(features, config, rng);
  const outputs = condition && projects ? addProjection(logit, features, condition) : logit;
  return model({ inputs, outputs, name: 'discriminator' });
}

function enter(samples: SymbolicTensor, { filters }: DiscriminatorConfig, condition?: ConditionEntry): SymbolicTensor {
  if (filters) return condition ? joinMaps(samples, condition) : samples;
  const flat = flatten(samples, 'flat');
  return condition ? joinVector(flat, condition) : flat;
}

const configNames: OptionNames<DenseDiscriminatorConfig> = {
  inputShape: true,
  activation: true,
  normalization: true,
  minibatchSpread: true,
  dropout: true,
  condition: true,
  seed: true,
  hidden: true,
  filters: true,
  kernelSize: true,
};

function checkConfig(config: DiscriminatorConfig): void {
  const where = 'buildDiscriminator';
  requireGivenOptions(where, config, configNames, 'config');
  requireSeed(where, config.seed);
  requireSizes(where, 'inputShape', config.inputShape);
  requireFilled(where, 'inputShape', config.inputShape);
  requireDiscriminatorLook(where, config);
  requireCondition(where, ['concat', 'embedding', 'projection'], config.condition);
  requireStack(where, config, config.inputShape, 'inputShape');
}
