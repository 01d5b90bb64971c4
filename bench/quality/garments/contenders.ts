import type { LayersModel } from '@tensorflow/tfjs-layers';
import {
  adam,
  buildDiscriminator,
  buildGenerator,
  type GanRules,
  minimaxLoss,
  nonSaturatingLoss,
  recommendedGan,
} from 'minimart';

/** Networks and settings of one way to draw garments; data, epochs and seed are everyone's. */
export interface Contender extends GanRules {
  readonly generator: LayersModel;
  readonly discriminator: LayersModel;
}

const shape = [28, 28, 1] as const;
const both = { generatorSteps: 1, discriminatorSteps: 1 };

/** What is compared, each with the settings of its source. */
export const contenders: Readonly<Record<string, (seed: number) => Contender>> = {
  // The article's fully connected pair.
  'dense-minimax': (seed) => ({
    ...both,
    generator: buildGenerator({
      latentSize: 784,
      hidden: [256, 512, 1024],
      activation: 'leakyRelu',
      outputShape: shape,
      outputActivation: 'sigmoid',
      seed,
    }),
    discriminator: buildDiscriminator({ inputShape: shape, hidden: [1024, 512, 256], seed }),
    loss: minimaxLoss(),
    batchSize: 128,
    ...adams(1e-4, 0.9),
  }),
  // Radford et al. (2015): batch normalization in both networks, Adam 2e-4 with beta1 0.5.
  'dcgan-non-saturating': (seed) => ({
    ...both,
    generator: buildGenerator({
      latentSize: 100,
      filters: [64, 32],
      normalization: 'batch',
      outputShape: shape,
      outputActivation: 'sigmoid',
      seed,
    }),
    discriminator: buildDiscriminator({ inputShape: shape, filters: [32, 64], normalization: 'batch', seed }),
    loss: nonSaturatingLoss(),
    batchSize: 64,
    ...adams(2e-4, 0.5),
  }),
  recommended: (seed) => ({ ...recommendedGan({ sampleShape: shape, seed }), batchSize: 64 }),
  'recommended-conditional': (seed) => ({
    ...recommendedGan({ sampleShape: shape, condition: { size: 10 }, seed }),
    batchSize: 64,
  }),
};

function adams(learningRate: number, beta1: number) {
  return {
    generatorOptimizer: adam({ learningRate, beta1 }),
    discriminatorOptimizer: adam({ learningRate, beta1 }),
  };
}
