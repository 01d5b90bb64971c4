import '../support/backends.js';
import { memory, slice, tensor, train } from '@tensorflow/tfjs-core';
import {
  buildDiscriminator,
  type ConditionalNetwork,
  conditionalNetwork,
  createPrivacyLedger,
  createRng,
  type GanReport,
  latentNoise,
  memoryStore,
  nonSaturatingLoss,
  type PrivateMixture,
  privacySpent,
  privateMixture,
  r1Penalty,
  relativisticPairingLoss,
  trainTableGan,
  useBackend,
} from 'minimart';
import { beforeAll, describe, expect, test } from 'vitest';
import { createPlayer } from '../../src/gan/training/game/gan-player.js';
import { privateDiscriminatorStep } from '../../src/gan/training/private/private-step.js';
import { rowGradient } from '../../src/gan/training/private/row-gradients.js';
import { rowBatches } from '../../src/tables/gan/row-batches.js';
import { buildRowsGenerator } from '../../src/tables/gan/rows-layer.js';
import { type NetworkPlan, weightShapes } from '../../src/tables/network/network-plan.js';
import { type OrderColumns, orderLines } from './order-lines.js';

const table = orderLines(400);
const columns = {
  country: { ids: ['UK', 'France'], missing: true },
  product: { ids: ['p0', 'p1', 'p2', 'p3', 'p4', 'p5', 'p6', 'p7'] },
  pieces: { from: 1, to: 40 },
  price: { from: 0, to: 10, step: 0.01, missing: true },
};
const delta = 1e-6;
let account: ReturnType<typeof createPrivacyLedger>;
let mixture: PrivateMixture<OrderColumns>;
let start: ConditionalNetwork<OrderColumns>;

/** A ledger that has paid for the mixture alone. */
const ledgerOf = (epsilon = 8) => createPrivacyLedger({ ...mixture.privacy, epsilon });
const quick = { steps: 4, batchSize: 32, hidden: [8], seed: 3 };
const run = (change: object = {}, rows = table) =>
  trainTableGan(rows, { start, ...quick, privacy: { ledger: ledgerOf() }, ...change });

beforeAll(async () => {
  await useBackend('wasm');
  account = createPrivacyLedger({ epsilon: 8, delta });
  mixture = await privateMixture(table, { ledger: account, columns, epsilon: 4, classes: 3, seed: 1 });
  start = await conditionalNetwork(mixture, { rows: 600, hidden: [16], embeddingSize: 4, epochs: 4, seed: 2 });
});

describe('a network of a model', () => {
  test('has its states and its account, and comes to say what it says', async () => {
    expect(start.privacy).toEqual(mixture.privacy);
    const learned = await conditionalNetwork(mixture, {
      rows: 3000,
      hidden: [32],
      embeddingSize: 4,
      epochs: 8,
      batchSize: 64,
    });
    for (const conditions of [{ country: 'France' }, { pieces: { from: 20 } }, { price: null }]) {
      const [expected, found] = [await mixture.probability(conditions), await learned.probability(conditions)];
      // Of 3,000 rows a share has a standard error of 0.009 at most.
      expect(Math.abs(found - expected)).toBeLessThan(0.05);
    }
    const { columns: drawn } = await learned.sample(300, { seed: 1 });
    expect(drawn.product.vocabulary.toJSON().ids).toEqual(columns.product.ids);
    const strange = orderLines(40);
    const logs = [await learned.logProbability(strange), await mixture.logProbability(strange)];
    expect([...logs[0]!].map(Number.isFinite)).toEqual([...logs[1]!].map(Number.isFinite));
  });

  test('refuses what a model has of its own, and rows of a table', async () => {
    const learn = (source: object, options: object) => conditionalNetwork(source as never, options as never);
    await expect(learn(mixture, { bins: 5 })).rejects.toThrow(
      'conditionalNetwork: `bins` must be left out for a model',
    );
    await expect(learn(mixture, { together: [] })).rejects.toThrow('`together` must be left out for a model');
    await expect(learn(mixture, { rows: 0 })).rejects.toThrow('`rows` must be a positive integer');
    await expect(learn(table, { rows: 9 })).rejects.toThrow('`rows` must be left out for a table');
    await expect(learn({ sample: () => table }, {})).rejects.toThrow(
      '`source` must be a table, or a model that minimart learned',
    );
  });
});

