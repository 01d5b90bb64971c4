import fc from 'fast-check';
import { createVocabulary, evaluateRanking, type MetricName } from 'minimart';
import { describe, expect, test } from 'vitest';
import { interactionsOf, tableRecommender } from '../support/hand-made.js';
import { expectedMetrics, fairOrders, metricsOfOrder } from '../support/ranking-reference.js';

const accuracy = [
  'hitRate',
  'ndcg',
  'reciprocalRank',
  'recall',
  'cappedRecall',
  'precision',
  'averagePrecision',
  'auc',
] as const;

/** Ranks one user's items by `scores`; the user has nothing in train. */
async function evaluateOne(
  scores: readonly number[],
  relevant: readonly boolean[],
  k: number,
  metrics: readonly MetricName[] = accuracy,
) {
  const recommender = tableRecommender([scores, scores]);
  const { users, items } = recommender;
  const rows = relevant.flatMap((flag, item) => (flag ? [[0, item] as const] : []));
  const test = interactionsOf(users, items, rows);
  const train = interactionsOf(users, items, [[1, 0]]);
  return evaluateRanking(recommender, { train, test, k, metrics, baseline: null, resamples: 0 });
}

describe('the reference', () => {
  test('lists the orders that scores allow', () => {
    expect(fairOrders([1, 2, 1])).toEqual([
      [1, 0, 2],
      [1, 2, 0],
    ]);
  });

  test('computes metrics of one order as by hand', () => {
    // Relevant at places 2 and 4 of 5, k = 4.
    const found = metricsOfOrder([false, true, false, true, false], 4);
    expect(found.hitRate).toBe(1);
    expect(found.ndcg).toBeCloseTo((1 / Math.log2(3) + 1 / Math.log2(5)) / (1 + 1 / Math.log2(3)), 12);
    expect(found.reciprocalRank).toBe(1 / 2);
    expect(found.recall).toBe(1);
    expect(found.precision).toBe(2 / 4);
    expect(found.averagePrecision).toBe((1 / 2 + 2 / 4) / 2);
    // Of 6 pairs, place 2 is before 2 others, place 4 before 1.
    expect(found.auc).toBe(3 / 6);
  });
});

