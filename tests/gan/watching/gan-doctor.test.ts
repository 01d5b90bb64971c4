import '../../support/backends.js';
import { mean, memory, mul, type Scalar, tidy } from '@tensorflow/tfjs-core';
import {
  type ArrayData,
  adam,
  buildDiscriminator,
  buildGenerator,
  createRng,
  type GanDoctorOptions,
  type GanRules,
  ganDoctor,
  generatorAverage,
  nonSaturatingLoss,
  type TrainGanOptions,
  trainGan,
  useBackend,
} from 'minimart';
import { beforeEach, describe, expect, test } from 'vitest';
import { smallRun, weightsOf } from '../../support/gan-pair.js';
import { momentAt } from './moment-at.js';

beforeEach(() => useBackend('wasm'));

// Two clusters of points, by class, and a pair that learns them within some hundred steps.
const labels = Uint8Array.from({ length: 512 }, (_, row) => row % 2);
const noise = createRng(2).fillNormal(new Float32Array(1024));
const points = noise.map((value, index) => ((index >> 1) % 2) + 0.2 * value - 0.5);

interface Change extends GanRules {
  readonly rate?: number;
  readonly size?: number;
  readonly steps?: number;
  readonly data?: ArrayData;
}

function run(change: Change = {}): TrainGanOptions {
  const { rate = 2e-3, size = 0, ...rest } = change;
  const condition = size > 0 ? { condition: { size } } : {};
  return {
    generator: buildGenerator({ latentSize: 4, hidden: [24], outputShape: [2], seed: 1, ...condition }),
    discriminator: buildDiscriminator({ inputShape: [2], hidden: [24], seed: 1, ...condition }),
    data: { values: points, shape: [512, 2] },
    ...(size > 0 && { conditions: labels }),
    generatorOptimizer: adam({ learningRate: rate, beta1: 0.5 }),
    discriminatorOptimizer: adam({ learningRate: rate, beta1: 0.5 }),
    batchSize: 64,
    steps: 400,
    seed: 1,
    ...rest,
    // Plain or conditional, as was asked for.
  } as TrainGanOptions;
}

const often: GanDoctorOptions = { every: 40, warmUp: 200 };

async function verdicts(options: TrainGanOptions, doctor: GanDoctorOptions = often): Promise<string[]> {
  const { history } = await trainGan({ ...options, observers: [ganDoctor(doctor)] });
  return [...new Set(history.flatMap(({ findings = [] }) => findings.map(({ verdict }) => verdict)))];
}

describe('a run', () => {
  test('that goes well has no finding, with conditions or without', async () => {
    expect(await verdicts(run())).toEqual([]);
    expect(await verdicts(run({ size: 2 }))).toEqual([]);
  });

  test('on data a hundred times too large has a wrong data range', async () => {
    const data = { values: points.map((value) => 100 * value), shape: [512, 2] };
    expect(await verdicts(run({ data, steps: 20 }))).toEqual(['wrong-data-range']);
  });

  test('with a learning rate of 0.1 has one that is too high', async () => {
    expect(await verdicts(run({ rate: 0.1, steps: 20 }))).toEqual(['learning-rate-too-high']);
  });

  test('whose generator never learns, because its loss does not look at its samples, stands still', async () => {
    const base = nonSaturatingLoss();
    // Connected, with a gradient of 0.
    const loss = { ...base, generator: (fake: Parameters<typeof base.generator>[0]) => mean<Scalar>(mul(0, fake)) };
    expect(await verdicts(run({ loss, steps: 20 }))).toEqual(['weights-stand-still']);
  });

  test('whose generator draws one point whatever the noise has collapsed', async () => {
    // Nearly frozen both, so that it stays so.
    const options = run({ rate: 1e-6, steps: 220 });
    tidy(() => options.generator.setWeights(options.generator.getWeights().map((weight) => mul(weight, 0.05))));
    expect(await verdicts(options, { every: 20, warmUp: 100 })).toEqual(['generator-collapsed']);
  });

  test('whose generator has learned nothing of its conditions ignores them', async () => {
    // Nearly frozen: a fresh generator's samples vary with the noise, and with classes at random.
    const options = run({ size: 2, rate: 1e-6, steps: 220 });
    expect(await verdicts(options, { every: 20, warmUp: 100 })).toEqual(['condition-ignored']);
  });
});

