import '../../support/backends.js';
import { memory } from '@tensorflow/tfjs-core';
import {
  buildDotProduct,
  buildEmbeddingMlp,
  buildTwoTower,
  createVocabulary,
  decodeRecommender,
  type EmbeddingModel,
  encodeRecommender,
  explainRecommendation,
  exportRecommender,
  foldInItem,
  foldInUser,
  lazyAdam,
  type Recommender,
  recommend,
  scoreItems,
  similarItems,
  trainRecommender,
  useBackend,
} from 'minimart';
import { beforeAll, describe, expect, test } from 'vitest';
import { clusteredShop } from '../support/clustered-shop.js';
import { recommenderWithEverything } from '../support/shop-models.js';

beforeAll(() => useBackend('wasm'));

const shop = clusteredShop();
const features = { user: shop.users, item: shop.items };
const halves = Int32Array.from({ length: 40 }, (_, item) => Math.floor(item / 20));

const kinds: [string, () => EmbeddingModel][] = [
  ['a dot product', () => buildDotProduct({ features, embeddingSize: 8 })],
  ['an embedding MLP', () => buildEmbeddingMlp({ features, embeddingSize: 8, hidden: [16, 8] })],
  [
    'a two-tower model with side features',
    () =>
      buildTwoTower({
        features: { ...features, half: createVocabulary(['lower', 'upper']), age: { kind: 'numeric' } },
        userColumns: { age: Float32Array.from({ length: 60 }, (_, user) => (user % 7) / 7) },
        itemColumns: { half: halves },
        embeddingSize: 8,
        hidden: [16],
        outputSize: 8,
      }),
  ],
];

async function trained(build: () => EmbeddingModel): Promise<Recommender> {
  const { recommender } = await trainRecommender({
    model: build(),
    interactions: shop,
    optimizer: lazyAdam({ learningRate: 0.01 }),
    epochs: 40,
    batchSize: 64,
    seed: 3,
  });
  return recommender;
}

const historyOf = (user: number) =>
  Array.from(shop.itemIndices.subarray(shop.offsets[user]!, shop.offsets[user + 1]!), (item) => `i${item}`);

describe.each(kinds)('%s', (name, build) => {
  test('ranks for a folded user much as for the trained one: 8 of the best 10 in common, by chance 3', async () => {
    const recommender = await trained(build);
    let common = 0;
    for (let user = 0; user < 20; user += 1) {
      const folded = await foldInUser(recommender, historyOf(user));
      const lists = await Promise.all(
        [`u${user}`, folded].map((each) => recommend(recommender, each, { k: 10, exclude: 'seen' })),
      );
      const ids = new Set(lists[0]!.map(({ item }) => item));
      common += lists[1]!.filter(({ item }) => ids.has(item)).length;
    }
    expect(common / 20).toBeGreaterThan(8);
  });

  test('ranks a copy of an item for its users about as high as the item itself, and leaves all other scores alone', async () => {
    const recommender = await trained(build);
    const buyers = Array.from({ length: 60 }, (_, user) => user).filter((user) => historyOf(user).includes('i23'));
    const copy = { id: 'copy', users: buyers.map((user) => `u${user}`) };
    const grown = await foldInItem(recommender, copy, name.includes('side') ? { features: { half: 'upper' } } : {});
    const meanPlace = async (item: string) => {
      let sum = 0;
      for (const user of copy.users) {
        const list = await recommend(grown, user, { k: 41, exclude: 'nothing' });
        sum += list.findIndex((each) => each.item === item);
      }
      return sum / copy.users.length;
    };
    // Of 41 places, 0 the best.
    expect(await meanPlace('i23')).toBeLessThan(12);
    expect(await meanPlace('copy')).toBeLessThan((await meanPlace('i23')) + 3);
    const users = Int32Array.of(0, 17, 44);
    const [before, after] = [await recommender.scoreAll(users), await grown.scoreAll(users)];
    for (let row = 0; row < 3; row += 1) {
      for (let item = 0; item < 40; item += 1) {
        expect(after[row * 41 + item]!).toBeCloseTo(before[row * 40 + item]!, 4);
      }
    }
  });
});

describe('folding into a model with everything', () => {
  test('knows the history bag, explains by it, and takes features', async () => {
    const recommender = recommenderWithEverything();
    const before = memory().numTensors;
    const options = { features: { country: 'France', age: 0.5 }, steps: 5 };
    const visitor = await foldInUser(recommender, ['item 1', 'item 5'], options);
    const why = await explainRecommendation(recommender, visitor, 'item 2', { steps: 300 });
    expect(memory().numTensors).toBe(before);
    const history = why.contributions.filter(({ kind }) => kind === 'history');
    expect(history.map(({ id }) => id).sort()).toEqual(['item 1', 'item 5']);
    expect(Math.abs(why.residual)).toBeLessThan(0.02 * Math.abs(why.contributions[0]!.value));
    const [scored] = await scoreItems(recommender, visitor, ['item 2']);
    expect(scored!.score).toBeCloseTo(why.score, 6);
    const elsewhere = await foldInUser(recommender, ['item 1', 'item 5'], {
      ...options,
      features: { country: 'UK', age: 0.5 },
    });
    expect(await elsewhere.scoreAll()).not.toEqual(await visitor.scoreAll());
  });

  test('gives an item that can be saved, exported and compared', async () => {
    const recommender = recommenderWithEverything();
    const item = { id: 'new', users: ['user 1', 'user 2'] };
    const grown = await foldInItem(recommender, item, { features: { tags: ['hot', 'sweet'] }, steps: 5 });
    const all = Int32Array.from({ length: 9 }, (_, user) => user);
    const loaded = await decodeRecommender(await encodeRecommender(grown));
    expect(await loaded.scoreAll(all)).toEqual(await grown.scoreAll(all));
    expect(exportRecommender(grown).inputNames).toEqual(['user', 'item']);
    expect(await similarItems(grown, 'new', { k: 14 })).toHaveLength(14);
    expect(recommender.model!.tables.item!.rows).toBe(14);
  });

  test('repeats with its seed, and differs with another', async () => {
    const recommender = recommenderWithEverything();
    const scores = async (seed: number) => (await foldInUser(recommender, ['item 1'], { seed, steps: 3 })).scoreAll();
    expect(await scores(1)).toEqual(await scores(1));
    expect(await scores(2)).not.toEqual(await scores(1));
  });

  test.each([
    [{ steps: 0 }, '`steps` must be a positive integer'],
    [{ learningRate: 0 }, '`learningRate` must be a positive number'],
    [{ regularization: -1 }, '`regularization` must be a number >= 0'],
    [{ features: { price: 3 } }, '`features` must name features of the user'],
    [{ features: { age: 'old' } }, '`features.age` must be 1 finite numbers'],
  ])('refuses %j', async (options, message) => {
    await expect(foldInUser(recommenderWithEverything(), ['item 1'], options)).rejects.toThrow(message);
  });

  test('refuses ids of features that are not known, where there is no place for them', async () => {
    const item = { id: 'new', users: ['user 1'] };
    await expect(foldInItem(recommenderWithEverything(), item, { features: { tags: ['cheap'] } })).rejects.toThrow(
      '`features.tags` must be known',
    );
  });
});
