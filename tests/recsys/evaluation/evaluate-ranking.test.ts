import fc from 'fast-check';
import {
  createRng,
  createVocabulary,
  type EvaluateRankingOptions,
  evaluateRanking,
  formatRanking,
  popularityRecommender,
  type Recommender,
} from 'minimart';
import { describe, expect, test } from 'vitest';
import { interactionsOf, tableRecommender } from '../support/hand-made.js';
import { expectedMetrics } from '../support/ranking-reference.js';

const ids = (count: number, letter: string) =>
  createVocabulary(Array.from({ length: count }, (_, at) => `${letter}${at}`));

interface Problem {
  readonly scores: number[][];
  readonly train: [number, number][];
  readonly test: [number, number][];
}

const userCount = 4;
const itemCount = 6;
const pairs = fc.array(fc.tuple(fc.nat(userCount - 1), fc.nat(itemCount - 1)), { minLength: 1, maxLength: 14 });
const line = fc.array(fc.integer({ min: 0, max: 3 }), { minLength: itemCount, maxLength: itemCount });
const problems: fc.Arbitrary<Problem> = fc.record({
  scores: fc.array(line, { minLength: userCount, maxLength: userCount }),
  train: pairs,
  test: pairs,
});

function made({ scores, train, test: held }: Problem) {
  const recommender = tableRecommender(scores);
  const { users, items } = recommender;
  return { recommender, train: interactionsOf(users, items, train), test: interactionsOf(users, items, held) };
}

/** The mean over users of the expected metrics, with candidates taken from the definition of `exclude`. */
function reference({ scores, train, test: held }: Problem, k: number, exclude: 'seen' | 'nothing') {
  const perUser = scores.flatMap((row, user) => {
    const has = (rows: [number, number][], item: number) => rows.some(([u, i]) => u === user && i === item);
    const candidates = row.flatMap((score, item) => {
      return exclude === 'seen' && has(train, item) ? [] : [{ score, relevant: has(held, item) }];
    });
    const relevant = candidates.map((each) => each.relevant);
    if (!relevant.includes(true) || !relevant.includes(false)) return [];
    return [
      expectedMetrics(
        candidates.map(({ score }) => score),
        relevant,
        k,
      ),
    ];
  });
  return {
    users: perUser.length,
    mean: (name: string) => perUser.reduce((sum, each) => sum + each[name]!, 0) / perUser.length,
  };
}

describe('against all other items', () => {
  test.each(['seen', 'nothing'] as const)('agrees with sorting every row, %s excluded', async (exclude) => {
    await fc.assert(
      fc.asyncProperty(problems, fc.integer({ min: 1, max: 4 }), async (problem, k) => {
        const { recommender, train, test: held } = made(problem);
        const expected = reference(problem, k, exclude);
        fc.pre(expected.users > 0);
        const report = await evaluateRanking(recommender, {
          train,
          test: held,
          k,
          exclude,
          baseline: null,
          resamples: 0,
        });
        expect(report.users).toBe(expected.users);
        for (const name of ['hitRate', 'ndcg', 'averagePrecision', 'auc', 'reciprocalRank', 'recall'] as const) {
          expect(report.metrics[name]?.value, name).toBeCloseTo(expected.mean(name), 10);
        }
        expect(new Set(held.userIndices).size).toBe(report.users + report.skippedUsers);
      }),
      { numRuns: 200 },
    );
  });

  test('the index for unknown ids is neither a candidate nor relevant', async () => {
    const items = createVocabulary(['x', 'y'], { hasUnknown: true });
    const users = createVocabulary(['a'], { hasUnknown: true });
    const recommender = tableRecommender(
      [
        [1, 2, 9],
        [1, 2, 9],
      ],
      { users, items },
    );
    const train = interactionsOf(users, items, [[1, 0]]);
    const held = interactionsOf(users, items, [
      [0, 0],
      [0, 2],
      [1, 1],
    ]);
    const report = await evaluateRanking(recommender, { train, test: held, k: 2 });
    expect(report).toMatchObject({ users: 1, skippedUsers: 1, relevantItems: 1 });
    // Item x is second of two; item 2 would stand before both.
    expect(report.metrics.reciprocalRank?.value).toBe(1 / 2);
    expect(report.metrics.auc?.value).toBe(0);
    await expect(evaluateRanking(recommender, { train, test: held, k: 3 })).rejects.toThrow(
      '`k` must be at most the number of items, 2',
    );
  });

  test('rows are asked for in blocks', async () => {
    const table = Array.from({ length: 600 }, () => [1, 0]);
    const recommender = tableRecommender(table);
    const rows = table.map((_, user) => [user, 0] as const);
    const { users, items } = recommender;
    const options = {
      train: interactionsOf(users, items, [[0, 1]]),
      test: interactionsOf(users, items, rows),
      k: 1,
      baseline: null,
    };
    const report = await evaluateRanking(recommender, options);
    expect(report).toMatchObject({ users: 599, skippedUsers: 1 });
    expect(recommender.asked).toMatchObject({ rows: 600, pairs: 0 });
    expect(recommender.asked.largestBlock).toBeLessThanOrEqual(256);
  });
});

