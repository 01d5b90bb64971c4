import '../../support/backends.js';
import {
  add,
  memory,
  mul,
  reshape,
  slice,
  square,
  sum,
  type Tensor,
  tensor,
  tensor1d,
  tensor2d,
  tidy,
  train,
} from '@tensorflow/tfjs-core';
import {
  buildDiscriminator,
  buildGenerator,
  createPrivacyLedger,
  createRng,
  decodeGan,
  draganPenalty,
  encodeGan,
  type GanPrivacy,
  gradientPenalty,
  latentNoise,
  memoryStore,
  nonSaturatingLoss,
  privacySpent,
  r1Penalty,
  relativisticPairingLoss,
  trainGan,
  useBackend,
} from 'minimart';
import { beforeEach, describe, expect, test } from 'vitest';
import { drawRows } from '../../../src/data/poisson-batches.js';
import { createPlayer } from '../../../src/gan/training/game/gan-player.js';
import { discriminatorStep } from '../../../src/gan/training/game/gan-step.js';
import { clippedSums, privateDiscriminatorStep } from '../../../src/gan/training/private/private-step.js';
import { oneByOne, rowGradient } from '../../../src/gan/training/private/row-gradients.js';
import { trainableVariables } from '../../../src/nn/models/model-variables.js';
import { backends } from '../../support/backends.js';
import { type AnyChange, smallData, smallRun, weightsOf } from '../../support/gan-pair.js';

const see = (samples: Tensor) => samples;
const batch = (count = 8) => tensor(smallData(count).values, [count, 4]);
const pair = (seed = 1) => ({
  generator: buildGenerator({ latentSize: 3, hidden: [6], outputShape: [4], seed }),
  discriminator: buildDiscriminator({ inputShape: [4], hidden: [7, 5], activation: 'tanh', seed }),
});
const penalties = () => [r1Penalty({ weight: 3 }), gradientPenalty({ weight: 2 })];

/** A game of two networks that learn by plain gradient descent, so that updates are gradients. */
function game(seed = 1) {
  const { generator, discriminator } = pair(seed);
  return {
    ...{ where: 'test', see, loss: nonSaturatingLoss(), rng: createRng(1) },
    generator: createPlayer(generator, train.sgd(0.1)),
    discriminator: createPlayer(discriminator, train.sgd(0.1)),
  };
}

const rules = (discriminator: Parameters<typeof rowGradient>[0], change: object = {}) => ({
  ...{ clipNorm: 1e6, noiseMultiplier: 0, expected: 8, noise: createRng(9), gradients: rowGradient(discriminator) },
  ...change,
});

const round = (count = 8) => ({ real: batch(count), noise: latentNoise(createRng(4), [count, 3]) });

async function movedBy(clipNorm: number, change: object = {}): Promise<number[]> {
  const { generator, discriminator, ...rest } = game();
  const before = await weightsOf(discriminator.model);
  const privacy = rules(discriminator.model, { clipNorm, ...change });
  privateDiscriminatorStep({ generator, discriminator, ...rest }, round(), penalties(), privacy).dispose();
  const after = await weightsOf(discriminator.model);
  return after.flatMap((values, place) => [...values].map((value, at) => value - before[place]![at]!));
}

const norm = (values: readonly number[]) => Math.sqrt(values.reduce((total, each) => total + each ** 2, 0));

