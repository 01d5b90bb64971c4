import '../../support/backends.js';
import { memory } from '@tensorflow/tfjs-core';
import {
  asRecommender,
  buildDotProduct,
  buildEmbeddingMlp,
  createVocabulary,
  type EmbeddingModel,
  type Explanation,
  explainRecommendation,
  foldInUser,
  trainImplicitAls,
  useBackend,
} from 'minimart';
import { beforeEach, describe, expect, test } from 'vitest';
import { tableRecommender } from '../support/hand-made.js';
import { recommenderWithEverything, smallShop } from '../support/shop-models.js';

const total = ({ contributions }: Explanation) => contributions.reduce((sum, { value }) => sum + value, 0);
const rowOf = (model: EmbeddingModel, table: string, row: number) => {
  const { size, values } = model.tables[table]!;
  return [...values.subarray(row * size, (row + 1) * size)];
};
const dot = (a: readonly number[], b: readonly number[]) => a.reduce((sum, value, at) => sum + value * b[at]!, 0);
const meanOf = (rows: readonly number[][]) =>
  rows[0]!.map((_, at) => rows.reduce((s, row) => s + row[at]!, 0) / rows.length);

describe.each(['cpu', 'wasm'])('explain for an embedding model on %s', (backend) => {
  beforeEach(() => useBackend(backend));

  test('gives what each feature of a linear model adds: its weights times its distance from the average', async () => {
    const shop = smallShop();
    const model = buildEmbeddingMlp({
      features: { user: shop.users, item: shop.items, price: { kind: 'numeric' } },
      itemColumns: { price: Float32Array.from({ length: 14 }, (_, item) => item / 4) },
      embeddingSize: 3,
      hidden: [],
      embeddingDeviation: 1,
    });
    const kernel = [...(await model.variables['output/kernel']!.data())];
    const why = await explainRecommendation(asRecommender(model), 'user 2', 'item 5');
    const averages = ['user', 'item'].map((table) => {
      const { rows } = model.tables[table]!;
      return meanOf(Array.from({ length: rows }, (_, row) => rowOf(model, table, row)));
    });
    const distance = (row: number[], average: number[]) => row.map((value, at) => value - average[at]!);
    const expected: Record<string, number> = {
      user: dot(kernel.slice(0, 3), distance(rowOf(model, 'user', 2), averages[0]!)),
      item: dot(kernel.slice(3, 6), distance(rowOf(model, 'item', 5), averages[1]!)),
      // The mean of 0, 1/4 … 13/4 is 13/8.
      price: kernel[6]! * (5 / 4 - 13 / 8),
    };
    expect(why.contributions).toHaveLength(3);
    for (const { feature, value } of why.contributions) expect(value).toBeCloseTo(expected[feature]!, 5);
    expect(why.contributions.find(({ feature }) => feature === 'user')!.id).toBe('user 2');
    expect(Math.abs(why.residual)).toBeLessThan(1e-5);
  });

  test('shares a product out in halves when told apart from zeros', async () => {
    const shop = smallShop();
    const model = buildDotProduct({
      features: { user: shop.users, item: shop.items },
      embeddingSize: 4,
      embeddingDeviation: 1,
    });
    const why = await explainRecommendation(asRecommender(model), 'user 1', 'item 3', { baseline: 'zero' });
    // The slope of a . b along t (a, b) is t b and t a: half of a . b each, whatever the steps.
    const half = dot(rowOf(model, 'user', 1), rowOf(model, 'item', 3)) / 2;
    const values = Object.fromEntries(why.contributions.map(({ feature, value }) => [feature, value]));
    expect(values.user).toBeCloseTo(half, 5);
    expect(values.item).toBeCloseTo(half, 5);
    expect(why.baselineScore).toBeCloseTo(0, 6);
  });

  test('sums to the score less the baseline score, for features of every kind', async () => {
    const recommender = recommenderWithEverything();
    const before = memory().numTensors;
    const why = await explainRecommendation(recommender, 'user 3', 'item 2', { steps: 400 });
    expect(memory().numTensors).toBe(before);
    const [score] = await recommender.scorePairs(Int32Array.of(3), Int32Array.of(2));
    expect(why.score).toBe(score);
    expect(why.residual).toBeCloseTo(why.score - why.baselineScore - total(why), 12);
    const largest = Math.abs(why.contributions[0]!.value);
    expect(Math.abs(why.residual)).toBeLessThan(0.01 * largest);
    const features = new Set(why.contributions.map(({ feature }) => feature));
    expect([...features].sort()).toEqual(['age', 'country', 'history', 'item', 'price', 'tags', 'user']);
    const coarse = await explainRecommendation(recommender, 'user 3', 'item 2', { steps: 4 });
    expect(Math.abs(coarse.residual)).toBeGreaterThan(Math.abs(why.residual));
  });

  test('names each past item of a history bag', async () => {
    const recommender = recommenderWithEverything();
    const { offsets, itemIndices } = recommender.seen!;
    const past = Array.from(itemIndices.subarray(offsets[3]!, offsets[4]!), (item) => `item ${item}`);
    const why = await explainRecommendation(recommender, 'user 3', 'item 2');
    const named = why.contributions.filter(({ kind }) => kind === 'history').map(({ id }) => id!);
    expect(named.sort()).toEqual(past.sort());
  });
});

