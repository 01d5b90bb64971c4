import '@tensorflow/tfjs-backend-cpu';
import {
  asRecommender,
  createVocabulary,
  easeRecommender,
  evaluateRanking,
  exactItemIndex,
  explainRecommendation,
  factorRecommender,
  foldInItem,
  foldInUser,
  itemItemRecommender,
  popularityRecommender,
  type Recommender,
  type RecommendOptions,
  recommend,
  recommendAll,
  scoreItems,
  sequentialRulesRecommender,
  similarItems,
  trainImplicitAls,
} from 'minimart';
import { describe, expect, test } from 'vitest';
import { collect } from './support/collect.js';
import { interactionsOf, tableRecommender } from './support/hand-made.js';

const users = createVocabulary(['ann', 'bob']);
const items = createVocabulary(['tea', 'milk', 'cake']);
const seen = interactionsOf(users, items, [
  [0, 0],
  [1, 0],
  [1, 1],
]);
const held = interactionsOf(users, items, [[0, 1]]);
const scores = [
  [1, 2, 3],
  [3, 2, 1],
];
const table = tableRecommender(scores, { users, items, seen });
const { recommender: als } = await trainImplicitAls({ interactions: seen, factors: 2, epochs: 2 });

/** Everything that takes a recommender. */
const uses: [string, (recommender: Recommender, options?: object) => Promise<unknown>][] = [
  ['recommend', (recommender, options) => recommend(recommender, 'ann', options)],
  ['recommendAll', (recommender, options) => collect(recommendAll(recommender, options))],
  ['scoreItems', (recommender, options) => scoreItems(recommender, 'ann', ['milk'], options)],
  ['similarItems', (recommender, options) => similarItems(recommender, 'tea', options)],
  ['explainRecommendation', (recommender, options) => explainRecommendation(recommender, 'ann', 'milk', options)],
  ['evaluateRanking', (recommender, options) => evaluateRanking(recommender, { test: held, k: 1, ...options })],
  ['foldInUser', (recommender, options) => foldInUser(recommender, ['tea'], options)],
  ['foldInItem', (recommender, options) => foldInItem(recommender, { id: 'cup', users: ['ann'] }, options)],
];

describe.each(uses)('%s', (name, use) => {
  test.each<[string, unknown, string]>([
    ['nothing', undefined, '`recommender` must be a recommender'],
    ['no items', { ...table, items: undefined }, '`recommender.items` must be a vocabulary'],
    ['a list for a vocabulary', { ...table, users: ['ann'] }, '`recommender.users` must be a vocabulary'],
    ['no scorePairs', { ...table, scorePairs: undefined }, '`recommender.scorePairs` must be a function'],
    ['factors that are no function', { ...table, factors: {} }, '`recommender.factors` must be a function'],
    ['rows of another kind for seen', { ...table, seen: [['ann', 'tea']] }, '`recommender.seen` must be Interactions'],
  ])('refuses %s', async (_, recommender, message) => {
    await expect(use(recommender as Recommender)).rejects.toThrow(`${name}: ${message}`);
  });

  test('takes explicit undefined for the default', async () => {
    const named = ['k', 'exclude', 'fill', 'filter', 'candidates', 'unknownItems', 'onUnknownItems', 'index'];
    const own: Record<string, string[]> = {
      recommend: [...named, 'diversify', 'unknownUser'],
      recommendAll: [...named, 'users', 'unknownUser', 'blockSize', 'signal'],
      scoreItems: ['unknownUser', 'unknownItems'],
      similarItems: named.slice(0, -1),
      explainRecommendation: ['steps', 'baseline'],
      evaluateRanking: ['train', 'negatives', 'exclude', 'seed', 'metrics', 'baseline', 'resamples', 'signal'],
      foldInUser: ['steps', 'learningRate', 'negatives', 'regularization', 'seed', 'signal', 'confidence', 'features'],
      foldInItem: ['steps', 'learningRate', 'negatives', 'seed', 'unknownUsers', 'onUnknownUsers', 'features'],
    };
    const given = Object.fromEntries(own[name]!.map((each) => [each, undefined]));
    const plain = (value: unknown) => JSON.stringify(value);
    expect(plain(await use(als, given))).toBe(plain(await use(als)));
  });
});

describe('scores of a recommender of a user', () => {
  const broken: [string, Partial<Recommender>, string][] = [
    ['of the wrong length', answer(new Float32Array(2)), 'must give 3 scores, received 2'],
    ['that are NaN', answer(Float32Array.of(1, Number.NaN, 2)), 'must score with numbers, received NaN'],
    ['in a list', answer([1, 2, 3]), 'must give 3 scores in a Float32Array'],
    ['that are missing', answer(undefined), 'must give 3 scores in a Float32Array, received undefined'],
    [
      'in what only looks like a promise',
      answer(Object.fromEntries([['then', 5]])),
      'must give 3 scores in a Float32Array',
    ],
  ];

  function answer(value: unknown): Partial<Recommender> {
    const scoreAll = async () => value as Float32Array;
    return { scoreAll, name: 'mine' };
  }

  test.each(broken)('%s are refused', async (_, parts, message) => {
    const mine = { ...table, ...parts };
    await expect(recommend(mine, 'ann')).rejects.toThrow(`recommend: \`recommender 'mine'\` ${message}`);
    await expect(collect(recommendAll(mine, { users: ['ann'] }))).rejects.toThrow(message);
    await expect(evaluateRanking(mine, { test: held, k: 1 })).rejects.toThrow(message);
  });

  test('that never come can be waited for no longer', async () => {
    const hanging = { ...table, scoreAll: () => new Promise<Float32Array>(() => {}) };
    const controller = new AbortController();
    const { signal } = controller;
    const waiting = [
      collect(recommendAll(hanging, { signal })),
      evaluateRanking(hanging, { test: held, k: 1, signal }),
    ].map((each) => expect(each).rejects.toThrow('enough'));
    controller.abort(new Error('enough'));
    await Promise.all(waiting);
  });
});

