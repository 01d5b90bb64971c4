import '@tensorflow/tfjs-backend-cpu';
import {
  asRecommender,
  buildDotProduct,
  buildEmbeddingMlp,
  createRng,
  createVocabulary,
  decodeRecommender,
  encodeRecommender,
  explainRecommendation,
  factorRecommender,
  itemItemRecommender,
  popularityRecommender,
  type Recommender,
  recommend,
  recommendAll,
  scoreItems,
  similarItems,
  trainImplicitAls,
} from 'minimart';
import { describe, expect, test } from 'vitest';
import { collect } from '../support/collect.js';
import { interactionsOf, tableRecommender } from '../support/hand-made.js';

// Customers: x 1, y 3 (one of them twice), z 2, w 1. Nobody has `never`, the first product of the file, and `new` has nothing.
const users = createVocabulary(['new', 'ann', 'bob', 'cid', 'dan']);
const items = createVocabulary(['never', 'x', 'y', 'z', 'w']);
const seen = interactionsOf(users, items, [
  [1, 1],
  [1, 2],
  [1, 2],
  [2, 2],
  [2, 3],
  [3, 2],
  [3, 3],
  [4, 4],
]);
const noise = (length: number, seed: number) => createRng(seed).fillNormal(new Float32Array(length));
const features = { user: users, item: items };

const kinds: Record<string, () => Promise<Recommender> | Recommender> = {
  itemItemRecommender: () => itemItemRecommender(seen),
  trainImplicitAls: () =>
    trainImplicitAls({ interactions: seen, factors: 3, epochs: 3 }).then(({ recommender }) => recommender),
  'an embedding model': () => asRecommender(buildEmbeddingMlp({ features, embeddingSize: 3 }), { seen }),
  'a dot product': () => asRecommender(buildDotProduct({ features, embeddingSize: 3 }), { seen }),
  factors: () =>
    factorRecommender({ users, items, seen, factors: { size: 2, users: noise(10, 1), items: noise(10, 2) } }),
  'one of a user, which says what it knows': () =>
    tableRecommender(
      users.toJSON().ids.map(() => [9, 8, 7, 6, 5]),
      { users, items, seen, knowledge: { knowsItem: (item) => item !== 0 } },
    ),
};
const saved = Object.entries(kinds).filter(([name]) => !name.startsWith('one of a user'));
const all: [string, () => Promise<Recommender> | Recommender][] = [
  ...Object.entries(kinds),
  ...saved.map(([name, make]): [string, () => Promise<Recommender>] => [
    `${name}, loaded`,
    async () => decodeRecommender(await encodeRecommender(await make())),
  ]),
];

const popular = [
  { item: 'y', score: 3, source: 'popularity', rank: 1 },
  { item: 'z', score: 2, source: 'popularity', rank: 2 },
  { item: 'x', score: 1, source: 'popularity', rank: 3 },
  { item: 'w', score: 1, source: 'popularity', rank: 4 },
];

describe.each(all)('of what %s does not know', (_, make) => {
  test('a user without a row and an id that is not known get popular items, marked so', async () => {
    const recommender = await make();
    expect(await recommend(recommender, 'new', { k: 5 })).toEqual(popular);
    expect(await recommend(recommender, 'mistyped', { k: 5 })).toEqual(popular);
    expect(await recommend(recommender, 'new', { k: 5, candidates: ['never', 'w', 'z'] })).toEqual([
      { ...popular[1], rank: 1 },
      { ...popular[3], rank: 2 },
    ]);
    expect(await recommend(recommender, 'new', { k: 5, fill: 'nothing' })).toEqual([]);
    const lists = await collect(recommendAll(recommender, { k: 5, users: ['ann', 'new', 'mistyped'] }));
    expect(lists.slice(1).map((list) => list.items)).toEqual([popular, popular]);
  });

  test('an item that nobody has is in no list', async () => {
    const recommender = await make();
    for (const { items: list } of await collect(recommendAll(recommender, { k: 5, exclude: 'nothing' }))) {
      expect(list.map(({ item }) => item).sort()).toEqual(['w', 'x', 'y', 'z']);
    }
  });

  test('scores say where they come from', async () => {
    const recommender = await make();
    expect(await scoreItems(recommender, 'new', ['never', 'z', 'gone'])).toEqual([
      { item: 'never', score: 0, source: 'unknown' },
      { item: 'z', score: 2, source: 'popularity' },
      { item: 'gone', score: 0, source: 'unknown' },
    ]);
    const [own, never] = await scoreItems(recommender, 'bob', ['x', 'never']);
    expect([own!.source, never!.source]).toEqual(['model', 'unknown']);
  });
});