describe('the account of a private run', () => {
  test('has states, classes and updates in one, and by default all of the budget', async () => {
    const ledger = ledgerOf();
    const gan = await run({ privacy: { ledger }, discriminatorSteps: 2 });
    const [states, classes, updates] = gan.privacy!.entries;
    expect([states!.purpose, classes!.purpose]).toEqual(mixture.privacy.entries.map(({ purpose }) => purpose));
    // 32 of 400 rows, two updates a step.
    expect(updates).toMatchObject({ purpose: 'trainTableGan: discriminator', samplingRate: 0.08, steps: 8 });
    expect(gan.privacy).toEqual(ledger.state());
    const spent = privacySpent(gan.privacy!.entries, { delta });
    expect(ledger.spent).toEqual(spent);
    expect(spent.epsilon).toBeLessThanOrEqual(8);
    expect(spent.epsilon).toBeGreaterThan(7.9);
    expect(gan.stopped).toBeUndefined();
    expect(gan.steps).toBe(4);
  });

  test('is a hard stop, and a spent one is refused', async () => {
    const ledger = ledgerOf(5);
    const gan = await run({ steps: 500, privacy: { ledger, noiseMultiplier: 0.9 }, reportEvery: 500, penalties: [] });
    expect(gan.stopped).toMatch(/^privacy: another step would exceed the budget of 5 at delta 0\.000001/);
    expect(gan.steps).toBeLessThan(500);
    const more = { noiseMultiplier: 0.9, samplingRate: 0.08, steps: gan.steps + 1 };
    expect(privacySpent(gan.privacy!.entries, { delta }).epsilon).toBeLessThanOrEqual(5);
    expect(privacySpent([...mixture.privacy.entries, more], { delta }).epsilon).toBeGreaterThan(5);
    await expect(run({ privacy: { ledger, noiseMultiplier: 0.9 } })).rejects.toThrow(
      /^trainTableGan: `privacy.ledger` must have something left for an update: 4\.\d+ of 5 is spent/,
    );
    const spent = ledgerOf(account.spent.epsilon);
    await expect(run({ privacy: { ledger: spent } })).rejects.toThrow(
      /^trainTableGan: `privacy.ledger` must have something left: 4\.000 of 3\.99\d+ is spent, received 0/,
    );
  });

  test('counts rows that take no part among those that are drawn from', async () => {
    // All lines of products beyond p7 are out: about one in thirteen.
    const { product } = table.columns;
    const strange = product.codes.filter((code) => product.vocabulary.idAt(code) === 'p8').length;
    expect(strange).toBeGreaterThan(5);
    const gan = await run({ batchSize: 40 });
    expect(gan.privacy!.entries.at(-1)!.samplingRate).toBe(0.1);
  });
});

const plan: NetworkPlan = {
  columns: [
    { base: 0, states: 2 },
    { base: 2, states: 3 },
  ],
  states: 5,
  embeddingSize: 2,
  hidden: [6],
};

