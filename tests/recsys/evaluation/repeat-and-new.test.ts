import fc from 'fast-check';
import {
  createInteractions,
  createVocabulary,
  evaluateRanking,
  formatRanking,
  popularityRecommender,
  recommend,
} from 'minimart';
import { describe, expect, test } from 'vitest';
import { interactionsOf, tableRecommender } from '../support/hand-made.js';
import { expectedMetrics } from '../support/ranking-reference.js';

describe('what comes again and what is new', () => {
  // Items by score: 3, 2, 1, 0. The user has 3 and 2, and bought 3, 1 and 0 next.
  const recommender = tableRecommender([
    [1, 2, 3, 4],
    [4, 3, 2, 1],
  ]);
  const { users, items } = recommender;
  const train = interactionsOf(users, items, [
    [0, 3],
    [0, 2],
    [1, 0],
  ]);
  const held = interactionsOf(users, items, [
    [0, 3],
    [0, 1],
    [0, 0],
    [1, 1],
  ]);
  const options = { train, test: held, k: 2, exclude: 'nothing', baseline: null, resamples: 0 } as const;

  test('are told apart in one list', async () => {
    const report = await evaluateRanking(recommender, options);
    expect(report).toMatchObject({ exclude: 'nothing', users: 2, relevantItems: 4 });
    // Item 3 is first. Of user 0, items 1 and 0 stand third and fourth; of user 1, item 1 stands second.
    expect(report.repeat).toMatchObject({ users: 1, relevantItems: 1 });
    expect(report.repeat!.metrics.recall!.value).toBe(1);
    expect(report.new).toMatchObject({ users: 2, relevantItems: 3 });
    expect(report.new!.metrics.recall!.value).toBe((0 + 1) / 2);
    expect(report.new!.metrics.reciprocalRank!.value).toBe((1 / 3 + 1 / 2) / 2);
    expect(report.metrics.recall.value).toBe((1 / 3 + 1) / 2);
    expect(report.metrics.cappedRecall.value).toBe((1 / 2 + 1) / 2);
    const text = formatRanking(report);
    expect(text).toContain('What users had before: 1 user, 1 item.');
    expect(text).toContain('What they did not have, in the same lists: 2 users, 3 items.');
  });

  test('in sampled lists too: the relevant items of the other part stand among the others', async () => {
    const negatives = [Int32Array.of(2), Int32Array.of(0, 3)];
    const report = await evaluateRanking(recommender, { ...options, k: 1, negatives });
    // Of user 0: 3, then 2, 1, 0. Of user 1: 0, then 1, then 3.
    expect(report.repeat!.metrics.reciprocalRank!.value).toBe(1);
    expect(report.new!.metrics.reciprocalRank!.value).toBe((1 / 3 + 1 / 2) / 2);
  });

  test('agree with sorting every row, for any data', async () => {
    const [userCount, itemCount] = [3, 5];
    const pairs = fc.array(fc.tuple(fc.nat(userCount - 1), fc.nat(itemCount - 1)), { minLength: 1, maxLength: 12 });
    const line = fc.array(fc.integer({ min: 0, max: 3 }), { minLength: itemCount, maxLength: itemCount });
    const table = fc.array(line, { minLength: userCount, maxLength: userCount });
    await fc.assert(
      fc.asyncProperty(table, pairs, pairs, async (scores, trained, wanted) => {
        const made = tableRecommender(scores);
        const has = (rows: [number, number][], user: number, item: number) =>
          rows.some(([u, i]) => u === user && i === item);
        const report = await evaluateRanking(made, {
          ...options,
          train: interactionsOf(made.users, made.items, trained),
          test: interactionsOf(made.users, made.items, wanted),
        }).catch(() => undefined);
        fc.pre(report?.repeat !== undefined);
        for (const [part, again] of [
          [report!.repeat, true],
          [report!.new, false],
        ] as const) {
          const perUser = scores.flatMap((row, user) => {
            const flags = row.map((_, item) => has(wanted, user, item) && has(trained, user, item) === again);
            const whole = row.map((_, item) => has(wanted, user, item));
            return flags.includes(true) && whole.includes(false) ? [expectedMetrics(row, flags, 2)] : [];
          });
          expect(part?.users ?? 0).toBe(perUser.length);
          if (!part) continue;
          for (const name of ['recall', 'ndcg', 'hitRate', 'precision', 'auc'] as const) {
            const mean = perUser.reduce((sum, each) => sum + each[name]!, 0) / perUser.length;
            expect(part.metrics[name]!.value, name).toBeCloseTo(mean, 10);
          }
        }
      }),
      { numRuns: 100 },
    );
  });

  test('are not there where what users have is left out, and the rows that do not count are told', async () => {
    const report = await evaluateRanking(recommender, { ...options, exclude: 'seen' });
    expect(report).toMatchObject({ exclude: 'seen', skippedRows: { seen: 1 }, relevantItems: 1 });
    expect([report.repeat, report.new]).toEqual([undefined, undefined]);
    expect(formatRanking(report)).toContain("left out (`exclude: 'nothing'` counts them, where people buy again).");
    const again = interactionsOf(users, items, [[0, 3]]);
    await expect(evaluateRanking(recommender, { ...options, test: again, exclude: 'seen' })).rejects.toThrow(
      "(`exclude: 'nothing'` counts what a user has in train already), received '1 skipped'",
    );
  });

  test('nobody who came back is told as well, since lists that hold what users have then find nothing', async () => {
    const fresh = interactionsOf(users, items, [[1, 1]]);
    const report = await evaluateRanking(recommender, { ...options, test: fresh });
    expect([report.repeat, report.new]).toEqual([undefined, undefined]);
    expect(formatRanking(report)).toContain('Nobody came back to what they had in train');
  });
});

describe('what is left out where nobody says', () => {
  /** One user of two items in so many orders, of which the last `again` are of an item that came before. */
  function history(again: number, orders: number) {
    const [users, items] = [createVocabulary(['u']), createVocabulary(Array.from({ length: orders }, (_, at) => at))];
    const itemIndices = Array.from({ length: orders }, (_, at) => (at < orders - again ? at : 0));
    const rows = {
      users,
      items,
      itemIndices,
      userIndices: itemIndices.map(() => 0),
      orders: itemIndices.map((_, at) => at),
    };
    return createInteractions(rows);
  }

  test.each([
    // Of ten items after the first order one was had before: a tenth.
    [1, 11, 'nothing'],
    [1, 12, 'seen'],
    [0, 11, 'seen'],
  ] as const)('%d of %d orders: %s', async (again, orders, exclude) => {
    const seen = history(again, orders);
    const recommender = popularityRecommender(seen);
    const [first] = await recommend(recommender, 'u', { k: 1 });
    const [expected] = await recommend(recommender, 'u', { k: 1, exclude });
    expect(first).toEqual(expected);
    const options = { test: seen, k: 1, baseline: null, resamples: 0 } as const;
    if (exclude === 'nothing') expect((await evaluateRanking(recommender, options)).exclude).toBe('nothing');
    else await expect(evaluateRanking(recommender, options)).rejects.toThrow("`exclude: 'nothing'` counts");
  });
});
