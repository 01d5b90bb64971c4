import { createVocabulary, evaluateRanking, formatRanking, itemItemRecommender, recommend } from 'minimart';
import { describe, expect, test } from 'vitest';
import { interactionsOf, tableRecommender } from '../support/hand-made.js';

const users = createVocabulary(['new', 'ann', 'bob', 'cid', 'dan']);
const items = createVocabulary(['never', 'x', 'y', 'z', 'w']);
const train = interactionsOf(users, items, [
  [1, 1],
  [1, 2],
  [2, 2],
  [2, 3],
  [3, 2],
  [3, 3],
  [4, 4],
]);
// new and ann take z, dan takes what nobody had.
const held = interactionsOf(users, items, [
  [0, 3],
  [1, 3],
  [4, 0],
]);

describe('a report of users who are new', () => {
  test('counts them, ranks for them by popularity, and gives the metrics with and without them', async () => {
    const report = await evaluateRanking(await itemItemRecommender(train), { test: held, k: 1, resamples: 50 });
    expect(report).toMatchObject({ users: 3, coldUsers: 1, coldItems: 1, unknownUsers: 1 });
    // ann: z is all that goes with what she has: first. new: y is more popular: second. dan, of whom nothing is known either:
    // y, z, x, and last what nobody has: fourth.
    expect([...report.perUser.values.reciprocalRank!]).toEqual([1 / 2, 1, 1 / 4]);
    expect(report.metrics.reciprocalRank.value).toBeCloseTo((1 / 2 + 1 + 1 / 4) / 3, 12);
    expect(report.warm!.users).toBe(2);
    expect(report.warm!.metrics.reciprocalRank!.value).toBeCloseTo((1 + 1 / 4) / 2, 12);
    expect(report.cold!.metrics.reciprocalRank!.value).toBe(1 / 2);
    // For new users the recommender is popularity.
    expect(report.cold!.metrics.reciprocalRank!.difference!.value).toBe(0);
    const text = formatRanking(report);
    expect(text).toContain('Without 1 user without a row in train: 2 users.');
    expect(text.match(/\| MRR \|/g)).toHaveLength(2);
    expect(text).toContain('1 user not known to itemItem: ranked by popularity.');
    expect(text).toContain('1 of the relevant items without a row in train');
  });

  test('has nothing of them where there are none', async () => {
    const known = interactionsOf(users, items, [[1, 3]]);
    const report = await evaluateRanking(await itemItemRecommender(train), { test: known, k: 1 });
    expect(report.coldUsers).toBe(0);
    expect(report.warm ?? report.cold).toBeUndefined();
    expect(formatRanking(report)).not.toContain('Without');
  });

  test('ranks what recommend would show: the hit rate is that of its lists', async () => {
    const recommender = await itemItemRecommender(train);
    for (const exclude of [undefined, 'nothing'] as const) {
      const options = exclude ? { exclude } : {};
      const report = await evaluateRanking(recommender, { test: held, k: 2, ...options, resamples: 0 });
      const hits = await Promise.all(
        [0, 1, 4].map(async (user, place) => {
          const list = await recommend(recommender, users.idAt(user)!, { k: 2, ...options });
          return Number(list.some(({ item }) => item === items.idAt(held.itemIndices[place]!)));
        }),
      );
      expect([...report.perUser.values.hitRate!]).toEqual(hits);
    }
  });
});

describe('a report says what happened, not what was asked for', () => {
  const many = createVocabulary(Array.from({ length: 30 }, (_, item) => `i${item}`));
  const two = createVocabulary(['a', 'b']);
  const scores = [many, many].map(({ size }) => Array.from({ length: size }, (_, item) => item));
  const recommender = tableRecommender(scores, { users: two, items: many });
  const rows = interactionsOf(two, many, [
    [0, 0],
    [1, 0],
    [1, 1],
    [1, 2],
  ]);
  const next = interactionsOf(two, many, [
    [0, 5],
    [1, 6],
  ]);
  const options = { train: rows, test: next, k: 3, baseline: null, resamples: 0 } as const;

  test('99 sampled negatives are 28 where there are no more', async () => {
    const first = interactionsOf(two, many, [[0, 5]]);
    const report = await evaluateRanking(recommender, { ...options, test: first, negatives: 99 });
    // 30 less what the user has and what is to be found.
    expect(report.negatives).toBe(28);
    expect(report.candidates).toEqual({ minimum: 28, mean: 28, maximum: 28 });
    expect(formatRanking(report).split('\n')[0]).toBe('table: 1 user, 1 relevant item, against 28 sampled items each.');
  });

  test('and their range where users differ', async () => {
    const report = await evaluateRanking(recommender, { ...options, negatives: 99 });
    expect(report.candidates).toEqual({ minimum: 26, mean: 27, maximum: 28 });
    expect(report.negatives).toBe(27);
    expect(formatRanking(report)).toContain('against 26 to 28 (27 in the mean) sampled items each.');
    const fewer = await evaluateRanking(recommender, { ...options, negatives: 9 });
    expect([fewer.negatives, fewer.candidates.minimum]).toEqual([9, 9]);
  });

  test('given lists are counted without what drops out of them', async () => {
    const lists = [Int32Array.of(5, 7, 7), Int32Array.of(8, 9, 10)];
    const report = await evaluateRanking(recommender, { ...options, negatives: lists });
    expect(report.candidates).toEqual({ minimum: 1, mean: 2, maximum: 3 });
    // 1 + 1 candidates are fewer than k: whatever stands first, the list holds everything.
    expect(report.shortUsers).toBe(1);
    expect(formatRanking(report)).toContain('1 user with so few candidates that the list holds them all.');
  });

  test('rows of test that do not count are counted', async () => {
    const open = createVocabulary(['a'], { hasUnknown: true });
    const some = createVocabulary(['p', 'q', 'r'], { hasUnknown: true });
    const rows = interactionsOf(open, some, [[0, 0]]);
    const test = interactionsOf(open, some, [
      [0, 0],
      [0, 1],
      [0, 3],
      [1, 1],
    ]);
    const table = tableRecommender(
      [
        [1, 2, 3, 4],
        [1, 2, 3, 4],
      ],
      { users: open, items: some },
    );
    const report = await evaluateRanking(table, { train: rows, test, k: 1 });
    expect(report).toMatchObject({ users: 1, skippedUsers: 1, skippedRows: { seen: 1, unknown: 2 } });
  });

  test('a single user has no interval, which would have no width', async () => {
    const first = interactionsOf(two, many, [[0, 5]]);
    const report = await evaluateRanking(recommender, { ...options, test: first, resamples: 100 });
    expect(report.resamples).toBe(0);
    expect(report.metrics.hitRate.interval).toBeUndefined();
    expect(formatRanking(report)).not.toContain('bootstrap');
    expect((await evaluateRanking(recommender, { ...options, resamples: 100 })).resamples).toBe(100);
  });
});
