import { buildDiscriminator, buildGenerator } from 'minimart';
import type { Settings } from './settings.js';

const imageShape = [28, 28, 1] as const;

/** A generator with batch normalization and a discriminator with dropout, dense or convolutional. */
export function buildNetworks({ latentSize, generator, discriminator, dropout, seed }: Settings) {
  return {
    generator: buildGenerator({
      ...generator,
      latentSize,
      normalization: 'batch',
      outputShape: imageShape,
      outputActivation: 'sigmoid',
      seed,
    }),
    discriminator: buildDiscriminator({ ...discriminator, inputShape: imageShape, dropout, seed }),
  };
}