describe('against sampled items', () => {
  // 40 items; user 0 has ten in train and two in test.
  const [users, items] = [ids(2, 'u'), ids(40, 'i')];
  const train = interactionsOf(users, items, [...Array.from({ length: 10 }, (_, item) => [0, item] as const), [1, 0]]);
  const held = interactionsOf(users, items, [
    [0, 20],
    [0, 21],
    [1, 3],
  ]);

  /** Writes down the pairs it is asked for. */
  function spy(): Recommender & { readonly pairs: [number, number][] } {
    const asked: [number, number][] = [];
    const scorePairs = async (us: Int32Array, is: Int32Array) => {
      for (const [at, user] of us.entries()) asked.push([user, is[at]!]);
      return new Float32Array(us.length);
    };
    return { ...tableRecommender([[]], { users, items }), scorePairs, pairs: asked };
  }
  const sampled = async (negatives: number, seed = 1) => {
    const recommender = spy();
    await evaluateRanking(recommender, { train, test: held, k: 2, negatives, seed, baseline: null, resamples: 0 });
    return recommender.pairs.filter(([user]) => user === 0).map(([, item]) => item);
  };

  test.each([5, 13, 20, 28, 200])('%d of them: each once, none of train or test', async (negatives) => {
    const asked = await sampled(negatives);
    expect(asked.slice(0, 2)).toEqual([20, 21]);
    const drawn = asked.slice(2);
    expect(drawn).toHaveLength(Math.min(negatives, 28));
    expect(new Set(drawn).size).toBe(drawn.length);
    for (const item of drawn) expect(item >= 10 && item !== 20 && item !== 21).toBe(true);
  });

  test('one seed draws the same, another others', async () => {
    expect(await sampled(5, 1)).toEqual(await sampled(5, 1));
    expect(await sampled(5, 1)).not.toEqual(await sampled(5, 2));
  });

  test.each([5, 20])('every item is drawn about as often as any other (%d of 28)', async (negatives) => {
    const counts = new Map<number, number>();
    const rounds = 400;
    for (let seed = 0; seed < rounds; seed += 1) {
      for (const item of (await sampled(negatives, seed)).slice(2)) counts.set(item, (counts.get(item) ?? 0) + 1);
    }
    const share = negatives / 28;
    const deviation = Math.sqrt(rounds * share * (1 - share));
    expect(counts.size).toBe(28);
    for (const drawn of counts.values()) expect(Math.abs(drawn - rounds * share)).toBeLessThan(5 * deviation);
  });

  test('the baseline is ranked on the same candidates', async () => {
    const [one, other] = [spy(), spy()];
    await evaluateRanking(one, { train, test: held, k: 2, negatives: 5, baseline: other });
    expect(one.pairs).toEqual(other.pairs);
  });
});

describe('against given items', () => {
  test('a negative that equals a relevant item is dropped, and one that comes twice counts once', async () => {
    const recommender = tableRecommender([[5, 4, 3, 2]]);
    const { users, items } = recommender;
    const [train, held] = [interactionsOf(users, items, []), interactionsOf(users, items, [[0, 2]])];
    const negatives = [Int32Array.of(2, 1, 1, 3, 2)];
    const report = await evaluateRanking(recommender, { train, test: held, k: 1, negatives });
    expect(report.metrics.reciprocalRank?.value).toBe(1 / 2);
    expect(report.metrics.auc?.value).toBe(1 / 2);
    expect(report.ties.pairs).toBe(0);
    expect(report.negatives).toBe('given');
  });

  test('a user without any is left out and counted', async () => {
    const recommender = tableRecommender([
      [1, 0],
      [1, 0],
    ]);
    const { users, items } = recommender;
    const [train, held] = [
      interactionsOf(users, items, []),
      interactionsOf(users, items, [
        [0, 0],
        [1, 0],
      ]),
    ];
    const report = await evaluateRanking(recommender, {
      train,
      test: held,
      k: 1,
      negatives: [new Int32Array(0), Int32Array.of(1)],
    });
    expect(report).toMatchObject({ users: 1, skippedUsers: 1 });
    expect(report.perUser.userIndices).toEqual(Int32Array.of(1));
  });
});

