import {
  buildSasRec,
  createInteractions,
  createVocabulary,
  denseAdam,
  lazyAdam,
  memoryStore,
  NonFiniteLossError,
  type RecommenderReport,
  type SasRecModel,
  type SasRecTrainingOptions,
  sasRecRecommender,
  trainSasRec,
} from 'minimart';
import { describe, expect, test } from 'vitest';
import { failingAfter } from '../../support/failing-after.js';
import { nextSteps, walksAround } from '../../support/walks.js';

const walks = walksAround(10, 30, 9);
const small = (seed = 1) =>
  buildSasRec({ items: walks.items, embeddingSize: 8, blocks: 1, maxLength: 6, dropout: 0.2, seed });
const untimed = (history: readonly RecommenderReport[]) => history.map(({ samplesPerSecond: _, ...rest }) => rest);
const numbersOf = ({ table, parameters }: SasRecModel) => [table.values.slice(), parameters.slice()];

async function bestItems(model: SasRecModel): Promise<number[]> {
  const scores = await sasRecRecommender(model, { seen: walks }).scoreAll(Int32Array.from({ length: 30 }, (_, u) => u));
  return Array.from({ length: 30 }, (_, user) => {
    const own = Array.from(scores.subarray(10 * user, 10 * user + 10));
    return own.indexOf(Math.max(...own));
  });
}

describe('learns what comes next', () => {
  test.each([
    ['gSASRec, as it is', {}],
    ['SASRec: one negative, plain cross-entropy', { negatives: 1, calibration: 0, epochs: 100 }],
  ])('from two items, where one does not say it: %s', async (_, options) => {
    const model = buildSasRec({
      items: walks.items,
      embeddingSize: 16,
      blocks: 1,
      maxLength: 6,
      dropout: 0,
      seed: 2,
    });
    const optimizer = denseAdam({ learningRate: 0.02 });
    const { history } = await trainSasRec({
      model,
      interactions: walks,
      optimizer,
      batchSize: 8,
      epochs: 40,
      ...options,
    });
    expect(history.at(-1)!.loss).toBeLessThan(0.5 * history[0]!.loss);
    expect(await bestItems(model)).toEqual(nextSteps(walks));
  });
});

test('begins with a loss of log 2 where scores are near 0', async () => {
  // Every item scores near 0 at first: (beta + k) * log 2 / (1 + k). Of uniform negatives a tenth are the item that came
  // next, and count nothing. With k = 9 of 10 items beta is 1.
  const model = buildSasRec({ items: walks.items, embeddingSize: 8, embeddingDeviation: 1e-4, dropout: 0 });
  const { history } = await trainSasRec({ model, interactions: walks, steps: 1 });
  expect(Math.abs(history[0]!.loss - ((1 + 9 * 0.9) * Math.LN2) / 10)).toBeLessThan(0.03);
  // k = 3, t = 1: beta = a = 3 / 9.
  const fresh = buildSasRec({ items: walks.items, embeddingSize: 8, embeddingDeviation: 1e-4, dropout: 0 });
  const options = { negatives: 3, calibration: 1, seed: 5 };
  const few = await trainSasRec({ model: fresh, interactions: walks, steps: 1, ...options });
  const expected = ((1 / 3 + 3 * 0.9) * Math.LN2) / 4;
  expect(Math.abs(few.history[0]!.loss - expected)).toBeLessThan(0.05);
});

type Options = Partial<Omit<SasRecTrainingOptions, 'model' | 'interactions' | 'epochs' | 'steps'>>;
const cases: [string, Options][] = [
  [
    'dense Adam, with a validation',
    { validation: { interactions: walks, k: 3, exclude: 'nothing', patience: 9 }, reportEvery: 2 },
  ],
  ['lazy Adam', { optimizer: lazyAdam({ learningRate: 0.01 }), negatives: 4 }],
  ['leaving updates out', { onNonFinite: 'skip' }],
  ['with a copy to go back to', { onNonFinite: 'rollback' }],
];

test('goes on with vectors that wait for a batch to name them', async () => {
  // A batch names a few of 60 items; the others go on by their moments when they are named or read.
  const interactions = walksAround(60, 20, 5);
  const fresh = (seed: number) => buildSasRec({ items: interactions.items, embeddingSize: 4, blocks: 1, seed });
  const given = { interactions, batchSize: 2, negatives: 2, steps: 12, seed: 3 };
  const [whole, model, store] = [fresh(1), fresh(9), memoryStore()];
  await trainSasRec({ ...given, model: whole });
  const checkpoint = { store: failingAfter(store, 7), everySteps: 1 };
  await expect(trainSasRec({ ...given, model: fresh(1), checkpoint })).rejects.toThrow('stop');
  await trainSasRec({ ...given, model, checkpoint: { store }, resume: store });
  expect(numbersOf(model)).toEqual(numbersOf(whole));
});

test.each(cases)('stopped after any step and gone on, a run ends with the same bits: %s', async (_, options) => {
  const given = { interactions: walks, batchSize: 8, steps: 10, seed: 3, ...options };
  const whole = small();
  const { history } = await trainSasRec({ ...given, model: whole });
  for (const stop of [1, 4, 5, 9]) {
    const store = memoryStore();
    const checkpoint = { store: failingAfter(store, stop), everySteps: 1 };
    await expect(trainSasRec({ ...given, model: small(), checkpoint })).rejects.toThrow('stop');
    const model = small(9);
    const again = await trainSasRec({ ...given, model, checkpoint: { store }, resume: store });
    expect(untimed(again.history)).toEqual(untimed(history));
    expect(numbersOf(model)).toEqual(numbersOf(whole));
  }
});

