import {
  adam,
  buildDiscriminator,
  buildGenerator,
  type Conditions,
  type DenseDiscriminatorConfig,
  type DenseGeneratorConfig,
  type GanRules,
  type TrainGanOptions,
} from '../../../src/index.js';
import type { MadeData } from './made-data.js';

/** A run whose state of health is known. */
export interface KnownRun {
  readonly name: string;
  /** What the doctor must say first; undefined when it must say nothing. */
  readonly verdict?: string;
  readonly options: (seed: number) => TrainGanOptions;
}

/** What differs from run to run. */
export interface Change extends GanRules {
  readonly conditions?: Conditions;
  readonly steps?: number;
  readonly generator?: Partial<DenseGeneratorConfig>;
  readonly discriminator?: Partial<DenseDiscriminatorConfig>;
  /** Of the generator and of the discriminator. */
  readonly rates?: readonly [number, number];
}

/** A small pair for points in the plane, Adam 1e-3, batches of 128, 1,500 steps. */
export function planeRun(data: MadeData, seed: number, change: Change = {}): TrainGanOptions {
  const { generator, discriminator, rates = [1e-3, 1e-3], ...rest } = change;
  return {
    generator: buildGenerator({ latentSize: 8, hidden: [64, 64], outputShape: [2], seed, ...generator }),
    discriminator: buildDiscriminator({ inputShape: [2], hidden: [64, 64], seed, ...discriminator }),
    batchSize: Math.min(128, data.shape[0]!),
    ...common(data, seed, rates),
    ...rest,
    // Plain or conditional by the parts that were asked for.
  } as TrainGanOptions;
}

/** A small dense pair for garments of 14 x 14 pixels, Adam 1e-3, batches of 64, 1,500 steps. */
export function garmentRun(data: MadeData, seed: number, change: Change = {}): TrainGanOptions {
  const { generator, discriminator, rates = [1e-3, 1e-3], ...rest } = change;
  const shape = [14, 14, 1];
  const ends = { outputShape: shape, outputActivation: 'sigmoid' } as const;
  return {
    generator: buildGenerator({ latentSize: 32, hidden: [128, 256], ...ends, seed, ...generator }),
    discriminator: buildDiscriminator({ inputShape: shape, hidden: [256, 128], seed, ...discriminator }),
    batchSize: Math.min(64, data.shape[0]!),
    ...common(data, seed, rates),
    ...rest,
    // Plain or conditional by the parts that were asked for.
  } as TrainGanOptions;
}

function common(data: MadeData, seed: number, [generator, discriminator]: readonly [number, number]) {
  return {
    data: { values: data.values, shape: data.shape },
    steps: 1500,
    seed,
    generatorOptimizer: adam({ learningRate: generator, beta1: 0.5 }),
    discriminatorOptimizer: adam({ learningRate: discriminator, beta1: 0.5 }),
  };
}
