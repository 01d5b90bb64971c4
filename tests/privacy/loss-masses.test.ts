import { expect, test } from 'vitest';
import { lossMasses } from '../../src/privacy/loss-masses.js';
import { normalCumulative } from '../../src/statistics/normal.js';

const cases = (['removed', 'added'] as const).flatMap((neighbour) =>
  [
    [0.7, 0.3],
    [1.5, 0.04],
    [3, 1],
  ].map(([noiseMultiplier, samplingRate]) => ({
    neighbour,
    mechanism: { noiseMultiplier: noiseMultiplier!, samplingRate: samplingRate! },
  })),
);

test.each(cases)(
  'masses of both tables are kept, and delta is exact at points of the grid: %j',
  ({ neighbour, mechanism }) => {
    const { noiseMultiplier: noise, samplingRate: rate } = mechanism;
    const step = 0.01;
    const { first, masses, infinite } = lossMasses(mechanism, neighbour, step);
    const sum = (of: (mass: number, loss: number) => number) =>
      masses.reduce((total, mass, place) => total + of(mass, (first + place) * step), 0);
    expect(Math.min(...masses)).toBeGreaterThanOrEqual(0);
    expect(sum((mass) => mass) + infinite).toBeCloseTo(1, 12);
    expect(sum((mass, loss) => mass * Math.exp(-loss))).toBeCloseTo(1, 9);
    // P(sum > x) of N(0, noise^2), and of the mixture with N(1, noise^2) in it.
    const without = (x: number) => normalCumulative(-x / noise);
    const mixed = (x: number) => (1 - rate) * without(x) + rate * normalCumulative((1 - x) / noise);
    // Where the mixture is e^loss times as likely.
    const place = (loss: number) => noise ** 2 * Math.log((Math.exp(loss) - (1 - rate)) / rate) + 0.5;
    for (const epsilon of [0, step, 2 * step, -2 * step]) {
      const delta =
        neighbour === 'removed'
          ? mixed(place(epsilon)) - Math.exp(epsilon) * without(place(epsilon))
          : 1 - without(place(-epsilon)) - Math.exp(epsilon) * (1 - mixed(place(-epsilon)));
      const found = sum((mass, loss) => Math.max(0, 1 - Math.exp(epsilon - loss)) * mass) + infinite;
      expect(found).toBeCloseTo(delta, 10);
    }
  },
);
