import { buildDiscriminator, buildGenerator, generatorAverage } from 'minimart';
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
  const drawing = buildGenerator({
    ...generator,
    latentSize,
    normalization: 'batch',
    outputShape: imageShape,
    outputActivation: 'sigmoid',
    seed,
  });
  return {
    generator: drawing,
    average: generatorAverage(drawing, { decay: averaging }),
    discriminator: buildDiscriminator({ ...discriminator, inputShape: imageShape, normalization, dropout, seed }),
  };
}
