import {
  generatorAverage,
  gradientPenalty,
  hingeLoss,
  leastSquaresLoss,
  minimaxLoss,
  nonSaturatingLoss,
  recommendedGan,
  type TrainGanOptions,
  wassersteinLoss,
} from '../../../src/index.js';
import { grid, type MadeData, mixture, ring, scaled } from './made-data.js';
import { garmentRun, type KnownRun, planeRun } from './runs.js';

/** Ten runs with nothing wrong, as different as they come. */
export function healthyRuns(garments: MadeData): KnownRun[] {
  const smoothed = nonSaturatingLoss({ labelSmoothing: 0.1 });
  return [
    { name: '8 points on a ring', options: (seed) => planeRun(mixture(ring(8)), seed) },
    {
      name: '25 on a grid, recommended',
      options: (seed) => ({ ...recommendedRun(mixture(grid(5)), seed), batchSize: 256 }),
    },
    {
      name: 'one blob, minimax',
      options: (seed) =>
        planeRun(mixture([[0.5, 0.5]], { spread: 0.5 }), seed, { loss: minimaxLoss(), rates: [5e-4, 5e-4] }),
    },
    {
      name: 'ring, Wasserstein with gradient penalty',
      options: (seed) =>
        planeRun(mixture(ring(5), { spread: 0.15 }), seed, {
          loss: wassersteinLoss(),
          penalties: [gradientPenalty()],
          discriminatorSteps: 3,
          rates: [2e-4, 2e-4],
        }),
    },
    {
      name: 'ring, its places as conditions',
      options: (seed) => {
        const data = mixture(ring(8));
        const condition = { size: 8 };
        return planeRun(data, seed, {
          conditions: data.labels,
          generator: { condition },
          discriminator: { condition },
        });
      },
    },
    {
      name: 'garments, label smoothing and dropout',
      options: (seed) => garmentRun(garments, seed, { loss: smoothed, discriminator: { dropout: 0.15 } }),
    },
    {
      name: 'garments, the default rate 2e-4, moving average',
      options: (seed) => {
        const run = garmentRun(garments, seed, {
          loss: smoothed,
          discriminator: { dropout: 0.15 },
          rates: [2e-4, 2e-4],
        });
        return { ...run, average: generatorAverage(run.generator) };
      },
    },
    {
      name: 'garments of [-1, 1], tanh, hinge',
      options: (seed) =>
        garmentRun(scaled(garments, 2, -1), seed, {
          loss: hingeLoss(),
          generator: { outputActivation: 'tanh' },
          rates: [5e-4, 5e-4],
        }),
    },
    {
      name: 'garments by class, least squares',
      options: (seed) => {
        const condition = { size: 10 };
        const part = { discriminator: { condition, dropout: 0.15 }, generator: { condition } };
        return garmentRun(garments, seed, {
          loss: leastSquaresLoss(),
          conditions: garments.labels,
          ...part,
          rates: [5e-4, 5e-4],
        });
      },
    },
    {
      name: 'garments by class, recommended',
      options: (seed) => {
        const gan = recommendedGan({ sampleShape: garments.shape.slice(1), condition: { size: 10 }, seed });
        const { values, shape, labels } = garments;
        return { ...gan, data: { values, shape }, conditions: labels, steps: 1000, seed };
      },
    },
  ];
}

function recommendedRun({ values, shape }: MadeData, seed: number): TrainGanOptions {
  const gan = recommendedGan({ sampleShape: shape.slice(1), seed });
  return { ...gan, data: { values, shape }, steps: 1500, seed };
}