describe('metrics of one user', () => {
  const problem = fc
    .array(fc.record({ score: fc.integer({ min: -1, max: 2 }), relevant: fc.boolean() }), {
      minLength: 2,
      maxLength: 6,
    })
    .filter(
      (candidates) => candidates.some(({ relevant }) => relevant) && candidates.some(({ relevant }) => !relevant),
    );

  test('are the means over all orders that the scores allow', async () => {
    await fc.assert(
      fc.asyncProperty(problem, fc.integer({ min: 1, max: 6 }), async (candidates, length) => {
        const k = Math.min(length, candidates.length);
        const scores = candidates.map(({ score }) => score);
        const relevant = candidates.map((candidate) => candidate.relevant);
        const expected = expectedMetrics(scores, relevant, k);
        const report = await evaluateOne(scores, relevant, k);
        for (const name of accuracy) expect(report.metrics[name]?.value, name).toBeCloseTo(expected[name]!, 10);
        const pairs = scores.flatMap((a, i) => scores.filter((b, j) => relevant[i] && !relevant[j] && a === b));
        expect(report.ties).toEqual({ users: pairs.length > 0 ? 1 : 0, pairs: pairs.length });
      }),
      { numRuns: 300 },
    );
  });

  test('are in [0, 1], and do not change when candidates are numbered anew or scores stretched', async () => {
    await fc.assert(
      fc.asyncProperty(problem, fc.nat(), async (candidates, shift) => {
        const turned = candidates.map((_, at) => candidates[(at + shift) % candidates.length]!);
        const [one, other] = await Promise.all(
          [candidates, turned].map((list, at) =>
            evaluateOne(
              list.map(({ score }) => (at === 0 ? score : 3 * score - 7)),
              list.map(({ relevant }) => relevant),
              1,
            ),
          ),
        );
        for (const name of accuracy) {
          const value = one!.metrics[name]!.value;
          expect(value).toBeCloseTo(other!.metrics[name]!.value, 12);
          expect(value >= 0 && value <= 1 + 1e-12).toBe(true);
        }
      }),
    );
  });

  test('a perfect recommender has 1 everywhere, but what k leaves out', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 5 }),
        fc.integer({ min: 1, max: 5 }),
        fc.integer({ min: 1, max: 6 }),
        async (good, bad, wanted) => {
          const k = Math.min(wanted, good + bad);
          const relevant = Array.from({ length: good + bad }, (_, item) => item % 2 === 0);
          const found = relevant.filter(Boolean).length;
          const { metrics } = await evaluateOne(
            relevant.map((flag, item) => (flag ? 9 + item : -item)),
            relevant,
            k,
          );
          for (const name of ['hitRate', 'ndcg', 'reciprocalRank', 'averagePrecision', 'auc'] as const) {
            expect(metrics[name]?.value, name).toBeCloseTo(1, 12);
          }
          expect(metrics.recall?.value).toBeCloseTo(Math.min(1, k / found), 12);
          expect(metrics.precision?.value).toBeCloseTo(Math.min(1, found / k), 12);
        },
      ),
    );
  });

  test('a constant recommender scores as chance does, at any number of candidates', async () => {
    const relevant = Array.from({ length: 1000 }, (_, item) => item === 123);
    const { metrics, ties } = await evaluateOne(new Array<number>(1000).fill(0.5), relevant, 10);
    const harmonic = Array.from({ length: 1000 }, (_, at) => 1 / (at + 1)).reduce((sum, each) => sum + each);
    const gain = Array.from({ length: 10 }, (_, at) => 1 / Math.log2(at + 2)).reduce((sum, each) => sum + each);
    expect(metrics.hitRate?.value).toBeCloseTo(10 / 1000, 12);
    expect(metrics.ndcg.value).toBeCloseTo(gain / 1000, 12);
    expect(metrics.reciprocalRank?.value).toBeCloseTo(harmonic / 1000, 12);
    expect(metrics.auc?.value).toBeCloseTo(0.5, 12);
    expect(ties).toEqual({ users: 1, pairs: 999 });
  });

  test('know nothing of the user before, who had more to find', async () => {
    const scores = [6, 5, 4, 3, 2, 1];
    const recommender = tableRecommender([scores, scores, scores]);
    const { users, items } = recommender;
    const found = [[1, 3, 4], [0]];
    const test = interactionsOf(
      users,
      items,
      found.flatMap((list, user) => list.map((item) => [user, item] as const)),
    );
    const train = interactionsOf(users, items, [[2, 0]]);
    for (const k of [4, 5, 6]) {
      const options = { train, test, k, metrics: accuracy, baseline: null, resamples: 0 } as const;
      const { perUser } = await evaluateRanking(recommender, options);
      for (const [user, list] of found.entries()) {
        const expected = expectedMetrics(
          scores,
          scores.map((_, item) => list.includes(item)),
          k,
        );
        for (const name of accuracy) expect(perUser.values[name]?.[user], name).toBeCloseTo(expected[name]!, 12);
      }
    }
  });

  test('scores of plus and minus infinity are ranked like others', async () => {
    const infinite = Number.POSITIVE_INFINITY;
    const { metrics } = await evaluateOne([-infinite, infinite, 3], [false, true, false], 1);
    expect(metrics.hitRate?.value).toBe(1);
  });
});