describe.each(backends)('on %s', (backend) => {
  beforeEach(() => useBackend(backend));

  test('clipped sums by own weights are those of gradients taken one by one, penalties included', async () => {
    const { generator, discriminator } = pair();
    const variables = trainableVariables(discriminator);
    const fakes = generator.predict(round().noise) as Tensor;
    const real = batch();
    const lossOf = (reals: Tensor, fake: Tensor, rng = createRng(2)) => {
      const judge = (samples: Tensor) => discriminator.apply(samples, { training: true }) as Tensor;
      const context = { real: reals, fake, realLogits: judge(reals), fakeLogits: judge(fake), judge, rng };
      const start = nonSaturatingLoss().discriminator(context.realLogits, context.fakeLogits);
      return penalties().reduce((total, each) => add(total, mul(each.compute(context), each.weight)), start);
    };
    const together = rowGradient(discriminator);
    expect(together.most).toBeGreaterThan(8);
    const stream = createRng(2);
    const alone = Array.from({ length: 8 }, (_, row) =>
      oneByOne(variables)(1, () => lossOf(slice(real, row, 1), slice(fakes, row, 1), stream) as never),
    );
    // Plain: the length over all variables, by hand.
    const lengths: number[] = [];
    for (const own of alone) {
      const numbers = await Promise.all(own.map((each) => each.data()));
      lengths.push(norm(numbers.flatMap((values) => [...values])));
    }
    const clipNorm = 0.99 * lengths.toSorted((a, b) => a - b)[4]!;
    const found = tidy(() => {
      const gradients = together.of(8, () => lossOf(real, fakes) as never);
      return clippedSums(gradients, clipNorm);
    });
    let expected: Tensor[] = variables.map((each) => mul(each, 0));
    for (const [row, own] of alone.entries()) {
      const factor = Math.min(1, clipNorm / lengths[row]!);
      expected = expected.map((each, place) => add(each, mul(reshape(own[place]!, each.shape), factor)));
    }
    expect(lengths.filter((length) => length > clipNorm)).toHaveLength(4);
    for (const [place, each] of expected.entries()) {
      const [a, b] = [await found[place]!.data(), await each.data()];
      for (const [at, value] of b.entries())
        expect(Math.abs(a[at]! - value)).toBeLessThan(1e-5 * (1 + Math.abs(value)));
    }
  });

  test('without noise and clipping an update on all rows is the plain one', async () => {
    const [one, other] = [game(), game()];
    const plain = await discriminatorStep(one, [round()], penalties()).data();
    const step = privateDiscriminatorStep(other, round(), penalties(), rules(other.discriminator.model));
    const told = await step.data();
    for (const [place, value] of plain.entries()) expect(told[place]).toBeCloseTo(value, 4);
    const [expected, found] = [await weightsOf(one.discriminator.model), await weightsOf(other.discriminator.model)];
    for (const [place, values] of expected.entries()) {
      for (const [at, value] of values.entries()) expect(found[place]![at]).toBeCloseTo(value, 5);
    }
    expect(await weightsOf(other.generator.model)).toEqual(await weightsOf(one.generator.model));
  });

  test('no row moves an update by more than the clip, not even one of numbers that break gradients', async () => {
    const clipNorm = 0.3;
    const sumsOf = async (rows: number[][]) => {
      const sums = clippedSums([tensor2d(rows), tensor1d(rows.map(([first]) => first!))], clipNorm);
      return [...(await sums[0]!.data()), ...(await sums[1]!.data())];
    };
    const others = [
      [1, 2],
      [0.01, -0.02],
    ];
    const without = await sumsOf(others);
    for (const row of [
      [5, -3],
      [1e30, 1],
      [Number.NaN, 2],
      [Number.POSITIVE_INFINITY, 1],
    ]) {
      const moved = (await sumsOf([...others, row])).map((value, place) => value - without[place]!);
      expect(norm(moved)).toBeLessThanOrEqual(clipNorm + 1e-6);
    }
  });
});

test('a private update moves by clip over expected size, not by the size that came', async () => {
  await useBackend('cpu');
  const one = await movedBy(1e-3);
  const half = await movedBy(1e-3, { expected: 16 });
  // Learning rate 0.1, eight rows whose gradients are all longer than the clip: at most 0.1 * 8 * 1e-3 / 8.
  expect(norm(one)).toBeLessThanOrEqual(1e-4 + 1e-7);
  expect(norm(one)).toBeGreaterThan(2e-5);
  expect(norm(half) / norm(one)).toBeCloseTo(0.5, 2);
});

test('noise has the deviation of the multiplier times the clip, also on no rows at all', async () => {
  await useBackend('cpu');
  const { generator, discriminator, ...rest } = game();
  const before = await weightsOf(discriminator.model);
  const privacy = rules(discriminator.model, { clipNorm: 2, noiseMultiplier: 3, expected: 4 });
  const steps = 60;
  let total = 0;
  let count = 0;
  for (let step = 0; step < steps; step += 1) {
    const last = (await weightsOf(discriminator.model)).flatMap((each) => [...each]);
    privateDiscriminatorStep({ generator, discriminator, ...rest }, round(0), [], privacy).dispose();
    const now = (await weightsOf(discriminator.model)).flatMap((each) => [...each]);
    for (const [at, value] of now.entries()) total += (value - last[at]!) ** 2;
    count += now.length;
  }
  expect(before.length).toBeGreaterThan(0);
  // Rate 0.1 times 3 * 2 / 4; some 4,900 numbers, standard error of the variance 2%.
  expect(Math.abs(total / count / 0.15 ** 2 - 1)).toBeLessThan(0.08);
});

