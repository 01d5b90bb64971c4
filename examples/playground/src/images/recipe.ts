import { adam, buildDiscriminator, buildGenerator, r1Penalty, r2Penalty, relativisticPairingLoss } from 'minimart';
import { pictureSide, type RunSettings } from './settings.js';

/** Sizes and settings that every run of the page has; chosen by looking at the pictures after 500 steps. */
export const recipe = {
  latentSize: 32,
  hidden: [128, 128],
  batchSize: 64,
  decay: 0.99,
  beta1: 0.5,
  penaltyEvery: 2,
} as const;

/** A dense pair for pictures of one channel, or three. */
export function buildPair({ seed }: Pick<RunSettings, 'seed'>, channels: 1 | 3) {
  const shape = [pictureSide, pictureSide, channels];
  const { latentSize, hidden } = recipe;
  return {
    generator: buildGenerator({
      ...{ latentSize, hidden, normalization: 'batch', seed },
      ...{ outputShape: shape, outputActivation: 'sigmoid' },
    }),
    discriminator: buildDiscriminator({ inputShape: shape, hidden, seed }),
  };
}

/** The game: relativistic pairing, both gradient penalties where the weight is above 0, Adam for both. */
export function rulesOf({ rate, penalty, seed }: Pick<RunSettings, 'rate' | 'penalty' | 'seed'>) {
  const { batchSize, beta1, penaltyEvery: every } = recipe;
  const optimizer = () => adam({ learningRate: rate, beta1 });
  return {
    loss: relativisticPairingLoss(),
    penalties: penalty > 0 ? [r1Penalty({ weight: penalty, every }), r2Penalty({ weight: penalty, every })] : [],
    generatorOptimizer: optimizer(),
    discriminatorOptimizer: optimizer(),
    batchSize,
    seed,
  };
}