describe('what fills a list', () => {
  test('comes behind what the recommender knows', async () => {
    const recommender = await itemItemRecommender(seen);
    // ann has x and y. z goes with y; nothing goes with w, which one customer has.
    const [own, fill, ...more] = await recommend(recommender, 'ann', { k: 5, exclude: 'seen' });
    expect([own!.item, own!.source]).toEqual(['z', 'model']);
    expect(fill).toEqual({ item: 'w', score: 1, source: 'popularity', rank: 2 });
    expect(more).toEqual([]);
    expect(await recommend(recommender, 'ann', { k: 5, exclude: 'seen', fill: 'nothing' })).toEqual([own]);
    // Of dan, who has w alone, item-item knows nothing.
    expect(await recommend(recommender, 'dan', { k: 5, exclude: 'seen' })).toEqual(popular.slice(0, 3));
  });

  test('stays behind it when the list is spread', async () => {
    const recommender = await itemItemRecommender(seen);
    const list = await recommend(recommender, 'ann', { k: 2, exclude: 'seen', diversify: { strength: 1 } });
    expect(list.map(({ item }) => item)).toEqual(['z', 'w']);
  });

  test('is explained by popularity', async () => {
    const why = await explainRecommendation(await itemItemRecommender(seen), 'new', 'y');
    expect(why).toMatchObject({ score: 3, source: 'popularity', residual: 0 });
    expect(why.contributions).toEqual([{ kind: 'feature', feature: 'popularity', value: 3 }]);
    expect(await explainRecommendation(await itemItemRecommender(seen), 'new', 'never')).toMatchObject({
      source: 'unknown',
      contributions: [],
    });
  });
});

describe('more like an item', () => {
  test.each(saved)('of which %s knows nothing: popular items', async (_, make) => {
    const list = await similarItems(await make(), 'never', { k: 4 });
    expect(list).toEqual(popular);
  });

  test('is filled up where no customer has both', async () => {
    // x shares ann with y alone: 1 / sqrt(1 * 3).
    const [alike, ...fill] = await similarItems(popularityRecommender(seen), 'x', { k: 4 });
    expect([alike!.item, alike!.source]).toEqual(['y', 'model']);
    expect(alike!.score).toBeCloseTo(1 / Math.sqrt(3), 6);
    expect(fill.map(({ item, source }) => [item, source])).toEqual([
      ['z', 'popularity'],
      ['w', 'popularity'],
    ]);
  });
});

describe('features', () => {
  const countries = createVocabulary(['UK'], { hasUnknown: true });
  const model = buildEmbeddingMlp({
    features: { ...features, country: { kind: 'categorical', vocabulary: countries, embeddingSize: 2 } },
    userColumns: { country: Int32Array.of(0, 0, 0, 0, 1) },
    embeddingSize: 3,
  });

  test('tell a model of a user without a row, unless they say nothing', async () => {
    const known = asRecommender(model, { seen });
    expect((await recommend(known, 'new', { k: 1 }))[0]!.source).toBe('model');
    const without = interactionsOf(users, items, [[1, 1]]);
    // dan's country is one that is not known.
    expect((await recommend(asRecommender(model, { seen: without }), 'dan', { k: 1 }))[0]!.source).toBe('popularity');
  });
});

describe('a recommender of a user', () => {
  test('knows nothing of a user without a row in `seen`, and may say that it does', async () => {
    const scores = users.toJSON().ids.map(() => [5, 4, 3, 2, 1]);
    const plain = tableRecommender(scores, { users, items, seen });
    expect((await recommend(plain, 'new', { k: 4 })).map(({ item }) => item)).toEqual(['y', 'z', 'x', 'w']);
    const other = tableRecommender(scores, { users, items, seen, knowledge: { knowsUser: () => true } });
    expect((await recommend(other, 'new', { k: 2 })).map(({ item }) => item)).toEqual(['never', 'x']);
  });

  test('keeps what it says of itself through a file', async () => {
    const factors = { size: 1, users: Float32Array.of(1, 1, 1, 1, 1), items: Float32Array.of(5, 4, 3, 2, 1) };
    const knowledge = { knowsUser: (user: number) => user !== 1, knowsItem: (item: number) => item !== 1 };
    const own = { ...factorRecommender({ users, items, seen, factors }), knowledge };
    const loaded = await decodeRecommender(await encodeRecommender(own));
    for (const user of ['new', 'ann', 'bob', 'mistyped']) {
      expect(await recommend(loaded, user, { k: 5 })).toEqual(await recommend(own, user, { k: 5 }));
    }
  });
});
