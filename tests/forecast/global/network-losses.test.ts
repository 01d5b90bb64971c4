import '../../support/backends.js';
import { tensor2d, valueAndGrad } from '@tensorflow/tfjs-core';
import { useBackend } from 'minimart';
import { describe, expect, test } from 'vitest';
import { countLoss } from '../../../src/forecast/global/count-loss.js';
import { quantileLoss } from '../../../src/forecast/global/quantile-loss.js';
import type { EmbeddingLoss } from '../../../src/nn/embedding/losses/embedding-loss.js';

await useBackend('cpu');

const probabilities = [0.1, 0.5, 0.9];
const batch = {
  labels: Float32Array.of(0, 3, 40, 1),
  weights: Float32Array.of(2, 2, 10, 0.5),
  rows: {},
};
const cases: readonly [string, EmbeddingLoss, number, Float32Array][] = [
  ['negative binomial', countLoss(), 2, Float32Array.of(0.3, -0.5, 0.3, -0.5, -0.2, 0.7, 0, -6)],
  [
    'pinball',
    quantileLoss(probabilities),
    4,
    Float32Array.of(0.2, -1, 0.3, 0.5, -0.4, 0.1, 2, -2, 1, 0.5, 0.5, 0.5, -1, -3, -0.5, 1.5),
  ],
];

describe.each(cases)('%s', (_, loss, outputs, logits) => {
  const costOf = (given: Float32Array, gradient = new Float32Array(given.length)) =>
    loss.computeOnHost!({ ...batch, logits: given, groupSize: outputs }, gradient);

  test('has the slopes of its value', () => {
    const gradient = new Float32Array(logits.length);
    costOf(logits, gradient);
    for (let at = 0; at < logits.length; at += 1) {
      const moved = (by: number) => costOf(logits.map((value, place) => (place === at ? value + by : value)));
      const step = 1 / 256;
      expect(gradient[at]).toBeCloseTo((moved(step) - moved(-step)) / (2 * step), 3);
    }
  });

  test('is the same by tensors, with the same slopes', async () => {
    const shape: [number, number] = [4, outputs];
    const targets = { labels: tensor2d(batch.labels, [4, 1]), weights: tensor2d(batch.weights, [4, 1]), rows: {} };
    const differentiated = valueAndGrad((given: ReturnType<typeof tensor2d>) => loss.compute(given, targets));
    const { value, grad } = differentiated(tensor2d(logits, shape));
    const gradient = new Float32Array(logits.length);
    const expected = costOf(logits, gradient);
    expect((await value.data())[0]).toBeCloseTo(expected, 3);
    for (const [at, slope] of (await grad.data()).entries()) expect(slope).toBeCloseTo(gradient[at]!, 3);
  });

  test('stays finite at the ends', () => {
    for (const end of [-60, 60]) {
      const gradient = new Float32Array(logits.length);
      expect(
        Number.isFinite(
          costOf(
            logits.map(() => end),
            gradient,
          ),
        ),
      ).toBe(true);
      expect(gradient.every(Number.isFinite)).toBe(true);
    }
  });
});

test('the negative binomial likelihood is that of scipy', () => {
  // -scipy.stats.nbinom.logpmf(y, r, r / (r + m)) - scipy.special.gammaln(y + 1), scipy 1.17.1, r = exp(-output 1), m = level exp(output 0).
  const rows = [
    [0, 2, 0.3, -0.5, 1.5989577581004446],
    [3, 2, 0.3, -0.5, 0.26051317444274646],
    [40, 10, -0.2, 0.7, -104.10502346690939],
    [1, 0.5, 0, -6, 1.1940762010047559],
  ] as const;
  for (const [sold, level, mean, excess, expected] of rows) {
    const given = { labels: Float32Array.of(sold), weights: Float32Array.of(level), rows: {}, groupSize: 2 };
    const found = countLoss().computeOnHost!({ ...given, logits: Float32Array.of(mean, excess) }, new Float32Array(2));
    expect(Math.abs(found - expected)).toBeLessThan(2e-6 * (1 + Math.abs(expected)));
  }
});

test('the pinball loss is that of its formula', () => {
  // Level 2: weight 1 / (1/2 + 1/2) = 1. Softplus of 0 is ln 2: quantiles ln 2 and 2 ln 2 = 0.6931 and 1.3863 over the level, 1 sold over it.
  const given = { labels: Float32Array.of(2), weights: Float32Array.of(2), rows: {}, groupSize: 3 };
  const found = quantileLoss([0.25, 0.75]).computeOnHost!(
    { ...given, logits: Float32Array.of(0.5, 0, 0) },
    new Float32Array(3),
  );
  const pinball = (0.25 * (1 - Math.LN2) + 0.25 * (2 * Math.LN2 - 1)) / 2;
  expect(found).toBeCloseTo(Math.exp(0.5) - 0.5 + pinball, 6);
});
