import '../../support/backends.js';
import { add, mean, memory, mul, type Optimizer, square, tensor, train } from '@tensorflow/tfjs-core';
import {
  type AdversarialLoss,
  adam,
  buildDiscriminator,
  buildGenerator,
  type GanObserver,
  type GanOptions,
  ganSteps,
  gradientPenalty,
  NonFiniteLossError,
  nonSaturatingLoss,
  type Penalty,
  r1Penalty,
  relativisticPairingLoss,
  trainGan,
  useBackend,
} from 'minimart';
import { beforeEach, describe, expect, test } from 'vitest';
import { packSamples } from '../../../src/gan/training/game/pack-samples.js';
import { backends } from '../../support/backends.js';
import { smallData, smallRun, weightsOf } from '../../support/gan-pair.js';

// No batch statistics and no dropout: what a batch gives does not depend on how it is cut.
function plainPair() {
  return {
    generator: buildGenerator({ latentSize: 3, hidden: [8], outputShape: [4], seed: 1 }),
    discriminator: buildDiscriminator({ inputShape: [4], hidden: [8], seed: 1 }),
  };
}

async function weightsAfter(change: Partial<GanOptions>): Promise<Float32Array[]> {
  const pair = plainPair();
  await trainGan(smallRun({ ...pair, ...change }));
  return [...(await weightsOf(pair.generator)), ...(await weightsOf(pair.discriminator))];
}

function furthest(one: readonly Float32Array[], other: readonly Float32Array[]): number {
  return Math.max(
    ...one.flatMap((values, index) => [...values].map((value, at) => Math.abs(value - other[index]![at]!))),
  );
}

describe.each(backends)('penalties on %s', (backend) => {
  beforeEach(() => useBackend(backend));

  test('of weight 0 give the bits of a run without', async () => {
    const none = await weightsAfter({});
    expect(await weightsAfter({ penalties: [r1Penalty({ weight: 0 }), gradientPenalty({ weight: 0 })] })).toEqual(none);
    expect(await weightsAfter({ penalties: [r1Penalty({ weight: 1 })] })).not.toEqual(none);
  });

  test('leave no tensor, exact ones included', async () => {
    const options = smallRun({ ...plainPair(), penalties: [r1Penalty({ weight: 1 }), gradientPenalty()], steps: 6 });
    const before = memory().numTensors;
    const counts = new Set<number>();
    await trainGan({ ...options, onProgress: ({ step }) => void (step > 1 && counts.add(memory().numTensors)) });
    expect(counts.size).toBe(1);
    expect(memory().numTensors).toBe(before);
  });
});

