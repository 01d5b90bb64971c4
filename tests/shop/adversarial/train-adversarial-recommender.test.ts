import '../../support/backends.js';
import { memory } from '@tensorflow/tfjs-core';
import { input, layers, model, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import {
  type AdversarialRecommenderOptions,
  buildGenerator,
  buildPreferenceDiscriminator,
  type ConditionalModel,
  createRng,
  evaluateRanking,
  foldInUser,
  generatorAverage,
  recommend,
  trainAdversarialRecommender,
  useBackend,
} from 'minimart';
import { beforeAll, describe, expect, test } from 'vitest';
import { distinctPairs } from '../../../src/recsys/kinds/distinct-pairs.js';
import { createHistories } from '../../../src/shop/adversarial/histories.js';
import { nearestRecommender } from '../../../src/shop/adversarial/nearest-recommender.js';
import { createNearness } from '../../../src/shop/adversarial/nearness.js';
import { weightsOf } from '../../support/gan-pair.js';
import { tasteGroups } from '../../support/taste-groups.js';

beforeAll(() => useBackend('cpu'));

/** One-hot vectors of the two groups of items, and a number that says nothing. */
function groupFeatures(items: number) {
  const values = Array.from({ length: items }, (_, item) => [1 - (item % 2), item % 2, 0.2 * Math.sin(item)]).flat();
  return { values: Float32Array.from(values), shape: [items, 3] };
}

function quickOptions(change: Partial<AdversarialRecommenderOptions> = {}): AdversarialRecommenderOptions {
  const size = { preferenceSize: 3, featureSize: 3, hidden: [16] };
  return {
    interactions: tasteGroups().train,
    itemFeatures: groupFeatures(30),
    generator: buildGenerator({ latentSize: 2, hidden: [16], outputShape: [3], condition: { size: 3 } }),
    discriminator: buildPreferenceDiscriminator({ ...size, join: 'projection' }),
    batchSize: 64,
    steps: 3,
    draws: 4,
    reportEvery: 50,
    seed: 2,
    ...change,
  } as AdversarialRecommenderOptions;
}

const users = Int32Array.of(0, 1, 7);
const items = 30;

describe('the recommender', () => {
  test('ranks by the ratio of densities at what a generator makes', async () => {
    const { train } = tasteGroups({ users: 4, items: 8, choices: 3 });
    const values = Float32Array.from({ length: 16 }, (_, at) => Math.sin(at));
    const vectors = { size: 2, values };
    const histories = createHistories(vectors, distinctPairs(train));
    const recommender = nearestRecommender({
      name: 'repeats',
      interactions: train,
      histories,
      // G(z, h) = z + h, so that the made vectors are known.
      source: { generator: sumOfInputs(2), noise: Float32Array.of(0, 0, 1, -1), draws: 2, size: 2 },
      nearness: await createNearness(vectors, 0.7, 'nearest', createRng(1)),
      hasFeatures: true,
    });
    const [user] = [2];
    const own = [...train.itemIndices.slice(train.offsets[user], train.offsets[user + 1])];
    const history = [0, 1].map(
      (column) => (histories.scale * own.reduce((sum, item) => sum + values[2 * item + column]!, 0)) / own.length,
    );
    const expected = Array.from({ length: 8 }, (_, item) => {
      const made = [history, [history[0]! + 1, history[1]! - 1]];
      const kernels = made.map((g) => (values[2 * item]! - g[0]!) ** 2 + (values[2 * item + 1]! - g[1]!) ** 2);
      return Math.log(kernels.reduce((sum, square) => sum + Math.exp(-square / (2 * 0.7 ** 2)), 0) / 2);
    });
    const scores = await recommender.scoreAll(Int32Array.of(user));
    expected.forEach((value, item) => {
      expect(scores[item]).toBeCloseTo(value, 4);
    });
  });

  test('scores pairs, rows and histories alike', async () => {
    const { recommender } = await trainAdversarialRecommender(quickOptions());
    const all = await recommender.scoreAll(users);
    expect(all).toHaveLength(users.length * items);
    const pairs = await recommender.scorePairs(Int32Array.of(7, 0, 7, 1), Int32Array.of(4, 29, 5, 0));
    const expected = [all[2 * items + 4]!, all[29]!, all[2 * items + 5]!, all[items]!];
    expected.forEach((value, at) => {
      expect(pairs[at]).toBeCloseTo(value, 4);
    });
    const { offsets, itemIndices } = tasteGroups().train;
    const own = itemIndices.slice(offsets[1], offsets[2]);
    const byHistory = await recommender.scoreHistory!(own, new Float32Array(own.length).fill(1));
    byHistory.forEach((value, item) => {
      expect(value).toBeCloseTo(all[items + item]!, 4);
    });
  });

  test('recommends to users and to visitors', async () => {
    const { recommender } = await trainAdversarialRecommender(quickOptions());
    expect(await recommend(recommender, 'u3', { k: 4, exclude: 'seen' })).toHaveLength(4);
    const visitor = await foldInUser(recommender, ['i2', 'i4']);
    expect(await recommend(recommender, visitor, { k: 3, exclude: 'seen' })).toHaveLength(3);
  });
});

test('finds the taste that popularity cannot see', async () => {
  const { train, test: kept } = tasteGroups({ users: 60, items: 40, choices: 8 });
  const { recommender } = await trainAdversarialRecommender(
    quickOptions({
      interactions: train,
      itemFeatures: groupFeatures(40),
      steps: 80,
      draws: 16,
      bandwidth: 0.7,
    }),
  );
  const { metrics } = await evaluateRanking(recommender, { train, test: kept, k: 12, resamples: 200 });
  // Of the 12 unseen items of one's own taste and 20 of the other, the first 12 are one's own: chance has 12 / 32.
  expect(metrics.hitRate.value).toBeGreaterThan(0.9);
  expect(metrics.hitRate.baseline!.value).toBeLessThan(0.6);
  expect(metrics.hitRate.difference!.interval![0]).toBeGreaterThan(0);
});

test('learns features of its own where none are given', async () => {
  const { interactions } = quickOptions();
  const { recommender, generator, discriminator, steps } = await trainAdversarialRecommender({
    interactions,
    factors: 4,
    steps: 2,
    draws: 2,
  });
  expect(steps).toBe(2);
  expect(generator.outputs[0]!.shape).toEqual([null, 4]);
  expect(discriminator.inputs.map(({ shape }) => shape)).toEqual([
    [null, 4],
    [null, 4],
  ]);
  expect(recommender).toMatchObject({ name: 'adversarial', seen: interactions });
});

test('a seed gives the same recommender again', async () => {
  const run = async (seed: number) => {
    const { recommender, generator } = await trainAdversarialRecommender(quickOptions({ seed }));
    return { scores: await recommender.scoreAll(users), weights: await weightsOf(generator) };
  };
  const first = await run(2);
  expect(await run(2)).toEqual(first);
  expect((await run(3)).scores).not.toEqual(first.scores);
});

test('leaves nothing behind but the networks that it gives', async () => {
  const options = quickOptions();
  const run = async () => {
    const { recommender, generator } = await trainAdversarialRecommender(options);
    await recommender.scoreAll(users);
    await recommender.scorePairs(users, users);
    generator.dispose();
  };
  await run();
  const before = memory().numTensors;
  await run();
  expect(memory().numTensors).toBe(before);
});

test('frees what it made when it is stopped', async () => {
  const controller = new AbortController();
  const { generator: _, discriminator: __, ...made } = quickOptions();
  const onProgress = () => controller.abort(new Error('enough'));
  const run = () =>
    trainAdversarialRecommender({ ...made, reportEvery: 1, onProgress, signal: controller.signal }).catch(String);
  const before = memory().numTensors;
  expect(await run()).toBe('Error: enough');
  expect(memory().numTensors).toBe(before);
});

test('draws with the average that was passed in', async () => {
  const options = quickOptions();
  const average = generatorAverage(options.generator!, { decay: 0.5 });
  const { generator } = await trainAdversarialRecommender({ ...options, average });
  expect(generator).toBe(average.model);
  expect(average.updates).toBe(3);
});

const where = 'trainAdversarialRecommender: ';
test.each([
  [
    'no interactions',
    { interactions: undefined },
    '`interactions` must be Interactions, such as createInteractions() makes, received undefined.',
  ],
  ['a misspelt option', { rnk: 'ratio' }, '`rnk` must be left out'],
  ['no draws', { draws: 0 }, '`draws` must be a positive integer, received 0 (number).'],
  ['no bandwidth', { bandwidth: 0 }, '`bandwidth` must be a positive number, received 0 (number).'],
  ['an unknown rank', { rank: 'best' }, "`rank` must be one of 'ratio', 'nearest', received 'best' (string)."],
  ['factors beside features', { factors: 8 }, '`factors` must go without `itemFeatures` only, received 8 (number).'],
  [
    'features as a list',
    { itemFeatures: [1] },
    '`itemFeatures` must be { values, shape: [items, features] }, received',
  ],
  [
    'features of other items',
    { itemFeatures: groupFeatures(29) },
    '`itemFeatures.shape` must be [30, features], a row for each item, received [29, 3] (array).',
  ],
  [
    'features that are not numbers',
    { itemFeatures: { values: new Float32Array(30).fill(Number.NaN), shape: [30, 1] } },
    '`itemFeatures` must hold finite numbers only (first offender at position 0), received NaN (number).',
  ],
  [
    'features that tell nothing apart',
    { itemFeatures: { values: new Float32Array(30).fill(1), shape: [30, 1] } },
    "`itemFeatures` must differ between the items that were chosen, received 'equal rows' (string).",
  ],
  [
    'a generator of other features',
    { itemFeatures: { values: Float32Array.from({ length: 60 }, (_, at) => at), shape: [30, 2] } },
    '`generator` must make features [B, 2], received [null, 3] (array).',
  ],
])('refuses %s', async (_, change, message) => {
  const options = { ...quickOptions(), ...change } as AdversarialRecommenderOptions;
  await expect(trainAdversarialRecommender(options)).rejects.toThrow(where + message);
});

function sumOfInputs(size: number): ConditionalModel {
  const inputs = [input({ shape: [size] }), input({ shape: [size] })];
  const outputs = layers.add().apply(inputs) as SymbolicTensor;
  return model({ inputs, outputs }) as ConditionalModel;
}