describe('what it found', () => {
  const wrong = () => run({ data: { values: points.map((value) => 100 * value), shape: [512, 2] }, steps: 120 });

  test('stands in the report of every examination at which it holds', async () => {
    const seen: number[] = [];
    const { history } = await trainGan({
      ...wrong(),
      observers: [ganDoctor({ every: 50 })],
      onProgress: ({ step, findings }) => {
        if (findings) seen.push(step);
      },
    });
    // The first examination follows ten measurements of the weights, which need eleven reports.
    expect(seen).toEqual([11, 61, 111]);
    const { evidence, remedy } = history[10]!.findings![0]!;
    expect(evidence).toMatch(/^real samples hold values from -\d+ to \d+, root mean square \d\d/);
    expect(remedy).toMatch(/^Scale the data/);
  });

  test('ends the run when asked to, and says so', async () => {
    const { steps, stopped } = await trainGan({ ...wrong(), observers: [ganDoctor({ every: 50, stop: true })] });
    expect(steps).toBe(11);
    expect(stopped).toMatch(/^ganDoctor: wrong-data-range: real samples hold/);
  });

  test('is found by the same doctor in a run after the first', async () => {
    const doctor = ganDoctor({ every: 10, stop: true });
    await trainGan({ ...wrong(), observers: [doctor] });
    const { steps } = await trainGan({ ...wrong(), observers: [doctor] });
    expect(steps).toBe(10);
  });
});

describe('the doctor', () => {
  test('changes no weight of the run, to the bit', async () => {
    const alone = run({ steps: 40 });
    await trainGan(alone);
    const watched = run({ steps: 40 });
    await trainGan({ ...watched, observers: [ganDoctor({ every: 7 })] });
    expect(await weightsOf(watched.generator)).toEqual(await weightsOf(alone.generator));
    expect(await weightsOf(watched.discriminator)).toEqual(await weightsOf(alone.discriminator));
  });

  test('leaves no tensor behind, beside a moving average and batch statistics', async () => {
    const options = smallRun({ steps: 12 });
    const average = generatorAverage(options.generator);
    await trainGan({ ...options, average });
    const before = memory().numTensors;
    await trainGan({ ...options, average, observers: [ganDoctor({ every: 3, samples: 16 })] });
    expect(memory().numTensors).toBe(before);
  });

  test('takes a batch of equal samples for constant data, without a number that is none', async () => {
    const doctor = ganDoctor({ every: 4, samples: 16 });
    const evidence: string[] = [];
    for (let step = 1; step <= 8; step += 1) {
      const said = await doctor.observe(momentAt(step));
      evidence.push(...(said?.findings ?? []).map((finding) => finding.evidence));
    }
    // Eight samples at each report; the examination after four of them has seen all 32 that it waits for.
    expect(evidence).toEqual([
      'all 32 real samples so far are the same one',
      'all 64 real samples so far are the same one',
    ]);
  });

  test.each([
    [{ every: 0 }, '`every` must be a positive integer, received 0 (number).'],
    [{ samples: 8 }, '`samples` must be a whole number >= 16, received 8 (number).'],
    [{ warmUp: -1 }, '`warmUp` must be a whole number >= 0, received -1 (number).'],
    [{ persistence: 1 }, '`persistence` must be a whole number >= 2, received 1 (number).'],
    [{ seed: 0.5 }, '`seed` must be a safe integer, received 0.5 (number).'],
    [{ stop: 1 as never }, '`stop` must be true or false, received 1 (number).'],
    [
      { limits: { near: Number.NaN } },
      '`limits.near` must be a number >= 0, or Infinity for never, received NaN (number).',
    ],
    [{ limits: { far: 1 } as never }, '`limits.far` must be left out: there is no such limit, received 1 (number).'],
  ])('refuses %j', (options: GanDoctorOptions, message) => {
    expect(() => ganDoctor(options)).toThrow(`ganDoctor: ${message}`);
  });
});