describe('explain for implicit ALS', () => {
  test('gives each past item its exact part of a folded user, nothing left over', async () => {
    const { recommender: als } = await trainImplicitAls({
      interactions: smallShop(),
      factors: 4,
      epochs: 4,
      confidence: (weight) => weight,
    });
    const history = [{ item: 'item 1', weight: 2 }, { item: 'item 6' }, { item: 'item 9', weight: 5 }];
    const visitor = await foldInUser(als, history);
    const why = await explainRecommendation(als, visitor, 'item 4');
    expect(why.contributions.map(({ id }) => id).sort()).toEqual(['item 1', 'item 6', 'item 9']);
    expect(why.baselineScore).toBe(0);
    expect(Math.abs(why.residual)).toBeLessThan(1e-6 * Math.max(1, Math.abs(why.score)));
  });

  test('gives parts that follow from the equations: with one factor they can be written down', async () => {
    const settings = { factors: 1, epochs: 6, regularization: 0.1, unobservedWeight: 0.25 };
    const { recommender: als } = await trainImplicitAls({ interactions: smallShop(), ...settings });
    const { items } = await als.factors!();
    const visitor = await foldInUser(als, ['item 1', 'item 6']);
    const why = await explainRecommendation(als, visitor, 'item 4');
    const square = (row: number) => items[row]! ** 2;
    const gram = Array.from(items, (_, row) => square(row)).reduce((a, b) => a + b);
    const left = 0.25 * gram + square(1) + square(6) + 0.1 * (2 + 0.25 * 14);
    for (const { id, value } of why.contributions) {
      const past = id === 'item 1' ? 1 : 6;
      expect(value).toBeCloseTo((items[past]! * items[4]!) / left, 6);
    }
  });

  test('says what half a step of training leaves over for a trained user', async () => {
    const { recommender: als } = await trainImplicitAls({
      interactions: smallShop(),
      factors: 3,
      epochs: 30,
      regularization: 0.1,
    });
    const why = await explainRecommendation(als, 'user 4', 'item 4');
    expect(why.contributions).toHaveLength(4);
    expect(Math.abs(why.residual)).toBeLessThan(0.05 * Math.abs(why.score));
    expect(why.residual).toBeCloseTo(why.score - total(why), 12);
  });
});

describe('explain for scores of a history', () => {
  const users = createVocabulary(['ann']);
  const items = createVocabulary(['a', 'b', 'c']);
  const alike = [
    [1, 0.5, 0.2],
    [0.5, 1, 0],
    [0.2, 0, 1],
  ];
  const itemItemRecommender = tableRecommender([[0, 0, 0]], {
    users,
    items,
    scoreHistory: async (past, weights) =>
      Float32Array.from(alike, (row) => past.reduce((sum, item, at) => sum + weights[at]! * row[item]!, 0)),
  });

  test('gives each past item its part, and leaves out those without one', async () => {
    const visitor = await foldInUser(itemItemRecommender, [{ item: 'b', weight: 2 }, 'c', 'b']);
    const why = await explainRecommendation(itemItemRecommender, visitor, 'a');
    // b: 2 * 0.5 + 0.5; c: 0.2
    expect(why.contributions.map(({ id }) => id)).toEqual(['b', 'c']);
    expect(why.contributions[0]!.value).toBeCloseTo(1.5, 6);
    expect(why.contributions[1]!.value).toBeCloseTo(0.2, 6);
    expect(Math.abs(why.residual)).toBeLessThan(1e-6);
    expect(
      (await explainRecommendation(itemItemRecommender, await foldInUser(itemItemRecommender, ['c']), 'b'))
        .contributions,
    ).toEqual([]);
  });

  test('refuses who or what is not known, and scores of which nothing is known', async () => {
    const plain = tableRecommender([[1, 2]]);
    await expect(explainRecommendation(plain, 'u0', 'i0')).rejects.toThrow(
      '`recommender` must declare `explain` or `scoreHistory`',
    );
    await expect(explainRecommendation(plain, 'zoe', 'i0')).rejects.toThrow(
      '`user` must be a user that the recommender knows',
    );
    await expect(explainRecommendation(plain, 'u0', 'i9')).rejects.toThrow('`item` must be an item');
    await expect(explainRecommendation(plain, 'u0', 'i0', { steps: 0 })).rejects.toThrow(
      '`steps` must be a positive integer',
    );
  });
});