describe('intervals', () => {
  // 400 users, one relevant item each among ten: the model finds it first for 60% of them, else last.
  const count = 400;
  const rng = createRng(3);
  const hits = Array.from({ length: count }, () => rng.uniform() < 0.6);
  const recommender = tableRecommender(hits.map((hit) => [hit ? 9 : -9, 1, 2, 3, 4, 5, 6, 7, 8, 0]));
  const { users, items } = recommender;
  const options: EvaluateRankingOptions = {
    train: interactionsOf(users, items, [[0, 9]]),
    test: interactionsOf(
      users,
      items,
      hits.map((_, user) => [user, 0] as const),
    ),
    k: 1,
    metrics: ['hitRate', 'auc'],
  };

  test('are those of a mean of independent users', async () => {
    const { metrics } = await evaluateRanking(recommender, { ...options, resamples: 4000 });
    const share = hits.filter(Boolean).length / count;
    expect(metrics.hitRate?.value).toBeCloseTo(share, 12);
    // The normal approximation of the binomial: 1.96 standard errors, about 0.048; a bootstrap of 4000 is within 0.006.
    const half = 1.96 * Math.sqrt((share * (1 - share)) / count);
    const [low, high] = metrics.hitRate!.interval!;
    expect(Math.abs(share - half - low)).toBeLessThan(0.006);
    expect(Math.abs(share + half - high)).toBeLessThan(0.006);
  });

  test('of the difference are those of the differences user by user', async () => {
    // The same model but for ten users: every resample has about the same for both, so the difference hardly varies.
    const worse = tableRecommender(
      hits.map((hit, user) => [hit && user >= 10 ? 9 : -9, 1, 2, 3, 4, 5, 6, 7, 8, 0]),
      { users, items },
    );
    const { metrics } = await evaluateRanking(recommender, { ...options, baseline: worse });
    const changed = hits.slice(0, 10).filter(Boolean).length / count;
    const { difference, baseline, value, interval } = metrics.hitRate!;
    expect(difference?.value).toBeCloseTo(changed, 12);
    expect(baseline?.value).toBeCloseTo(value - changed, 12);
    const half = 1.96 * Math.sqrt((changed * (1 - changed)) / count);
    expect(Math.abs(difference!.interval![1] - changed - half)).toBeLessThan(0.004);
    expect(difference!.interval![0]).toBeGreaterThanOrEqual(0);
    expect(interval![1] - interval![0]).toBeGreaterThan(4 * half);
  });

  test('one seed gives the same, another others, and no resamples give none', async () => {
    const run = async (more: object) =>
      (await evaluateRanking(recommender, { ...options, ...more })).metrics.hitRate?.interval;
    expect(await run({ seed: 1 })).toEqual(await run({ seed: 1 }));
    expect(await run({ seed: 1 })).not.toEqual(await run({ seed: 2 }));
    expect(await run({ resamples: 0 })).toBeUndefined();
  });
});

describe('the report', () => {
  const recommender = tableRecommender(
    [
      [0, 3, 2, 1],
      [0, 1, 3, 2],
      [1, 0, 0, 0],
    ],
    { name: 'mine' },
  );
  const { users, items } = recommender;
  const train = interactionsOf(users, items, [
    [2, 3],
    [1, 3],
    [0, 0],
    [1, 0],
    [2, 0],
  ]);
  const held = interactionsOf(users, items, [
    [0, 1],
    [1, 1],
    [0, 3],
  ]);

  test('puts popularity beside the model, on the users of both', async () => {
    const report = await evaluateRanking(recommender, { train, test: held, k: 1, resamples: 50 });
    const beside = await evaluateRanking(popularityRecommender(train), { test: held, k: 1, resamples: 50 });
    expect(report.baseline).toEqual({ name: 'popularity', ties: beside.ties });
    for (const [name, { baseline }] of Object.entries(report.metrics)) {
      const { value, interval } = beside.metrics[name as keyof typeof beside.metrics]!;
      expect(baseline).toEqual(interval ? { value, interval } : { value });
    }
    // User 0: item 1 first of 1, 2, 3, item 3 last; user 1: item 1 behind item 2.
    expect(report.perUser.userIndices).toEqual(Int32Array.of(0, 1));
    expect(report.perUser.values.hitRate).toEqual(Float64Array.of(1, 0));
    expect(report.metrics.hitRate?.value).toBe(0.5);
    expect(report).toMatchObject({ name: 'mine', k: 1, users: 2, relevantItems: 3, skippedUsers: 0, negatives: 'all' });
  });

  test('becomes a table that says where the model is not ahead', async () => {
    const report = await evaluateRanking(recommender, {
      train,
      test: held,
      k: 1,
      metrics: ['hitRate', 'auc'],
      resamples: 50,
    });
    const lines = report.table.split('\n');
    expect(formatRanking(report)).toBe(report.table);
    expect(lines[0]).toBe('mine: 2 users, 3 relevant items, against all other items.');
    expect(lines[2]).toBe('| metric | mine | popularity | difference |');
    expect(lines[4]).toMatch(
      /^\| HR@1 \| 0\.5000 \(0\.0000 to 1\.0000\) \| 0\.\d{4} \(.*\) \| [+-]0\.\d{4} \([+-].* to .*\) \|$/,
    );
    expect(lines.join('\n')).toContain('Not ahead of popularity beyond chance in HR@1');
    const alone = formatRanking(
      await evaluateRanking(recommender, { train, test: held, k: 1, baseline: null, resamples: 0 }),
    );
    expect(alone).toContain('| metric | mine |\n| --- | ---: |\n| HR@1 | 0.5000 |');
    expect(alone).not.toContain('bootstrap');
    expect(alone).not.toContain('Not ahead');
  });
});