describe('a row', () => {
  const others = [0, 2, 1, 3, 1, 4, 0, 3];
  const clipNorm = 0.2;

  /** How an update without noise moves the discriminator, times what it is divided by: the sum of the rows' gradients. */
  async function sumOver(rows: readonly number[], latents: number): Promise<number[]> {
    const rng = createRng(4);
    const weights = weightShapes(plan).map(([count, width = 1]) => rng.fillNormal(new Float32Array(count * width)));
    const discriminator = buildDiscriminator({ inputShape: [5], hidden: [7], seed: 1 });
    const before = await Promise.all(discriminator.getWeights().map((each) => each.data()));
    const all = rowBatches(plan, Int32Array.from(rows), 1, 0);
    const { values, shape } = all.gather(Uint32Array.from({ length: all.length }, (_, row) => row));
    const noise = latentNoise(createRng(7), [latents, 4]);
    const game = {
      ...{ where: 'test', loss: nonSaturatingLoss(), rng: createRng(1), see: <T>(samples: T): T => samples },
      generator: createPlayer(buildRowsGenerator(plan, weights), train.sgd(1)),
      discriminator: createPlayer(discriminator, train.sgd(1)),
    };
    const rules = {
      clipNorm,
      noiseMultiplier: 0,
      expected: 1,
      noise: createRng(9),
      gradients: rowGradient(discriminator),
    };
    const real = tensor(values, [...shape]);
    // A fake for each row that is there.
    const round = { real, noise: slice(noise, 0, shape[0]!) };
    privateDiscriminatorStep(game, round, [r1Penalty({ weight: 2 })], rules).dispose();
    const after = await Promise.all(discriminator.getWeights().map((each) => each.data()));
    return after.flatMap((own, place) => [...own].map((value, at) => value - before[place]![at]!));
  }

  const distance = (one: number[], other: number[]) =>
    Math.sqrt(one.reduce((sum, value, at) => sum + (value - other[at]!) ** 2, 0));

  test.each([[[0, 4]], [[1, 2]], [[1, 3]]])('%j more moves the sum of gradients by the clip at most', async (row) => {
    const [without, with_] = [await sumOver(others, 5), await sumOver([...others, ...row], 5)];
    expect(distance(without, with_)).toBeLessThanOrEqual(clipNorm * (1 + 1e-5));
    // Gradients here are longer than the clip.
    expect(distance(without, with_)).toBeGreaterThan(0.9 * clipNorm);
  });

  test.each([[[-2, 4]], [[1, -1]]])('%j, of which a cell has no state, moves nothing', async (row) => {
    expect(await sumOver([...others, ...row], 5)).toEqual(await sumOver(others, 5));
  });

  test('takes part or not by itself, and is drawn as often as if all did', () => {
    const rows = Int32Array.of(0, 2, -2, 3, 1, -1, 1, 4);
    const batches = rowBatches(plan, rows, 2, 0);
    expect(batches.length).toBe(4);
    const { values, shape } = batches.gather(Uint32Array.of(0, 1, 2, 3));
    expect(shape).toEqual([2, 5]);
    expect([...values]).toEqual([1, 0, 1, 0, 0, 0, 1, 0, 0, 1]);
    expect(batches.gather(Uint32Array.of(1, 2)).shape).toEqual([0, 5]);
  });
});

test('under noise that drowns the rows, other rows make no difference to what comes out', async () => {
  const other = orderLines(400, 9);
  const change = { crossEntropy: 3, privacy: { ledger: ledgerOf(), noiseMultiplier: 1e6 } };
  const [one, two] = [
    await run(change),
    await run({ ...change, privacy: { ...change.privacy, ledger: ledgerOf() } }, other),
  ];
  const [a, b, before] = [
    await one.logProbability(table),
    await two.logProbability(table),
    await start.logProbability(table),
  ];
  const moved = Math.max(
    ...a.filter(Number.isFinite).map((log, row) => Math.abs(log - before.filter(Number.isFinite)[row]!)),
  );
  const apart = Math.max(
    ...a.filter(Number.isFinite).map((log, row) => Math.abs(log - b.filter(Number.isFinite)[row]!)),
  );
  expect(moved).toBeGreaterThan(1e-3);
  expect(apart).toBeLessThan(moved / 20);
});

test('reports go to onProgress alone: what is returned tells nothing of rows, and is a start again', async () => {
  const reports: GanReport[] = [];
  const ledger = ledgerOf();
  const privacy = { ledger, noiseMultiplier: 4 };
  const gan = await run({ privacy, onProgress: (report: GanReport) => void reports.push(report) });
  expect(reports.map(({ step }) => step)).toEqual([1, 2, 3, 4]);
  expect(gan.history).toEqual([]);
  const again = await trainTableGan(table, { start: gan, ...quick, privacy });
  expect(again.privacy!.entries.at(-1)).toMatchObject({ purpose: 'trainTableGan: discriminator', steps: 8 });
  const { country } = (await again.sample(50, { where: { country: 'France' }, seed: 1 })).columns;
  expect(country.codes.every((code) => country.vocabulary.idAt(code) === 'France')).toBe(true);
  // Without `privacy` it looks at rows, and says no more that it did not.
  const plain = orderLines(60);
  const known = await trainTableGan(
    { ...plain, columns: (await start.sample(60)).columns },
    { start: gan, ...quick, batchSize: 20 },
  );
  expect(known.privacy).toBeUndefined();
});

