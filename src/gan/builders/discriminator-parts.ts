import { layers, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { requireBetween, requireFlag, requireOneOf } from '../../internal/require.js';
import { convStack } from '../../nn/conv-stack.js';
import { activationLayer } from '../../nn/layers/activation-layer.js';
import { minibatchSpread } from '../../nn/layers/minibatch-spread.js';
import { seededDropout } from '../../nn/layers/seeded-dropout.js';
import { denseStack, normalizedMap, type StackConfig, seededKernel } from '../../nn/stack.js';
import type { Rng } from '../../random/rng.js';
import type { DiscriminatorCondition } from './condition.js';

/** What every discriminator's config says of its layers. */
export interface DiscriminatorLook
  extends Pick<DiscriminatorBase, 'activation' | 'normalization' | 'minibatchSpread' | 'dropout'> {
  readonly hidden?: readonly number[];
  readonly filters?: readonly number[];
  readonly kernelSize?: number;
}

/** The last features `[B, D]` of vectors that go through dense layers, or of maps that go through convolutions. */
export function discriminatorFeatures(x: SymbolicTensor, config: DiscriminatorLook, rng: Rng): SymbolicTensor {
  const stack = stackConfig(config, rng);
  const { hidden = [], filters, kernelSize = 4 } = config;
  const features = filters ? convStack(x, filters, { ...stack, kernelSize }) : denseStack(x, hidden, stack);
  if (!config.minibatchSpread) return flatten(features, 'features');
  const spread = minibatchSpread({ name: 'discriminator_spread' });
  return flatten(spread.apply(features) as SymbolicTensor, 'features');
}

/** The logit `[B, 1]` of such features. */
export function discriminatorLogit(
  features: SymbolicTensor,
  { normalization = 'none' }: DiscriminatorLook,
  rng: Rng,
): SymbolicTensor {
  const last = layers.dense({ units: 1, name: 'discriminator_logit', kernelInitializer: seededKernel(rng) });
  return normalizedMap(last, { normalization }).apply(features) as SymbolicTensor;
}

/** Vectors of samples of any shape. */
export function flatten(x: SymbolicTensor, name: string): SymbolicTensor {
  return x.shape.length === 2 ? x : (layers.flatten({ name: `discriminator_${name}` }).apply(x) as SymbolicTensor);
}

/** Refuses names and shares that no discriminator knows. */
export function requireDiscriminatorLook(where: string, config: DiscriminatorLook): void {
  const { activation = 'leakyRelu', normalization = 'none', minibatchSpread: spread = false, dropout = 0 } = config;
  requireOneOf(where, 'activation', ['leakyRelu', 'relu', 'tanh'], activation);
  requireOneOf(where, 'normalization', ['none', 'batch', 'spectral'], normalization);
  requireFlag(where, 'minibatchSpread', spread);
  requireBetween(where, 'dropout', dropout, 0, 1);
}

function stackConfig(config: DiscriminatorLook, rng: Rng): StackConfig {
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
  /** Makes the discriminator conditional, with a second input `[B, C]`. Default: one input. */
  readonly condition?: DiscriminatorCondition;
  /** Fixes the initial weights; any safe integer. Default 0. */
  readonly seed?: number;
}
