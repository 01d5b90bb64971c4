import { buildDiscriminator, buildGenerator } from 'minimart';
import { type AveragedGenerator, averageGenerator } from './averaged-generator.js';
import type { Settings } from './settings.js';

const imageShape = [28, 28, 1] as const;

/** A generator with batch normalization, its average, and a discriminator with dropout; dense or convolutional. */
export function buildNetworks({
  latentSize,
  generator,
  discriminator,
  normalization,
  dropout,
  averaging,
  seed,
}: Settings) {
  const makeGenerator = () =>
    buildGenerator({
      ...generator,
      latentSize,
      normalization: 'batch',
      outputShape: imageShape,
      outputActivation: 'sigmoid',
      seed,
    });
  const averaged: AveragedGenerator = averageGenerator(makeGenerator(), averaging);
  return {
    generator: makeGenerator(),
    averaged,
    discriminator: buildDiscriminator({ ...discriminator, inputShape: imageShape, normalization, dropout, seed }),
  };
}