test('stopped and gone on with, a run gives the same bits and has the same account', async () => {
  const ledgers = [ledgerOf(), ledgerOf(), ledgerOf()] as const;
  const of = (place: 0 | 1 | 2, more: object) =>
    run({ privacy: { ledger: ledgers[place], noiseMultiplier: 2, clipNorm: 0.5 }, ...more });
  const whole = await of(0, {});
  const store = memoryStore();
  await of(1, { steps: 2, checkpoint: { store, everySteps: 1 } });
  const resumed = await of(2, { resume: { store, allow: ['steps'] } });
  expect(await resumed.logProbability(table)).toEqual(await whole.logProbability(table));
  expect(resumed.privacy).toEqual(whole.privacy);
});

test('leaves no tensors, however it ends', async () => {
  await run();
  const before = memory().numTensors;
  await run();
  const onProgress = () => {
    throw new Error('enough');
  };
  await expect(run({ onProgress })).rejects.toThrow('enough');
  expect(memory().numTensors).toBe(before);
});

describe('a private run refuses', () => {
  test.each<[object, string]>([
    [{ seed: undefined }, 'trainTableGan: `seed` must be a safe integer'],
    [{ packing: 2 }, 'trainTableGan: `packing` must be left out beside `privacy`, which does not pay for it'],
    [{ accumulate: 2 }, 'trainTableGan: `accumulate` must be left out beside `privacy`'],
    [{ observers: [{ name: 'x', observe: () => undefined }] }, 'trainTableGan: `observers` must be left out'],
    [{ validation: { table, every: 1 } }, 'trainTableGan: `validation` must be left out beside `privacy`'],
    [{ privacy: 1 }, '`privacy` must be an object of options'],
    [{ privacy: {} }, '`privacy.ledger` must be a ledger of createPrivacyLedger'],
    [{ loss: relativisticPairingLoss() }, '`loss` must have a generator that says it compares no real samples'],
    [{ batchSize: 401 }, '`batchSize` must be at most the number of rows, 400'],
  ])('%j', async (change, words) => {
    await expect(run(change)).rejects.toThrow(words);
  });

  test('a clip or noise that are none, names that are none, and a delta that lets whole rows out', async () => {
    const of = (change: object) => run({ privacy: { ledger: ledgerOf(), ...change } });
    await expect(of({ clipNorm: 0 })).rejects.toThrow('`privacy.clipNorm` must be a positive number');
    await expect(of({ noiseMultiplier: -1 })).rejects.toThrow('`privacy.noiseMultiplier` must be a positive number');
    await expect(of({ epsilon: 1 })).rejects.toThrow('`epsilon` must be left out: there is no such option');
    const loose = createPrivacyLedger({ ...mixture.privacy, delta: 0.01 });
    await expect(run({ privacy: { ledger: loose } })).rejects.toThrow(
      '`privacy.ledger.delta` must be below one over the number of rows, received 0.01',
    );
    expect(loose.entries).toEqual(mixture.privacy.entries);
  });

  test('a start that is not private, one that the ledger has not paid for, and one of other columns', async () => {
    const plain = await conditionalNetwork(table, { hidden: [4], embeddingSize: 2, epochs: 1 });
    await expect(run({ start: plain })).rejects.toThrow(
      'trainTableGan: `start` must be learned from a private model beside `privacy`',
    );
    await expect(run({ start: mixture })).rejects.toThrow('`start` must be what conditionalNetwork or trainTableGan');
    const other = createPrivacyLedger({ epsilon: 8, delta });
    await expect(run({ privacy: { ledger: other } })).rejects.toThrow(
      'trainTableGan: `privacy.ledger` must have paid for `start` too (privateMixture: states, privateMixture: classes)',
    );
    other.restore(start.privacy!);
    expect((await run({ privacy: { ledger: other } })).privacy!.entries).toHaveLength(3);
    const { country: _, ...fewer } = table.columns;
    const lacking = { ...table, columns: fewer } as never;
    const ledger = ledgerOf();
    await expect(run({ privacy: { ledger } }, lacking)).rejects.toThrow('`table.columns.country` must be a column');
    expect(ledger.entries).toEqual(mixture.privacy.entries);
  });
});