describe('penalties', () => {
  beforeEach(() => useBackend('cpu'));

  const constant: Penalty = { name: 'logits', weight: 0.5, compute: ({ realLogits }) => mean(square(realLogits)) };

  test('are summed into the one update, with their weight', async () => {
    const plain = nonSaturatingLoss();
    const summed: AdversarialLoss = {
      ...plain,
      discriminator: (real, fake) => add(plain.discriminator(real, fake), mul(0.5, mean(square(real)))),
    };
    const expected = await weightsAfter({ loss: summed });
    expect(furthest(await weightsAfter({ penalties: [constant] }), expected)).toBeLessThan(1e-6);
  });

  test('computed at every third update count three times there, and not between', async () => {
    const calls: number[] = [];
    let updates = 0;
    const lazy: Penalty = {
      ...constant,
      every: 3,
      compute: (context) => {
        calls.push(updates);
        return constant.compute(context);
      },
    };
    const count: GanObserver = {
      name: 'count',
      observe: async () => {
        updates += 1;
        return undefined;
      },
    };
    await weightsAfter({ penalties: [lazy], steps: 7, observers: [count] });
    expect(calls).toEqual([0, 3, 6]);
    const strong = await weightsAfter({ penalties: [{ ...constant, weight: 1.5 }], steps: 1 });
    expect(furthest(await weightsAfter({ penalties: [{ ...constant, every: 3 }], steps: 1 }), strong)).toBeLessThan(
      1e-7,
    );
  });

  test('are reported without their weight, and keep their last value between', async () => {
    const options = smallRun({ ...plainPair(), penalties: [{ ...constant, every: 2 }], steps: 4 });
    const { history } = await trainGan(options);
    const values = history.map(({ penalties }) => penalties!.logits!);
    expect(values[1]).toBe(values[0]);
    expect(values[2]).not.toBe(values[1]);
    expect(values[3]).toBe(values[2]);
  });

  test('that are no number stop the run', async () => {
    const broken: Penalty = {
      name: 'broken',
      weight: 1,
      compute: ({ realLogits }) => mul(mean(realLogits), Number.NaN),
    };
    await expect(trainGan(smallRun({ penalties: [broken] }))).rejects.toThrow(NonFiniteLossError);
  });

  test('that need second derivatives are refused where a layer has none', async () => {
    const { layers, sequential } = await import('@tensorflow/tfjs-layers');
    const discriminator = sequential({
      layers: [layers.dense({ units: 4, inputShape: [4], activation: 'elu' }), layers.dense({ units: 1 })],
    });
    const { generator } = plainPair();
    await expect(trainGan(smallRun({ generator, discriminator, penalties: [r1Penalty()] }))).rejects.toThrow(
      'trainGan: `discriminator` must have second derivatives for an exact gradient penalty.',
    );
    const loose = smallRun({ generator, discriminator, penalties: [r1Penalty({ method: 'finiteDifferences' })] });
    expect((await trainGan(loose)).steps).toBe(5);
  });

  test('by finite differences are refused beside dropout, unless they are off', async () => {
    const penalty = (weight: number) => [r1Penalty({ weight, method: 'finiteDifferences' })];
    await expect(trainGan(smallRun({ penalties: penalty(1) }))).rejects.toThrow(
      'trainGan: `discriminator` must judge without dropout for a penalty by finite differences',
    );
    expect((await trainGan(smallRun({ penalties: penalty(0) }))).steps).toBe(5);
  });
});