describe('a signal', () => {
  const long: [string, (signal: AbortSignal) => Promise<unknown>][] = [
    ['recommendAll', (signal) => collect(recommendAll(table, { signal }))],
    ['evaluateRanking', (signal) => evaluateRanking(table, { test: held, k: 1, signal })],
    ['evaluateRanking', (signal) => evaluateRanking(table, { test: held, k: 1, negatives: 1, signal })],
    ['trainImplicitAls', (signal) => trainImplicitAls({ interactions: seen, factors: 2, signal })],
    ['itemItemRecommender', (signal) => itemItemRecommender(seen, { signal })],
    ['sequentialRulesRecommender', (signal) => sequentialRulesRecommender(seen, { signal })],
    ['easeRecommender', (signal) => easeRecommender(seen, { signal })],
  ];

  test.each(long)('stops %s with its reason, and is refused where it is none', async (_, run) => {
    await expect(run(AbortSignal.abort(new Error('enough')))).rejects.toThrow('enough');
    await expect(run({} as AbortSignal)).rejects.toThrow('`signal` must be an AbortSignal');
  });

  test.each([foldInUser, foldInItem])('is refused by $name where it is none', async (fold) => {
    const run = fold as (...given: unknown[]) => Promise<unknown>;
    await expect(run(als, ['tea'], { signal: {} })).rejects.toThrow('`signal` must be an AbortSignal');
  });
});

describe('what is misspelt or of another type', () => {
  const call = (run: () => unknown) => expect((async () => run())()).rejects;

  test('is refused inside options', async () => {
    await call(() => recommend(table, 'ann', { diversify: { strenght: 1 } as never })).toThrow(
      '`strenght` must be left',
    );
    await call(() =>
      exactItemIndex({ size: 1, items: new Float32Array(3) }).search(new Float32Array(1), { n: 1 } as never),
    ).toThrow('search: `n` must be left out');
  });

  test.each<[string, RecommendOptions, string]>([
    ['a text for ids', { exclude: 'sen' as 'seen' }, "`exclude` must be 'seen', 'nothing' or a list of item ids"],
    ['a number for ids', { candidates: 5 as never }, '`candidates` must be a list of ids'],
    ['null among ids', { candidates: [null] as never }, '`candidates` must hold ids'],
    ['another fill', { fill: 'random' as 'nothing' }, "`fill` must be one of 'popularity', 'nothing'"],
    ['another index', { index: {} as never }, '`index` must be an index of items'],
  ])('is refused: %s', async (_, options, message) => {
    await expect(recommend(als, 'ann', options)).rejects.toThrow(message);
  });

  test('is refused as a user or an item', async () => {
    for (const user of [undefined, null, true, Symbol('ann')]) {
      await expect(recommend(table, user as never)).rejects.toThrow('`user` must be an id');
    }
    await expect(explainRecommendation(table, 'ann', {} as never)).rejects.toThrow('`item` must be an item');
    expect(() => popularityRecommender([] as never)).toThrow('popularityRecommender: `train` must be Interactions');
    await expect(itemItemRecommender({} as never)).rejects.toThrow('itemItemRecommender: `train` must be Interactions');
    await expect(trainImplicitAls({ interactions: null as never })).rejects.toThrow(
      'trainImplicitAls: `interactions` must be Interactions',
    );
    expect(() => asRecommender({} as never)).toThrow('asRecommender: `model` must be an embedding model, such as');
  });

  test('gives a short message, whatever the ids are', async () => {
    const long = 'x'.repeat(20_000_000);
    const message = await recommend(als, 'ann', { candidates: [long], unknownItems: 'throw' }).then(String, String);
    expect(message).toContain('`candidates` must hold items that the recommender knows');
    expect(message.length).toBeLessThan(500);
    const weight = await foldInUser(als, [{ item: long, weight: -1 }]).then(String, String);
    expect(weight.length).toBeLessThan(500);
  });

  test('factors that are not finite are refused', () => {
    const factors = { size: 1, users: Float32Array.of(1, Number.NaN), items: Float32Array.of(1, 2, 3) };
    expect(() => factorRecommender({ users, items, factors })).toThrow('`factors.users` must hold finite numbers');
  });

  test('does not compile', () => {
    const options: RecommendOptions[] = [
      // @ts-expect-error: a text is no list of ids
      { exclude: 'sen' },
      // @ts-expect-error: neither here
      { candidates: 'tea' },
      // @ts-expect-error: strength is missing
      { diversify: { pool: 3 } },
      { exclude: ['tea'], candidates: new Set(['milk', 5]) },
      { exclude: new Map([['tea', 1]]).keys() },
    ];
    expect(options).toHaveLength(5);
  });
});
