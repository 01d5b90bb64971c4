import {
  createInteractions,
  createRng,
  createVocabulary,
  evaluateNextBasket,
  evaluateRanking,
  formatNextBasket,
  leaveLastOut,
  personalFrequencyRecommender,
  popularityRecommender,
  splitAtTime,
} from 'minimart';
import { describe, expect, test } from 'vitest';
import { tableRecommender } from '../../support/hand-made.js';
import { shopOf } from '../../support/shop-of-orders.js';

// u0 has 0 and 1, then buys 0, 2 and 3. u1 has 2, then buys 3. u2 has one order alone.
const shop = shopOf([[[0, 1], [0], [0, 2, 3]], [[2], [3]], [[4]]], 5);
const { train, test: last } = leaveLastOut(shop);
const scores = [
  [5, 4, 3, 2, 1],
  [1, 2, 5, 3, 4],
  [0, 0, 0, 0, 0],
];
const mine = () => tableRecommender(scores, { users: shop.users, items: shop.items, seen: train, name: 'mine' });

describe('evaluateNextBasket', () => {
  test('measures the whole basket and its parts, by hand', async () => {
    const report = await evaluateNextBasket(mine(), { test: last, cutoffs: [3, 1], resamples: 0 });
    // u0's list is 0, 1, 2, 3, 4, and without what u0 has 2, 3, 4. u1's is 2, 4, 3, …, and without 2: 4, 3, ….
    expect(report).toMatchObject({ cutoffs: [1, 3], customers: 2, coldCustomers: 0, repeatShare: (1 / 3 + 0) / 2 });
    const [{ parts, name }] = report.results;
    expect(name).toBe('mine');
    const value = (
      part: 'all' | 'repeat' | 'new' | 'discovery',
      place: number,
      metric: 'recall' | 'hitRate' | 'cappedRecall',
    ) => parts[part]!.metrics[place]![metric].value;
    expect(value('all', 0, 'recall')).toBeCloseTo((1 / 3 + 0) / 2, 12);
    expect(value('all', 0, 'cappedRecall')).toBe((1 + 0) / 2);
    expect(value('all', 1, 'recall')).toBeCloseTo((2 / 3 + 1) / 2, 12);
    expect(parts.repeat).toMatchObject({ customers: 1, items: 1 });
    expect(value('repeat', 0, 'recall')).toBe(1);
    expect(parts.new).toMatchObject({ customers: 2, items: 3 });
    expect(value('new', 0, 'hitRate')).toBe(0);
    expect(value('new', 1, 'recall')).toBe((1 / 2 + 1) / 2);
    expect(value('discovery', 0, 'recall')).toBe((1 / 2 + 0) / 2);
    expect(value('discovery', 1, 'recall')).toBe(1);
    expect(parts.all!.metrics[0]!.recall).not.toHaveProperty('difference');
  });

  test('puts the simple rivals beside it, and says what it is ahead by', async () => {
    const report = await evaluateNextBasket(mine(), { test: last, cutoffs: [2], resamples: 20 });
    expect(report.results.map(({ name }) => name)).toEqual([
      'mine',
      'popularity',
      'sequentialRules',
      'personalFrequency',
    ]);
    const [own, ...others] = report.results.map(({ parts }) => parts.all!.metrics[0]!.ndcg);
    for (const each of others) expect(each.difference!.value).toBeCloseTo(own!.value - each.value, 12);
    const itself = await evaluateNextBasket(personalFrequencyRecommender(train), { test: last, cutoffs: [2] });
    expect(itself.results.map(({ name }) => name)).toEqual(['personalFrequency', 'popularity', 'sequentialRules']);
  });

  test('agrees with evaluateRanking, where both measure the same', async () => {
    const rng = createRng(3);
    const basket = () => Array.from({ length: 4 }, () => rng.integer(12));
    const large = shopOf(
      Array.from({ length: 40 }, () => [basket(), basket(), basket()]),
      12,
    );
    const split = leaveLastOut(large, { minimum: 3 });
    const recommender = popularityRecommender(split.train);
    const { results } = await evaluateNextBasket(recommender, { ...split, cutoffs: [3], beside: [], seed: 4 });
    const common = {
      ...split,
      k: 3,
      seed: 4,
      baseline: null,
      metrics: ['recall', 'ndcg', 'precision', 'hitRate'],
    } as const;
    const whole = await evaluateRanking(recommender, { ...common, exclude: 'nothing' });
    const fresh = await evaluateRanking(recommender, { ...common, exclude: 'seen' });
    const { parts } = results[0];
    for (const name of common.metrics) {
      expect(parts.all!.metrics[0]![name]).toEqual(whole.metrics[name]);
      expect(parts.repeat!.metrics[0]![name].value).toBe(whole.repeat!.metrics[name]!.value);
      expect(parts.new!.metrics[0]![name].value).toBe(whole.new!.metrics[name]!.value);
      expect(parts.discovery!.metrics[0]![name]).toEqual(fresh.metrics[name]);
    }
  });

  test('counts customers who are new, and those whose basket nobody knows', async () => {
    const items = createVocabulary(['tea', 'mug'], { hasUnknown: true });
    const users = createVocabulary(['ann', 'bob', 'cid']);
    const rows = (userIndices: number[], itemIndices: number[]) =>
      createInteractions({ users, items, userIndices, itemIndices, times: userIndices.map(() => 1) });
    const known = rows([0], [0]);
    const recommender = popularityRecommender(known);
    const report = await evaluateNextBasket(recommender, {
      test: rows([0, 1, 2], [0, 0, 2]),
      cutoffs: [1],
      beside: [],
    });
    expect(report).toMatchObject({ customers: 2, coldCustomers: 1, skippedCustomers: 1, repeatShare: 1 / 2 });
    const text = formatNextBasket(report);
    expect(text).toContain('1 customer without a row in train: all is new to them.');
    expect(text).toContain('1 customer with nothing known in the basket: left out.');
    await expect(evaluateNextBasket(recommender, { test: rows([2], [2]) })).rejects.toThrow(
      "evaluateNextBasket: `test` must have a customer with something known to find, received '1 rows'",
    );
  });

  test('takes the first basket after a moment, and says where nothing can come again', async () => {
    const after = splitAtTime(shop, { time: 1, test: 'next' });
    // u0's second order of three, u1's second.
    const report = await evaluateNextBasket(popularityRecommender(after.train), { ...after, cutoffs: [1], beside: [] });
    expect(report).toMatchObject({ customers: 2, repeatShare: 1 / 2 });
    const merged = leaveLastOut(createInteractions({ ...shop, duplicates: 'first' }));
    const once = await evaluateNextBasket(popularityRecommender(merged.train), { ...merged, cutoffs: [1], beside: [] });
    expect([once.repeatShare, once.results[0].parts.repeat]).toEqual([0, undefined]);
    expect(formatNextBasket(once)).toContain('Nothing comes again: were the rows merged before');
  });

  test('becomes tables, one for each part and cutoff', async () => {
    const report = await evaluateNextBasket(mine(), { test: last, cutoffs: [1, 2], resamples: 0 });
    const text = report.table;
    expect(formatNextBasket(report)).toBe(text);
    expect(text.split('\n')[0]).toBe('Next baskets of 2 customers, of which 16.7% were bought before.');
    expect(text.match(/^\| mine \|/gm)).toHaveLength(8);
    expect(text).toContain(
      '| what comes again, in the same list | recall@2 | capped recall@2 | HR@2 | NDCG@2 | precision@2 |',
    );
  });

  test.each([
    [{ cutoffs: [] }, '`cutoffs` must be a list of lengths'],
    [{ cutoffs: [0] }, '`cutoffs` must be a positive integer'],
    [{ cutoffs: [6] }, '`cutoffs` must be at most the number of items, 5'],
    [{ beside: 'popularity' as never }, '`beside` must be a list of recommenders'],
    [{ beside: [{} as never] }, '`beside[0].name` must be a text'],
    [{ resamples: -1 }, '`resamples` must be a whole number from 0 to 1000000'],
    [{ k: 3 } as object, '`k` must be left out'],
    [{ beside: [tableRecommender([[1]], { seen: undefined as never })] }, '`beside[0]` must number the same users'],
  ])('refuses %j', async (options, message) => {
    await expect(evaluateNextBasket(mine(), { test: last, ...options })).rejects.toThrow(message);
  });

  test('stops when it is aborted', async () => {
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(evaluateNextBasket(mine(), { test: last, signal })).rejects.toThrow('enough');
  });
});