describe('updates', () => {
  beforeEach(() => useBackend('cpu'));

  test('over two batches of 4 equal those over one of 8', async () => {
    const { values } = smallData(8);
    const [first, second] = [values.slice(0, 16), values.slice(16)].map((part) => ({ values: part, shape: [4, 4] }));
    // Plain descent: adaptive optimizers would hide a wrong factor.
    const descent = () => ({ generatorOptimizer: train.sgd(0.1), discriminatorOptimizer: train.sgd(0.1) });
    const common = { batchSize: undefined, steps: 1 };
    const cut = { ...common, ...descent(), data: [first!, second!], accumulate: 2 };
    const whole = { ...common, ...descent(), data: [{ values, shape: [8, 4] }] };
    expect(furthest(await weightsAfter(cut), await weightsAfter(whole))).toBeLessThan(1e-6);
  });

  test('of the generator come as often as asked for, after those of the discriminator', async () => {
    const order: string[] = [];
    const noting: AdversarialLoss = {
      name: 'noting',
      discriminator: (real, fake) => {
        order.push('D');
        return nonSaturatingLoss().discriminator(real, fake);
      },
      generator: (fake) => {
        order.push('G');
        return nonSaturatingLoss().generator(fake, fake);
      },
    };
    await weightsAfter({ loss: noting, discriminatorSteps: 2, generatorSteps: 3, steps: 1 });
    expect(order).toEqual(['D', 'D', 'G', 'G', 'G']);
  });

  test('are bounded in norm, and unchanged within the bound', async () => {
    const change = async (gradientClipping: GanOptions['gradientClipping']) => {
      const pair = plainPair();
      const before = await weightsOf(pair.discriminator);
      const descent = { generatorOptimizer: train.sgd(1e-9), discriminatorOptimizer: train.sgd(1) };
      await trainGan(smallRun({ ...pair, ...descent, gradientClipping, steps: 1 }));
      return (await weightsOf(pair.discriminator)).flatMap((after, index) => [
        ...after.map((x, at) => x - before[index]![at]!),
      ]);
    };
    const free = await change(undefined);
    const length = Math.hypot(...free);
    expect(await change({ norm: 10 * length })).toEqual(free);
    const bounded = await change({ norm: length / 4 });
    bounded.forEach((value, at) => {
      expect(value).toBeCloseTo(free[at]! / 4, 5);
    });
    const clipped = await change({ value: length / 10 });
    const bound = length / 10;
    clipped.forEach((value, at) => {
      expect(value).toBeCloseTo(Math.max(-bound, Math.min(bound, free[at]!)), 5);
    });
  });

  test('clip the weights of the discriminator alone', async () => {
    const pair = plainPair();
    await trainGan(smallRun({ ...pair, weightClipping: 0.05 }));
    const largest = async (model: typeof pair.generator) =>
      Math.max(...(await weightsOf(model)).flatMap((w) => [...w.map(Math.abs)]));
    expect(await largest(pair.discriminator)).toBeCloseTo(0.05, 6);
    expect(await largest(pair.generator)).toBeGreaterThan(0.3);
  });

  test.each<[string, () => Optimizer]>([
    ['ours', () => adam({ learningRate: 0.01 })],
    ['Adam of tfjs', () => train.adam(0.01)],
    ['gradient descent of tfjs', () => train.sgd(0.01)],
  ])('follow a schedule, and optimizers get their rate back: %s', async (_, make) => {
    const seen: unknown[] = [];
    const schedule = (progress: { step: number; totalSteps: number }) => {
      seen.push(progress);
      return 0;
    };
    const optimizers = { generatorOptimizer: make(), discriminatorOptimizer: make() };
    const pair = plainPair();
    const before = await weightsOf(pair.generator);
    await trainGan(smallRun({ ...pair, ...optimizers, schedule, steps: 2 }));
    expect(seen).toEqual([
      { step: 0, totalSteps: 2 },
      { step: 1, totalSteps: 2 },
    ]);
    expect(await weightsOf(pair.generator)).toEqual(before);
    await trainGan(smallRun({ ...pair, ...optimizers, steps: 1 }));
    expect(await weightsOf(pair.generator)).not.toEqual(before);
  });
});

describe('packing', () => {
  beforeEach(() => useBackend('cpu'));

  test('puts neighbours side by side along the last axis', async () => {
    const images = tensor(
      Array.from({ length: 16 }, (_, value) => value),
      [4, 2, 1, 2],
    );
    const packed = packSamples('test', images, 2);
    expect(packed.shape).toEqual([2, 2, 1, 4]);
    expect([...(await packed.data())]).toEqual([0, 1, 4, 5, 2, 3, 6, 7, 8, 9, 12, 13, 10, 11, 14, 15]);
    expect([...(await packSamples('test', tensor([1, 2, 3, 4], [4, 1]), 2).data())]).toEqual([1, 2, 3, 4]);
  });

  test('trains a discriminator that sees pairs', async () => {
    const { generator } = plainPair();
    const discriminator = buildDiscriminator({ inputShape: [8], hidden: [8] });
    const before = await weightsOf(discriminator);
    const { steps } = await trainGan(
      smallRun({ generator, discriminator, packing: 2, loss: relativisticPairingLoss() }),
    );
    expect(steps).toBe(5);
    expect(await weightsOf(discriminator)).not.toEqual(before);
  });

  test('refuses a discriminator of another width, and batches that it does not divide', async () => {
    await expect(trainGan(smallRun({ packing: 2 }))).rejects.toThrow(
      '`discriminator` must take samples of the shape that the generator makes, 2 packed into one, [8], received [4]',
    );
    const { generator } = plainPair();
    const discriminator = buildDiscriminator({ inputShape: [12], hidden: [8] });
    await expect(trainGan(smallRun({ generator, discriminator, packing: 3 }))).rejects.toThrow(
      'trainGan: `packing` must divide the batch, 8, received 3 (number).',
    );
  });
});

