import { minimaxLoss, r1Penalty, r2Penalty, type TrainGanOptions } from '../../../src/index.js';
import { deafDiscriminator } from './deaf-discriminator.js';
import { first, grid, type MadeData, mixture, ring, scaled } from './made-data.js';
import { garmentRun, type KnownRun, planeRun } from './runs.js';

/** Six runs of which each is broken in one way. */
export function brokenRuns(garments: MadeData): KnownRun[] {
  return [
    {
      name: 'data of [0, 1] for tanh',
      verdict: 'wrong-data-range',
      options: (seed) => garmentRun(garments, seed, { generator: { outputActivation: 'tanh' } }),
    },
    {
      name: 'Adam at 0.02',
      verdict: 'learning-rate-too-high',
      options: (seed) => garmentRun(garments, seed, { rates: [0.02, 0.02] }),
    },
    {
      name: '16 garments only',
      verdict: 'memorising',
      options: (seed) => garmentRun(first(garments, 16), seed, { steps: 3500 }),
    },
    {
      name: 'a discriminator far ahead',
      verdict: 'discriminator-saturated',
      options: (seed) =>
        garmentRun(garments, seed, { loss: minimaxLoss(), discriminatorSteps: 3, rates: [2e-5, 1e-3] }),
    },
    {
      name: 'a generator far ahead',
      verdict: 'generator-collapsed',
      options: (seed) => garmentRun(garments, seed, { rates: [1e-3, 1e-4], generatorSteps: 5 }),
    },
    {
      name: 'a discriminator deaf to conditions',
      verdict: 'condition-ignored',
      options: (seed) => {
        const data = mixture(grid(5));
        // Not by relativistic pairing: fakes stand beside real samples of their class there, and learn of it by that alone.
        const penalties = [r1Penalty({ weight: 0.02 }), r2Penalty({ weight: 0.02 })];
        const condition = { size: 25 };
        const run = planeRun(data, seed, { penalties, conditions: data.labels, generator: { condition } });
        return { ...run, discriminator: deafDiscriminator(25, seed) } as TrainGanOptions;
      },
    },
  ];
}

/** Four of them in another way, on other data. */
export function brokenOtherwise(garments: MadeData): KnownRun[] {
  return [
    {
      name: 'data of [0, 255] for a linear generator',
      verdict: 'wrong-data-range',
      options: (seed) => garmentRun(scaled(garments, 255), seed, { generator: { outputActivation: 'linear' } }),
    },
    {
      name: 'Adam at 0.05, points',
      verdict: 'learning-rate-too-high',
      options: (seed) => planeRun(mixture(ring(8)), seed, { rates: [0.05, 0.05] }),
    },
    {
      name: '16 points only',
      verdict: 'memorising',
      options: (seed) => planeRun(first(mixture(ring(8), { spread: 0.3 }), 16), seed, { steps: 4000 }),
    },
    {
      name: 'a generator far ahead, points',
      verdict: 'generator-collapsed',
      options: (seed) => planeRun(mixture(ring(8)), seed, { rates: [2e-3, 5e-5] }),
    },
  ];
}
