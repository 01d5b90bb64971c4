import {
  adam,
  buildDiscriminator,
  buildGenerator,
  generatorAverage,
  nonSaturatingLoss,
  r1Penalty,
  r2Penalty,
  relativisticPairingLoss,
} from 'minimart';
import { garments } from './load-images.js';
import type { Loss, Settings } from './settings.js';

const imageShape = [28, 28, 1] as const;

/** A generator with batch normalization, its average, a discriminator, and the rules of their game; dense or convolutional. */
export function buildGame(settings: Settings) {
  const { latentSize, generator, discriminator, normalization, dropout, averaging, learningRates, loss, asked, seed } =
    settings;
  const condition = asked ? { size: garments.length } : undefined;
  const drawing = buildGenerator({
    ...generator,
    latentSize,
    normalization: 'batch',
    outputShape: imageShape,
    outputActivation: 'sigmoid',
    condition,
    seed,
  });
  const judging = buildDiscriminator({
    ...discriminator,
    inputShape: imageShape,
    normalization,
    dropout,
    condition: condition && { ...condition, join: 'projection' },
    seed,
  });
  const [generatorRate, discriminatorRate] = learningRates;
  return {
    generator: drawing,
    average: generatorAverage(drawing, { decay: averaging }),
    discriminator: judging,
    ...rulesOf(loss),
    generatorOptimizer: adam({ learningRate: generatorRate, beta1: 0.5 }),
    discriminatorOptimizer: adam({ learningRate: discriminatorRate, beta1: 0.5 }),
  };
}

function rulesOf(loss: Loss) {
  if ('smoothing' in loss) return { loss: nonSaturatingLoss({ labelSmoothing: loss.smoothing }) };
  return { loss: relativisticPairingLoss(), penalties: [r1Penalty(loss), r2Penalty(loss)] };
}