describe('observers', () => {
  beforeEach(() => useBackend('cpu'));

  const warn: GanObserver = {
    name: 'warn',
    observe: async ({ report }) =>
      report.step === 2 ? { findings: [{ verdict: 'two', evidence: 'step 2', remedy: 'none' }] } : undefined,
  };
  const halt: GanObserver = {
    name: 'halt',
    observe: async ({ report }) => (report.step === 3 ? { stop: 'enough' } : {}),
  };

  test('add findings to the report where they were made, and end the run with a reason', async () => {
    const { history, steps, stopped } = await trainGan(smallRun({ observers: [warn, halt], steps: 10 }));
    expect(steps).toBe(3);
    expect(stopped).toBe('halt: enough');
    expect(history.map(({ findings }) => findings?.length ?? 0)).toEqual([0, 1, 0]);
    expect(history[1]!.findings![0]!.verdict).toBe('two');
  });

  test('are asked at reports only, and have a real batch at the last one too', async () => {
    const sizes: number[] = [];
    const look: GanObserver = { name: 'look', observe: async ({ real }) => void sizes.push(real.shape[0]!) };
    const { values } = smallData(8);
    const batches = [
      { values, shape: [8, 4] },
      { values: values.slice(0, 16), shape: [4, 4] },
    ];
    await trainGan(
      smallRun({ batchSize: undefined, steps: undefined, epochs: 1, data: batches, reportEvery: 5, observers: [look] }),
    );
    expect(sizes).toEqual([4]);
  });

  test('that throw end the run and leave no tensor', async () => {
    const options = smallRun({
      observers: [{ name: 'bad', observe: () => Promise.reject(new Error('broken observer')) }],
    });
    const before = memory().numTensors;
    await expect(trainGan(options)).rejects.toThrow('broken observer');
    expect(memory().numTensors).toBe(before);
  });

  test('hand their findings to ganSteps as well', async () => {
    const verdicts: string[] = [];
    for await (const { findings } of ganSteps(smallRun({ observers: [warn] }))) {
      for (const { verdict } of findings ?? []) verdicts.push(verdict);
    }
    expect(verdicts).toEqual(['two']);
  });
});

test.each<[Partial<Record<keyof GanOptions, unknown>>, string]>([
  [{ generatorSteps: 0 }, '`generatorSteps` must be a positive integer, received 0'],
  [{ accumulate: 1.5 }, '`accumulate` must be a positive integer, received 1.5'],
  [{ weightClipping: 0 }, '`weightClipping` must be a positive number, received 0'],
  [{ gradientClipping: { norm: -1 } }, '`gradientClipping.norm` must be a positive number, received -1'],
  [{ gradientClipping: { value: Number.NaN } }, '`gradientClipping.value` must be a positive number, received NaN'],
  [{ penalties: [{}] }, '`penalties` must hold Penalties only, such as r1Penalty(), received'],
  [{ penalties: [{ ...r1Penalty(), weight: -1 }] }, '`weight of r1` must be a number >= 0, received -1'],
  [{ penalties: [{ ...r1Penalty(), every: 0 }] }, '`every of r1` must be a positive integer, received 0'],
  [{ augmentation: {} }, '`augmentation` must be an Augmentation, such as diffAugment(), received'],
  [{ average: {} }, '`average` must follow `generator`: generatorAverage(generator), received'],
  [{ observers: [() => {}] }, '`observers` must hold GanObservers only, received'],
  [{ schedule: 0.5 }, '`schedule` must be a function, received 0.5'],
])('%j is refused before any work', async (change, says) => {
  const options = { ...smallRun(), ...change } as GanOptions;
  await expect(trainGan(options)).rejects.toThrow(`trainGan: ${says}`);
});