test('rows are drawn each by itself', () => {
  const [count, rate, draws] = [200, 0.03, 4000];
  const rng = createRng(3);
  const times = new Float64Array(count);
  const sizes: number[] = [];
  for (let draw = 0; draw < draws; draw += 1) {
    const rows = drawRows(count, rate, rng);
    sizes.push(rows.length);
    for (const row of rows) times[row]! += 1;
  }
  // Binomial: 200 trials of 0.03 have mean 6 and variance 5.82; no row nothing at all: 0.97^200 = 0.00226, 9 times.
  const mean = sizes.reduce((total, size) => total + size, 0) / draws;
  const variance = sizes.reduce((total, size) => total + (size - mean) ** 2, 0) / draws;
  expect(Math.abs(mean - 6)).toBeLessThan(0.15);
  expect(Math.abs(variance - 5.82)).toBeLessThan(0.5);
  expect(sizes.filter((size) => size === 0).length).toBeGreaterThan(1);
  // 120 times each, standard deviation 10.8.
  expect(Math.max(...times)).toBeLessThan(170);
  expect(Math.min(...times)).toBeGreaterThan(70);
  expect([...drawRows(3, 1, rng)]).toEqual([0, 1, 2]);
});

const privacyOf = (epsilon = 5, change: object = {}): GanPrivacy => ({
  ...{ ledger: createPrivacyLedger({ epsilon, delta: 1e-4 }), noiseMultiplier: 2, clipNorm: 1 },
  ...change,
});
const run = (change: AnyChange = {}) => smallRun({ ...pair(), privacy: privacyOf(), ...change });

test('a run pays for every update, and ends before the budget is exceeded, with words', async () => {
  await useBackend('cpu');
  const privacy = privacyOf(4);
  const { history, steps, stopped } = await trainGan(run({ privacy, steps: 5000, discriminatorSteps: 2 }));
  const spent = (updates: number) =>
    privacySpent({ noiseMultiplier: 2, samplingRate: 8 / 32, steps: updates }, { delta: 1e-4 }).epsilon;
  expect(spent(2 * steps)).toBeLessThanOrEqual(4);
  expect(spent(2 * steps + 2)).toBeGreaterThan(4);
  expect(privacy.ledger.spent.epsilon).toBe(spent(2 * steps));
  expect(privacy.ledger.entries).toEqual([
    { purpose: 'trainGan: discriminator', noiseMultiplier: 2, samplingRate: 0.25, steps: 2 * steps },
  ]);
  expect(stopped).toMatch(
    /^privacy: another step would exceed the budget of 4 at delta 0\.0001, of which 3\.\d+ is spent/,
  );
  expect(history.at(-1)!.totalSteps).toBe(steps);
  const whole = await trainGan(run({ steps: 2 }));
  expect(whole.stopped).toBeUndefined();
  await expect(trainGan(run({ privacy }))).rejects.toThrow(
    /`privacy.ledger` must have something left for an update: 3\.\d+ of 4 is spent/,
  );
});

test('stopped and gone on with, a private run ends with the same bits and the same account', async () => {
  await useBackend('cpu');
  const whole = run({ steps: 7 });
  const { history } = await trainGan(whole);
  const store = memoryStore();
  const abort = new AbortController();
  const first = run({ steps: 7, signal: abort.signal, checkpoint: { store, everySeconds: 1000 } });
  const stopAt = ({ step }: { readonly step: number }) => void (step === 3 && abort.abort(new Error('stop')));
  await expect(trainGan({ ...first, onProgress: stopAt })).rejects.toThrow('stop');
  const again = run({ steps: 7, checkpoint: { store }, resume: store });
  const end = await trainGan(again);
  for (const name of ['generator', 'discriminator'] as const) {
    expect(await weightsOf(again[name])).toEqual(await weightsOf(whole[name]));
  }
  expect(end.history.map(({ losses }) => losses)).toEqual(history.map(({ losses }) => losses));
  expect(again.privacy!.ledger.state()).toEqual(whole.privacy!.ledger.state());
});

