import { input, type LayersModel, layers, model, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { refuse, requireBetween, requireOneOf, requireSizes } from '../../internal/require.js';
import { convStack } from '../../nn/conv-stack.js';
import { denseStack } from '../../nn/dense-stack.js';
import { activationLayer } from '../../nn/layers/activation-layer.js';
import { minibatchSpread } from '../../nn/layers/minibatch-spread.js';
import { seededDropout } from '../../nn/layers/seeded-dropout.js';
import { normalizedMap, type StackConfig, seededKernel } from '../../nn/stack.js';
import { createRng, type Rng } from '../../random/rng.js';
import { requireStack } from './require-stack.js';

/** What dense and convolutional discriminators share. */
export interface DiscriminatorBase {
  /** Shape of one sample, such as `[28, 28, 1]`. */
  readonly inputShape: readonly number[];
  /** Follows every hidden layer; all can be differentiated twice. `'leakyRelu'`, the default, has slope 0.2. */
  readonly activation?: 'leakyRelu' | 'relu' | 'tanh';
  /**
   * `'batch'`: batch normalization before every hidden activation. `'spectral'`: {@link spectralNorm} around every dense and
   * convolutional layer, the last one included. Default `'none'`.
   */
  readonly normalization?: 'none' | 'batch' | 'spectral';
  /**
   * Puts {@link minibatchSpread} before the last dense layer, in convolutional discriminators as one more map before they
   * are flattened: a generator that repeats itself is found out. Default false.
   */
  readonly minibatchSpread?: boolean;
  /** Share of each hidden layer's outputs that training drops, in [0, 1). Default 0. */
  readonly dropout?: number;
  /** Fixes the initial weights; any safe integer. Default 0. */
  readonly seed?: number;
}

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
 * sigmoid at its end, because the losses take logits.
 *
 * Its activation and dropout layers are this library's: twice differentiable, as gradient penalties need, and with
 * masks that a seed repeats. Call {@link registerLayers} before loading a saved one.
 *
 * @param config - See {@link DenseDiscriminatorConfig} and {@link ConvDiscriminatorConfig}.
 * @returns A plain LayersModel with random weights. The caller disposes it.
 * @throws RangeError when a size is no positive integer, neither or both of `hidden` and `filters` are given, or
 *   `filters` meets samples that are not `[H, W, C]`.
 * @example
 * const discriminator = buildDiscriminator({ inputShape: [4, 4, 1], hidden: [16] });
 * discriminator.outputs[0].shape; // [null, 1]
 */
export function buildDiscriminator(config: DiscriminatorConfig): LayersModel {
  checkConfig(config);
  const rng = createRng(config.seed ?? 0)
    .stream('init')
    .stream('discriminator');
  const samples = input({ shape: [...config.inputShape], name: 'discriminator_samples' });
  const stack = stackConfig(config, rng);
  const features = config.filters
    ? convStack(samples, config.filters, { ...stack, kernelSize: config.kernelSize ?? 4 })
    : denseStack(flatten(samples, 'flat'), config.hidden, stack);
  const logit = layers.dense({ units: 1, name: 'discriminator_logit', kernelInitializer: seededKernel(rng) });
  const judged = flatten(config.minibatchSpread ? withSpread(features) : features, 'features');
  const outputs = normalizedMap(logit, stack).apply(judged) as SymbolicTensor;
  return model({ inputs: samples, outputs, name: 'discriminator' });
}

function flatten(x: SymbolicTensor, name: string): SymbolicTensor {
  return x.shape.length === 2 ? x : (layers.flatten({ name: `discriminator_${name}` }).apply(x) as SymbolicTensor);
}

function withSpread(features: SymbolicTensor): SymbolicTensor {
  return minibatchSpread({ name: 'discriminator_spread' }).apply(features) as SymbolicTensor;
}

function stackConfig(config: DiscriminatorConfig, rng: Rng): StackConfig {
  const { activation = 'leakyRelu', normalization = 'none', dropout = 0 } = config;
  const kind = activation === 'leakyRelu' ? 'leakyrelu' : activation;
  return {
    name: 'discriminator',
    rng,
    normalization,
    activation: (name) => activationLayer({ kind, name }),
    after: dropout === 0 ? undefined : (name) => seededDropout({ rate: dropout, seed: rng.uint32(), name }),
  };
}

function checkConfig(config: DiscriminatorConfig): void {
  const where = 'buildDiscriminator';
  requireSizes(where, 'inputShape', config.inputShape);
  if (config.inputShape.length === 0) refuse(where, 'inputShape', 'not be empty', config.inputShape);
  requireOneOf(where, 'activation', ['leakyRelu', 'relu', 'tanh'], config.activation ?? 'leakyRelu');
  requireOneOf(where, 'normalization', ['none', 'batch', 'spectral'], config.normalization ?? 'none');
  const { minibatchSpread: spread = false } = config;
  if (typeof spread !== 'boolean') refuse(where, 'minibatchSpread', 'be true or false', spread);
  requireBetween(where, 'dropout', config.dropout ?? 0, 0, 1);
  requireStack(where, config, config.inputShape, 'inputShape');
}
