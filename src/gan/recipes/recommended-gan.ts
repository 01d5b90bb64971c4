import type { Optimizer } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { type OptionNames, requireOptions } from '../../internal/options.js';
import { refuse, requireSizes } from '../../internal/require.js';
import { adam } from '../../nn/optimizers/adam.js';
import { buildDiscriminator } from '../builders/build-discriminator.js';
import { buildGenerator } from '../builders/build-generator.js';
import type { ConditionalModel } from '../builders/conditional-model.js';
import type { GeneratorBase } from '../builders/generator-parts.js';
import type { AdversarialLoss } from '../losses/adversarial-loss.js';
import { relativisticPairingLoss } from '../losses/relativistic-pairing-loss.js';
import type { Penalty } from '../penalties/penalty.js';
import { r1Penalty } from '../penalties/r1-penalty.js';
import { r2Penalty } from '../penalties/r2-penalty.js';
import { type GeneratorAverage, generatorAverage } from '../training/generator-average.js';

/** Config of {@link recommendedGan}. */
export interface RecommendedGanConfig {
  /** Shape of one sample: `[H, W, C]` for images, at least 4 x 4, or `[D]` for rows of numbers. */
  readonly sampleShape: readonly number[];
  /** Length Z of the noise vectors. Default 64. */
  readonly latentSize?: number;
  /** Makes the game conditional on vectors of this length, or on so many classes. Default: no condition. */
  readonly condition?: {
    /** Length C of condition vectors, or number of classes. */
    readonly size: number;
  };
  /** The generator's last activation, which sets the range of the data. Default `'sigmoid'` (0 to 1) for images, else `'linear'`. */
  readonly outputActivation?: GeneratorBase['outputActivation'];
  /** Fixes the initial weights; any safe integer. Default 0. */
  readonly seed?: number;
}

/** Networks, rules and optimizers that go well together. Spread it into the options of {@link trainGan}. */
export interface RecommendedGan<M extends LayersModel = LayersModel> {
  /** With batch normalization for images; with leaky relus for rows. */
  readonly generator: M;
  /** With batch normalization for images; without for rows, where every sample is judged alone. */
  readonly discriminator: M;
  /** {@link relativisticPairingLoss}. */
  readonly loss: AdversarialLoss;
  /** {@link r1Penalty} and {@link r2Penalty}. */
  readonly penalties: readonly Penalty[];
  /** {@link generatorAverage} of the generator: draw with its model. */
  readonly average: GeneratorAverage;
  /** Adam with beta1 0.5. */
  readonly generatorOptimizer: Optimizer;
  /** The same for the discriminator. */
  readonly discriminatorOptimizer: Optimizer;
}

/**
 * A GAN that trains with the settings it has: networks for the shape of the samples, relativistic pairing with both
 * zero-centred penalties, Adam at a rate that is high for GANs and that these penalties allow, and a moving average to draw
 * with. `bench/quality` measures it beside others.
 *
 *     images   generator 64-32, discriminator 32-64 filters, both with batch normalization; R1 and R2 of 0.02 at every 16th
 *              update; Adam 2e-3 and 1e-3; average 0.999
 *     rows     128-128-128 units each; R1 and R2 of 0.1 at every 8th update; Adam 1e-3; average 0.999
 *
 * A condition joins the noise of the generator by concatenation, and the discriminator by projection.
 *
 * @param config - See {@link RecommendedGanConfig}.
 * @returns The parts. All of them are yours: dispose both models, `average.model` and both optimizers.
 * @throws RangeError when a size is no positive integer, or images are smaller than 4 x 4.
 * @see Huang et al., "The GAN is dead; long live the GAN! A Modern GAN Baseline" (2024), https://arxiv.org/abs/2501.05441
 * @example
 * const gan = recommendedGan({ sampleShape: [8, 8, 1], seed: 7 });
 * const data = { values: new Float32Array(64 * 64), shape: [64, 8, 8, 1] };
 * const { generator } = await trainGan({ ...gan, data, batchSize: 32, epochs: 1 });
 * (await sampleGan(generator, 4)).shape; // [4, 8, 8, 1]
 */
export function recommendedGan(
  config: RecommendedGanConfig & { readonly condition: { readonly size: number } },
): RecommendedGan<ConditionalModel>;
export function recommendedGan(config: RecommendedGanConfig): RecommendedGan;
export function recommendedGan(config: RecommendedGanConfig): RecommendedGan {
  const where = 'recommendedGan';
  const names: OptionNames<RecommendedGanConfig> = {
    sampleShape: true,
    latentSize: true,
    condition: true,
    outputActivation: true,
    seed: true,
  };
  requireOptions(where, config ?? {}, names, 'config');
  requireOptions(where, config.condition, { size: true }, 'condition');
  requireSizes(where, 'sampleShape', config.sampleShape);
  const { sampleShape } = config;
  if (sampleShape.length !== 1 && sampleShape.length !== 3) {
    refuse(where, 'sampleShape', 'be [D] for rows or [H, W, C] for images', sampleShape);
  }
  const image = sampleShape.length === 3;
  if (image && Math.min(sampleShape[0]!, sampleShape[1]!) < 4) {
    refuse(where, 'sampleShape', 'be 4 x 4 at least for images', sampleShape);
  }
  return image ? imageGan(config) : rowGan(config);
}

function imageGan({
  sampleShape,
  latentSize = 64,
  condition,
  outputActivation = 'sigmoid',
  seed,
}: RecommendedGanConfig) {
  const generator = buildGenerator({
    latentSize,
    filters: [64, 32],
    normalization: 'batch',
    outputShape: sampleShape,
    outputActivation,
    condition,
    seed,
  });
  const discriminator = buildDiscriminator({
    inputShape: sampleShape,
    filters: [32, 64],
    normalization: 'batch',
    condition: condition && { ...condition, join: 'projection' },
    seed,
  });
  return withRules(generator, discriminator, { weight: 0.02, every: 16, rates: [2e-3, 1e-3], decay: 0.999 });
}

function rowGan({ sampleShape, latentSize = 64, condition, outputActivation = 'linear', seed }: RecommendedGanConfig) {
  const hidden = [128, 128, 128];
  const generator = buildGenerator({
    latentSize,
    hidden,
    activation: 'leakyRelu',
    outputShape: sampleShape,
    outputActivation,
    condition,
    seed,
  });
  const discriminator = buildDiscriminator({
    inputShape: sampleShape,
    hidden,
    condition: condition && { ...condition, join: 'projection' },
    seed,
  });
  return withRules(generator, discriminator, { weight: 0.1, every: 8, rates: [1e-3, 1e-3], decay: 0.999 });
}

interface Rules {
  readonly weight: number;
  readonly every: number;
  /** Of the generator and of the discriminator. */
  readonly rates: readonly [number, number];
  readonly decay: number;
}

function withRules(generator: LayersModel, discriminator: LayersModel, rules: Rules): RecommendedGan {
  const { weight, every, rates, decay } = rules;
  return {
    generator,
    discriminator,
    loss: relativisticPairingLoss(),
    penalties: [r1Penalty({ weight, every }), r2Penalty({ weight, every })],
    average: generatorAverage(generator, { decay }),
    generatorOptimizer: adam({ learningRate: rates[0], beta1: 0.5 }),
    discriminatorOptimizer: adam({ learningRate: rates[1], beta1: 0.5 }),
  };
}