test('a file of a private generator holds the account and no discriminator', async () => {
  await useBackend('cpu');
  const options = run({ steps: 2 });
  await trainGan(options);
  const { ledger } = options.privacy!;
  const saved = await decodeGan(await encodeGan({ generator: options.generator, privacy: ledger }));
  expect(saved.privacy).toEqual(ledger.state());
  expect(createPrivacyLedger(saved.privacy!).spent).toEqual(ledger.spent);
  expect((await decodeGan(await encodeGan({ generator: options.generator }))).privacy).toBeUndefined();
  await expect(encodeGan({ ...pair(), privacy: ledger })).rejects.toThrow(
    'encodeGan: `discriminator` must be left out beside `privacy`: it was trained on real samples',
  );
});

test('a private run leaves no tensors', async () => {
  await useBackend('cpu');
  const options = run({ steps: 2, penalties: penalties() });
  await trainGan(options);
  const before = memory().numTensors;
  await trainGan(options);
  expect(memory().numTensors).toBe(before);
});

test('convolutions are taken row by row, and learn', async () => {
  await useBackend('cpu');
  const generator = buildGenerator({ latentSize: 3, hidden: [6], outputShape: [4, 4, 1] });
  const discriminator = buildDiscriminator({ inputShape: [4, 4, 1], filters: [3] });
  expect(rowGradient(discriminator).most).toBe(1);
  const data = { values: new Float32Array(32 * 16).fill(0.5), shape: [32, 4, 4, 1] };
  const before = await weightsOf(discriminator);
  await trainGan(run({ generator, discriminator, data, steps: 2 }));
  expect(await weightsOf(discriminator)).not.toEqual(before);
});

describe('a private game refuses', () => {
  const refused = async (change: AnyChange, words: string | RegExp) => {
    const options = run(change);
    await expect(trainGan(options)).rejects.toThrow(words);
    expect(options.privacy?.ledger?.entries ?? []).toEqual([]);
  };

  test.each<[AnyChange, string]>([
    [{ seed: undefined }, '`seed` must be a safe integer'],
    [{ validation: { score: () => 0, every: 1 } }, '`validation` must be left out beside `privacy`'],
    [{ observers: [] }, '`observers` must be left out beside `privacy`'],
    [{ accumulate: 2 }, '`accumulate` must be left out beside `privacy`'],
    [{ data: [smallData()], batchSize: undefined }, '`data` must be a Tensor or { values, shape }'],
    [{ loss: relativisticPairingLoss() }, '`loss` must have a generator that says it compares no real samples'],
    [{ privacy: { ...privacyOf(), noiseMultiplier: 0 } }, '`privacy.noiseMultiplier` must be a positive number'],
    [{ privacy: { ...privacyOf(), clipNorm: -1 } }, '`privacy.clipNorm` must be a positive number'],
    [{ privacy: { ...privacyOf(), ledger: {} as never } }, '`privacy.ledger` must be a ledger of createPrivacyLedger'],
    [{ privacy: { ...privacyOf(), sigma: 1 } as never }, '`sigma` must be left out'],
    [{ batchSize: 33 }, '`batchSize`'],
  ])('%j', async (change, words) => {
    await useBackend('cpu');
    await refused(change, words);
  });

  test('a delta that lets whole rows out, statistics of real rows, and rows that know of each other', async () => {
    await useBackend('cpu');
    const ledger = createPrivacyLedger({ epsilon: 5, delta: 1 / 32 });
    await refused(
      { privacy: privacyOf(5, { ledger }) },
      '`privacy.ledger.delta` must be below one over the number of rows',
    );
    const build = (config: object) => buildDiscriminator({ inputShape: [4], hidden: [5], ...config });
    await refused(
      { discriminator: build({ normalization: 'batch' }), generator: pair().generator },
      /have no layers that keep statistics.*BatchNormalization/,
    );
    await refused(
      { discriminator: build({ minibatchSpread: true }), generator: pair().generator },
      '`discriminator` must judge each sample by itself, beside `privacy`',
    );
    await refused({ penalties: [draganPenalty()] }, '`penalties: dragan` must be a mean over samples');
    const coupled = { ...nonSaturatingLoss(), discriminator: (real: Tensor) => sum(square(real)) as never };
    await refused({ loss: coupled }, '`loss` must be a mean over samples');
  });
});