describe('bad input', () => {
  const recommender = tableRecommender([
    [1, 2, 3],
    [1, 2, 3],
  ]);
  const { users, items } = recommender;
  const train = interactionsOf(users, items, [[1, 1]]);
  const held = interactionsOf(users, items, [[0, 0]]);

  test.each([
    ['no train anywhere', { train: undefined }, '`train` must be given where the recommender has no `seen`'],
    ['no test', { test: undefined }, '`test` must be Interactions'],
    ['k of more than the catalogue', { k: 4 }, '`k` must be at most the number of items, 3, received 4'],
    ['k of zero', { k: 0 }, '`k` must be a positive integer'],
    ['fewer negatives than k', { k: 3, negatives: 2 }, '`negatives` must be at least k, 3, received 2'],
    ['half a negative', { negatives: 1.5 }, '`negatives` must be a positive integer'],
    ['negatives in words', { negatives: 'few' }, "`negatives` must be 'all', a number, or a list"],
    ['too few lists', { negatives: [Int32Array.of(1)] }, 'for each of the 2 users, received'],
    ['a list of another kind', { negatives: [[1], [1]] }, '`negatives[0]` must be an Int32Array'],
    [
      'an item outside',
      { negatives: [Int32Array.of(1, 3), Int32Array.of(1)] },
      '`negatives[0][1]` must be a whole number from 0 to 2, received 3',
    ],
    ['a strange metric', { metrics: ['accuracy'] }, '`metrics` must be one of'],
    ['no metric', { metrics: [] }, '`metrics` must name at least one'],
    ['half a resample', { resamples: 0.5 }, '`resamples` must be a whole number'],
    ['a strange exclusion', { exclude: 'bought' }, "`exclude` must be one of 'seen', 'nothing'"],
    ['other users', { test: interactionsOf(ids(3, 'u'), items, [[0, 0]]) }, '`test` must number the same users'],
    [
      'items of other names',
      { train: interactionsOf(users, ids(3, 'j'), [[0, 0]]) },
      '`train` must number the same items',
    ],
    ['an empty test', { test: interactionsOf(users, items, []) }, '`test` must have a user with something to find'],
    ['a test that is all seen', { test: train }, '`test` must have a user with something to find'],
  ])('%s is refused', async (_, changes, message) => {
    const options = { train, test: held, k: 2, ...changes } as EvaluateRankingOptions;
    await expect(evaluateRanking(recommender, options)).rejects.toThrow(RangeError);
    await expect(evaluateRanking(recommender, options)).rejects.toThrow(message);
  });

  test('scores that are NaN are refused, not ranked first', async () => {
    const broken = tableRecommender(
      [
        [Number.NaN, 2, 3],
        [1, 2, 3],
      ],
      { name: 'broken' },
    );
    const message = "`recommender 'broken'` must score with numbers, received NaN";
    await expect(evaluateRanking(broken, { train, test: held, k: 2 })).rejects.toThrow(message);
    await expect(evaluateRanking(broken, { train, test: held, k: 2, negatives: 2 })).rejects.toThrow(message);
  });

  test('the wrong number of scores is refused', async () => {
    const short = { ...recommender, scoreAll: async () => new Float32Array(2) };
    await expect(evaluateRanking(short, { train, test: held, k: 2 })).rejects.toThrow('must give 3 scores, received 2');
  });

  test('a signal stops it with its reason', async () => {
    const reason = new Error('enough');
    const run = evaluateRanking(recommender, { train, test: held, k: 2, signal: AbortSignal.abort(reason) });
    await expect(run).rejects.toBe(reason);
  });
});