describe('metrics of lists', () => {
  // Users 0 to 3 in train: item 0 has 0, 1, 2, 3; item 1 has 0, 1; item 2 has 2; item 3 nobody. User 4 is tested.
  const rows = [
    [0, 0],
    [1, 0],
    [2, 0],
    [3, 0],
    [3, 0],
    [0, 1],
    [1, 1],
    [2, 2],
  ] as const;
  const scores = [4, 3, 2, 1, 0];
  const users = createVocabulary(['a', 'b', 'c', 'd', 'e', 'f']);

  async function evaluate(
    k: number,
    order: readonly number[] = scores,
    had: readonly (readonly [number, number])[] = rows,
  ) {
    const recommender = tableRecommender(new Array(6).fill(order), { users });
    const train = interactionsOf(users, recommender.items, had);
    const test = interactionsOf(users, recommender.items, [
      [4, 4],
      [5, 4],
    ]);
    return evaluateRanking(recommender, { train, test, k, resamples: 0 });
  }

  test('novelty is the mean information of the items, in bits, those that nobody has counted as one user’s', async () => {
    // Four users have anything: shares 4/4, 2/4, 1/4, and 1/4 for item 3.
    const { metrics } = await evaluate(4);
    expect(metrics.novelty?.value).toBeCloseTo((0 + 1 + 2 + 2) / 4, 12);
    // The first item counts like others: one of four has it.
    const rare = [0, 1, 2, 3].map((user) => [user, user === 0 ? 0 : 1] as const);
    expect((await evaluate(1, scores, rare)).metrics.novelty?.value).toBeCloseTo(2, 12);
  });

  test('diversity is one less the mean cosine of pairs, repeated rows counted once', async () => {
    // cosine(0, 1) = 2 / sqrt(4 * 2), cosine(0, 2) = 1 / sqrt(4 * 1), cosine(1, 2) = 0, and 0 for item 3.
    const { metrics } = await evaluate(4);
    expect(metrics.diversity?.value).toBeCloseTo(1 - (2 / Math.sqrt(8) + 1 / 2) / 6, 12);
    // Again with another list, so that what one list leaves behind would show.
    expect((await evaluate(2)).metrics.diversity?.value).toBeCloseTo(1 - 2 / Math.sqrt(8), 12);
    expect((await evaluate(1)).metrics.diversity?.value).toBe(0);
  });

  test('coverage is the share of items in any list, ties going to the smaller index', async () => {
    expect((await evaluate(2)).metrics.coverage?.value).toBe(2 / 5);
    const constant = await evaluate(3, [0, 0, 0, 0, 0]);
    expect(constant.metrics.coverage?.value).toBe(3 / 5);
    // Items 0, 1, 2: information 0, 1 and 2 bits.
    expect(constant.metrics.novelty?.value).toBeCloseTo(1, 12);
  });

  test('a list that is shorter than the one before has nothing of that', async () => {
    const recommender = tableRecommender(new Array(6).fill(scores), { users });
    const train = interactionsOf(users, recommender.items, rows);
    const test = interactionsOf(users, recommender.items, [
      [4, 4],
      [5, 4],
    ]);
    const ranked = (k: number, lists: number[][], metrics: readonly MetricName[] = ['novelty', 'diversity']) => {
      const negatives = [[], [], [], [], ...lists].map((list) => Int32Array.from(list));
      return evaluateRanking(recommender, { train, test, k, negatives, metrics, baseline: null });
    };
    const { perUser } = await ranked(3, [[2, 1, 0], [0]]);
    // Items 0, 1, 2, then 0 and 4, which nobody has.
    const close = (...values: number[]) => values.map((value) => expect.closeTo(value, 12));
    expect([...perUser.values.novelty!]).toEqual(close((0 + 1 + 2) / 3, (0 + 2) / 2));
    expect([...perUser.values.diversity!]).toEqual(close(1 - (2 / Math.sqrt(8) + 1 / 2) / 3, 1));
    // Items 1 and 2, which share nobody, then 0 and 2.
    expect([
      ...(
        await ranked(2, [
          [1, 2],
          [0, 2],
        ])
      ).perUser.values.diversity!,
    ]).toEqual(close(1, 1 / 2));
    // Each alone, and beside a metric that needs no lists.
    for (const metrics of [['novelty'], ['diversity'], ['hitRate', 'novelty'], ['hitRate', 'diversity']] as const) {
      const name = metrics.at(-1)!;
      const { values } = (await ranked(3, [[2, 1, 0], [0]], metrics)).perUser;
      expect([...values[name]!]).toEqual([...perUser.values[name]!]);
    }
  });

  test('they stand in the report against all other items, and elsewhere only when asked for', async () => {
    const { metrics } = await evaluate(2);
    expect(Object.keys(metrics).sort()).toEqual([...accuracy, 'coverage', 'diversity', 'novelty'].sort());
    const recommender = tableRecommender(new Array(6).fill(scores), { users });
    const train = interactionsOf(users, recommender.items, rows);
    const test = interactionsOf(users, recommender.items, [[4, 4]]);
    const sampled = await evaluateRanking(recommender, { train, test, k: 2, negatives: 2 });
    expect(Object.keys(sampled.metrics).sort()).toEqual([...accuracy].sort());
    const asked = await evaluateRanking(recommender, { train, test, k: 2, negatives: 4, metrics: ['coverage'] });
    expect(asked.metrics.coverage?.value).toBe(2 / 5);
  });
});