test('is the same for the same seed, and another for another', async () => {
  const run = async (seed: number) => {
    const model = small();
    await trainSasRec({ model, interactions: walks, epochs: 2, seed });
    return numbersOf(model);
  };
  const first = await run(1);
  expect(await run(1)).toEqual(first);
  expect(await run(2)).not.toEqual(first);
});

test('keeps the weights that were measured best, and stops where none is better any more', async () => {
  const values = [1, 3, 2, 1, 0];
  const kept: Float32Array[] = [];
  const model = small();
  const measure = async () => {
    kept.push(model.parameters.slice());
    return values[kept.length - 1]!;
  };
  const { best, history } = await trainSasRec({
    model,
    interactions: walks,
    epochs: 9,
    validation: { measure, patience: 2 },
  });
  expect(best).toMatchObject({ at: 2, value: 3 });
  expect(history).toHaveLength(4);
  expect(model.parameters).toEqual(kept[1]);
});

test('stops by its signal between two steps, with the model whole', async () => {
  const model = small();
  const controller = new AbortController();
  const onProgress = ({ step }: RecommenderReport) => {
    if (step === 3) controller.abort(new Error('enough'));
  };
  const options = { batchSize: 8, epochs: 9, reportEvery: 1, signal: controller.signal, onProgress };
  await expect(trainSasRec({ model, interactions: walks, ...options })).rejects.toThrow('enough');
  const other = small();
  await trainSasRec({ model: other, interactions: walks, batchSize: 8, steps: 3 });
  expect(numbersOf(model)).toEqual(numbersOf(other));
});

describe('numbers that are not finite', () => {
  const broken = () => {
    const model = small();
    model.table.values[0] = Number.POSITIVE_INFINITY;
    return model;
  };

  test('end the run, and leave the rest as it was', async () => {
    const model = broken();
    const before = numbersOf(model);
    const error = await trainSasRec({ model, interactions: walks, epochs: 1 }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(NonFiniteLossError);
    expect(error).toMatchObject({ network: 'model', step: 1 });
    expect(numbersOf(model)).toEqual(before);
  });

  test('are left out where that is asked for, and told', async () => {
    const model = broken();
    const options = { batchSize: 8, steps: 2, onNonFinite: 'skip', reportEvery: 1 } as const;
    const run = trainSasRec({ model, interactions: walks, ...options });
    // The weight stays broken, which the end of the run does not hand out.
    await expect(run).rejects.toThrow(NonFiniteLossError);
  });

  test('after a rate that is too high send the run back to its copy', async () => {
    const model = small();
    const optimizer = denseAdam({ learningRate: 1e25 });
    const options = { batchSize: 8, steps: 3, onNonFinite: 'rollback', reportEvery: 1 } as const;
    const { history } = await trainSasRec({ model, interactions: walks, optimizer, ...options });
    expect(history.flatMap(({ nonFinite = [] }) => nonFinite).length).toBeGreaterThan(0);
    expect([...model.parameters, ...model.table.values].every(Number.isFinite)).toBe(true);
  });
});

describe('refuses', () => {
  const one = createInteractions({ users: walks.users, items: walks.items, userIndices: [0, 1], itemIndices: [0, 1] });
  const others = createInteractions({
    users: walks.users,
    items: createVocabulary(['x', 'y']),
    userIndices: [0],
    itemIndices: [0],
  });
  test.each<[string, object, RegExp]>([
    ['no model', { model: undefined }, /`model` must be a SasRecModel/],
    ['no rows', { interactions: undefined }, /`interactions` must be Interactions/],
    ['users with one row each', { interactions: one }, /`interactions` must hold a user with two rows or more/],
    ['other items', { interactions: others }, /`model` must have the items of `interactions`/],
    ['as many negatives as items', { negatives: 10 }, /`negatives` must be fewer than the 10 items, received 10/],
    ['no negatives', { negatives: 0 }, /`negatives` must be a positive integer, received 0/],
    ['a calibration above 1', { calibration: 1.5 }, /`calibration` must be a number in \[0, 1\], received 1.5/],
    ['both lengths', { steps: 3 }, /`steps` must be left out beside `epochs`/],
    ['an option that is none', { loss: 'gbce' }, /`loss` must be left out/],
    ['a way to draw that is none', { negativeSampling: 'popular' }, /`negativeSampling` must be a NegativeSampling/],
    ['an optimizer that is none', { optimizer: 'adam' }, /`optimizer` must come from denseAdam/],
    ['a validation on other items', { validation: { interactions: others } }, /`model` must have the items/],
    ['a callback that is none', { onProgress: 1 }, /`onProgress` must be a function/],
  ])('%s', async (_, changes, message) => {
    const model = small();
    const before = numbersOf(model);
    const run = trainSasRec({ model, interactions: walks, epochs: 1, ...changes } as never);
    await expect(run).rejects.toThrow(message);
    await expect(run).rejects.toBeInstanceOf(RangeError);
    expect(numbersOf(model)).toEqual(before);
  });

  test('a model that another run is training', async () => {
    const model = small();
    const first = trainSasRec({ model, interactions: walks, epochs: 1 });
    await expect(trainSasRec({ model, interactions: walks, epochs: 1 })).rejects.toThrow(/another run has it/);
    await first;
  });
});

test('trains on one customer, and on a customer of two rows', async () => {
  const users = createVocabulary(['ann']);
  const interactions = createInteractions({ users, items: walks.items, userIndices: [0, 0], itemIndices: [4, 5] });
  const { recommender, history } = await trainSasRec({ model: small(), interactions, epochs: 3 });
  expect(history.every(({ loss }) => Number.isFinite(loss))).toBe(true);
  expect(recommender.knowledge!.knowsItem!(4)).toBe(true);
  // Nothing was learned of an item that nobody had.
  expect(recommender.knowledge!.knowsItem!(6)).toBe(false);
});
