import '../../../support/backends.js';
import {
  evaluateSamples,
  formatQuality,
  frechetDistance,
  kernelDistance,
  meanPairwiseDistance,
  type QualityReport,
} from 'minimart';
import { describe, expect, test } from 'vitest';
import { normalRows } from '../random-rows.js';

const [real, generated, heldOut] = [normalRows(120, 4, 1), normalRows(80, 4, 2), normalRows(100, 4, 3)];

test('holds every score, as its own function gives it', async () => {
  const { scores, samples, featureSize, featureName, classes } = await evaluateSamples({ real, generated, seed: 5 });
  expect(Object.keys(scores).sort()).toEqual(
    [
      ...['coverage', 'density', 'diversity', 'duplicates', 'frechetDistance', 'kernelDistance', 'nearestReal'],
      ...['precision', 'recall', 'slicedWasserstein'],
    ].sort(),
  );
  expect(scores.frechetDistance).toEqual({
    ...(await frechetDistance(real, generated, { seed: 5 })),
    floor: undefined,
  });
  expect(scores.diversity).toEqual({ ...(await meanPairwiseDistance(generated)), floor: undefined });
  expect(samples).toEqual({ real: 120, generated: 80, heldOut: 0 });
  expect([featureSize, featureName, classes]).toEqual([4, 'the numbers themselves', undefined]);
});

test('puts beside each score what as many held-out samples get', async () => {
  const { scores, samples } = await evaluateSamples({ real, generated, heldOut });
  const first = { values: heldOut.values.subarray(0, 320), shape: [80, 4] };
  expect(samples.heldOut).toBe(80);
  expect(scores.kernelDistance!.floor).toEqual(await kernelDistance(real, first));
  expect(scores.diversity!.floor!.value).toBe((await meanPairwiseDistance(first)).value);
  for (const [name, { floor }] of Object.entries(scores)) if (name !== 'copied') expect(floor, name).toBeDefined();
  expect(scores.copied!.value).toBeLessThan(0.2);
});

test('measures in features, with classes and Inception score where they classify', async () => {
  const features = {
    features: async ({ shape }: { shape: readonly number[] }) => normalRows(shape[0]!, 2, 9),
    classify: async () => ({
      values: Float32Array.from({ length: 160 }, (_, index) => (index + 1) % 2),
      shape: [80, 2],
    }),
  };
  const report = await evaluateSamples({
    real: normalRows(80, 4, 5),
    generated,
    features,
    featureName: 'test features',
  });
  expect(report.featureSize).toBe(2);
  expect(report.featureName).toBe('test features');
  // The same features for both.
  expect(report.scores.frechetDistance!.value).toBeLessThan(1e-9);
  expect(report.scores.precision!.value).toBe(1);
  expect(report.scores.inceptionScore!.value).toBeCloseTo(1, 6);
  expect(report.classes).toEqual([80, 0]);
  // The same as the function makes that was looked at by itself.
  expect(report.table).toBe(formatQuality(report));
});

test('refuses extractors that are none, or that lose rows', async () => {
  const run = (features: object) => evaluateSamples({ real, generated, features: features as never });
  await expect(run({})).rejects.toThrow('`features` must be an extractor');
  await expect(run({ features: async () => normalRows(30, 2, 1) })).rejects.toThrow('one row for each of the 120');
  const classify = async () => normalRows(30, 2, 1);
  const features = async ({ shape }: { shape: readonly number[] }) => normalRows(shape[0]!, 2, 9);
  await expect(run({ features, classify })).rejects.toThrow('one row for each of the 80');
});

test('refuses too few samples', async () => {
  await expect(evaluateSamples({ real, generated: normalRows(19, 4, 1) })).rejects.toThrow(
    '`generated` must hold 20 samples at least, received 19',
  );
});

describe('formatQuality', () => {
  const samples = { real: 2000, generated: 1500 };
  const report: Omit<QualityReport, 'table'> = {
    featureName: 'our classifier',
    featureSize: 128,
    samples: { ...samples, heldOut: 500 },
    scores: {
      frechetDistance: {
        value: 12.3456,
        interval: [11, 1234.5],
        samples,
        floor: { value: 0.12345, interval: [0.1, 0.2], samples },
      },
      copied: { value: 0.02, interval: [Number.NaN, Number.NaN], samples },
    },
    classes: [1000, 500],
  };

  test('makes a table with intervals, floors and what is best', () => {
    expect(formatQuality(report)).toBe(
      [
        '1,500 generated samples against 2,000 real ones, in our classifier (128).',
        '',
        '| score | generated | real against real | best |',
        '| --- | ---: | ---: | ---: |',
        '| Fréchet distance | 12.35 (11.00 to 1235) | 0.1235 (0.1000 to 0.2000) | lower |',
        '| nearer to a real sample than 99% of held-out ones | 0.0200 |  | 0.01 |',
        '',
        'In brackets: 95% intervals. Values compare only in the same features and with as many samples.',
        'The floor was measured with 500 samples only, which makes distances to the real ones greater.',
        'Generated samples by class: 1,000, 500.',
      ].join('\n'),
    );
  });

  test('says that a floor is missing, and never speaks of FID', () => {
    const text = formatQuality({ ...report, samples: { ...samples, heldOut: 0 } });
    expect(text).toContain('No floor: give `heldOut` real samples');
    expect(text).not.toMatch(/real against real|FID/);
  });
});
