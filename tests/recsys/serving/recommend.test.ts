import { createVocabulary, recommend, scoreItems } from 'minimart';
import { describe, expect, test } from 'vitest';
import { dotRecommender, interactionsOf, tableRecommender } from '../support/hand-made.js';

const users = createVocabulary(['ann', 'bob', 'cid']);
const items = createVocabulary(['tea', 'milk', 'cake', 'salt', 'rice']);
const seen = interactionsOf(users, items, [
  [0, 0],
  [0, 3],
  [1, 3],
  [1, 4],
  [2, 3],
  [2, 4],
]);
const scores = [
  [5, 2, 3, 9, 1],
  [1, 1, 1, 1, 1],
  [0, -1, -2, -3, -4],
];
const shop = tableRecommender(scores, { users, items, seen });
const ids = async (...given: Parameters<typeof recommend>) => (await recommend(...given)).map(({ item }) => item);

describe('recommend', () => {
  test('gives the best items with their scores and places', async () => {
    expect(await recommend(shop, 'ann', { k: 2, exclude: 'nothing' })).toEqual([
      { item: 'salt', score: 9, source: 'model', rank: 1 },
      { item: 'tea', score: 5, source: 'model', rank: 2 },
    ]);
  });

  test('takes a number for an id that is text', async () => {
    const numbered = tableRecommender([[1, 2]], { users: createVocabulary(['17850']) });
    expect(await ids(numbered, 17850, { k: 1 })).toEqual(['i1']);
  });

  test('leaves out what the user has, and gives fewer where fewer are left', async () => {
    expect(await ids(shop, 'ann', { k: 5, exclude: 'seen' })).toEqual(['cake', 'milk', 'rice']);
    expect(await ids(shop, 'ann', { k: 5 })).toEqual(['cake', 'milk', 'rice']);
  });

  test('leaves out given ids, of which it need not know all', async () => {
    expect(await ids(shop, 'ann', { k: 2, exclude: ['salt', 'pepper'] })).toEqual(['tea', 'cake']);
  });

  test('breaks ties by the order of the vocabulary', async () => {
    expect(await ids(shop, 'bob', { k: 3 })).toEqual(['tea', 'milk', 'cake']);
    const all = { exclude: 'nothing', candidates: ['rice', 'milk', 'salt'] } as const;
    expect(await ids(shop, 'bob', { k: 2, ...all })).toEqual(['milk', 'salt']);
  });

  test('asks the filter for what may be recommended', async () => {
    expect(await ids(shop, 'ann', { k: 2, filter: (item) => item !== 'cake' })).toEqual(['milk', 'rice']);
  });

  test('chooses among candidates, each once, and scores no other', async () => {
    const fresh = tableRecommender(scores, { users, items });
    expect(await ids(fresh, 'ann', { candidates: ['rice', 'milk', 'rice'] })).toEqual(['milk', 'rice']);
    expect(fresh.asked).toEqual({ pairs: 2, rows: 0, largestBlock: 0 });
  });

  test('leaves out a candidate that is not known and says so, or refuses it', async () => {
    const skipped: string[] = [];
    const onUnknownItems = (unknown: readonly string[]) => skipped.push(...unknown);
    expect(await ids(shop, 'ann', { candidates: ['pepper', 'milk', 7], onUnknownItems })).toEqual(['milk']);
    expect(skipped).toEqual(['pepper', '7']);
    await expect(recommend(shop, 'ann', { candidates: ['pepper'], unknownItems: 'throw' })).rejects.toThrow(
      "recommend: `candidates` must hold items that the recommender knows, received 'pepper' (string).",
    );
  });

  test('gives ten where nothing is said, or all where there are fewer', async () => {
    expect(await ids(shop, 'ann', { exclude: 'nothing' })).toHaveLength(5);
    const wide = tableRecommender([Array.from({ length: 30 }, (_, item) => item)]);
    expect(await ids(wide, 'u0')).toHaveLength(10);
  });

  test('never recommends the index that stands for unknown items', async () => {
    const withUnknown = createVocabulary(['tea', 'milk'], { hasUnknown: true });
    const recommender = tableRecommender([[1, 2, 99]], { items: withUnknown });
    expect(await ids(recommender, 'u0')).toEqual(['milk', 'tea']);
    await expect(recommend(recommender, 'u0', { k: 3 })).rejects.toThrow('`k` must be an integer in [1, 2]');
  });

  test.each([0, 6, 1.5, Number.NaN, '3'])('refuses k = %s', async (k) => {
    await expect(recommend(shop, 'ann', { k: k as number })).rejects.toThrow(
      `recommend: \`k\` must be an integer in [1, 5], the items known, received ${typeof k === 'string' ? `'${k}'` : k}`,
    );
  });

  test('refuses to exclude what is seen where nobody said what is', async () => {
    await expect(recommend(tableRecommender(scores), 'u0', { exclude: 'seen' })).rejects.toThrow(
      "`recommender` must have `seen` (the rows it was trained on) for `exclude: 'seen'`",
    );
  });

  test('refuses rows of other vocabularies', async () => {
    const other = tableRecommender([[1, 2]], { seen });
    await expect(recommend(other, 'u0', { exclude: 'seen' })).rejects.toThrow('number the same 1 users × 2 items');
  });

  test('refuses a score that is NaN', async () => {
    await expect(recommend(tableRecommender([[1, Number.NaN]]), 'u0')).rejects.toThrow('received NaN');
  });
});

describe('recommend for a user who is not known', () => {
  test('goes by popularity unless told otherwise', async () => {
    // salt is in three rows, rice in two, tea in one.
    const list = await recommend(shop, 'zoe', { k: 4, exclude: 'seen' });
    expect(list.map(({ item, score }) => [item, score])).toEqual([
      ['salt', 3],
      ['rice', 2],
      // Nobody has milk or cake.
      ['tea', 1],
    ]);
    expect(list.map(({ source }) => source)).toEqual(['popularity', 'popularity', 'popularity']);
  });

  test('says so where popularity is not known', async () => {
    await expect(recommend(tableRecommender(scores), 'zoe')).rejects.toThrow("for `unknownUser: 'popular'`");
  });

  test('gives nothing, or throws, when told', async () => {
    expect(await recommend(shop, 'zoe', { unknownUser: 'nothing' })).toEqual([]);
    await expect(recommend(shop, 'zoe', { unknownUser: 'throw' })).rejects.toThrow(
      "recommend: `user` must be a user that the recommender knows, received 'zoe' (string).",
    );
    expect(await scoreItems(shop, 'zoe', ['tea'], { unknownUser: 'nothing' })).toEqual([]);
  });

  test('asks the model where its vocabulary has a place for unknown users', async () => {
    const open = tableRecommender(
      [
        [1, 2],
        [8, 7],
      ],
      { users: createVocabulary(['ann'], { hasUnknown: true }) },
    );
    expect(await recommend(open, 'zoe', { k: 1, unknownUser: 'model' })).toEqual([
      { item: 'i0', score: 8, source: 'model', rank: 1 },
    ]);
    await expect(recommend(shop, 'zoe', { unknownUser: 'model' })).rejects.toThrow('without unknown users');
  });

  test('refuses a policy that is none', async () => {
    await expect(recommend(shop, 'ann', { unknownUser: 'maybe' as 'throw' })).rejects.toThrow('`unknownUser` must be');
  });
});

describe('recommend with diversify', () => {
  // Two pairs of twins: along the first axis and along the second. ann likes the first pair a little more.
  const twins = dotRecommender({
    size: 2,
    users: Float32Array.of(1, 0.9),
    items: Float32Array.of(10, 0, 9, 0, 0, 9, 0, 8),
  });

  test('takes an unlike item before the twin of one it has', async () => {
    expect(await ids(twins, 'u0', { k: 2 })).toEqual(['i0', 'i1']);
    // relevance of 9 is (9 - 7.2) / (10 - 7.2) = 0.64 and of 8.1 0.32; likeness to i0 is 1 and 0:
    // 0.5 * 0.64 - 0.5 * 1 < 0.5 * 0.32 - 0.
    expect(await ids(twins, 'u0', { k: 2, diversify: { strength: 0.5 } })).toEqual(['i0', 'i2']);
  });

  test('leaves the list as it is at strength 0, and keeps the scores', async () => {
    expect(await recommend(twins, 'u0', { k: 4, diversify: { strength: 0 } })).toEqual(
      await recommend(twins, 'u0', { k: 4 }),
    );
    const [, second] = await recommend(twins, 'u0', { k: 2, diversify: { strength: 1 } });
    expect(second).toEqual({ item: 'i2', score: Math.fround(9 * Math.fround(0.9)), source: 'model', rank: 2 });
  });

  test('chooses from the pool only', async () => {
    expect(await ids(twins, 'u0', { k: 2, diversify: { strength: 1, pool: 2 } })).toEqual(['i0', 'i1']);
  });

  test('goes by common users where items have no vectors', async () => {
    // salt and rice share two of three users; of the rest none is like salt but tea (one user of three and one).
    const everything = { users, items, seen };
    const all = { k: 2, exclude: 'nothing' } as const;
    const likeSalt = tableRecommender([[4, 1, 1, 9, 5]], { ...everything, users: createVocabulary(['ann', 'b', 'c']) });
    expect(await ids(likeSalt, 'ann', all)).toEqual(['salt', 'rice']);
    // rice: relevance (5-1)/8 = 0.5, likeness 2/sqrt(6) = 0.816; tea: 0.375, 1/sqrt(3) = 0.577: tea wins at 0.5.
    expect(await ids(likeSalt, 'ann', { ...all, diversify: { strength: 0.5, pool: 3 } })).toEqual(['salt', 'tea']);
  });

  test.each([
    [{ strength: 2 }, '`diversify.strength` must be a number in [0, 1]'],
    [{ strength: 0.5, pool: 1 }, '`diversify.pool` must be a whole number >= 2'],
  ])('refuses %j', async (diversify, message) => {
    await expect(recommend(twins, 'u0', { k: 2, diversify })).rejects.toThrow(message);
  });

  test('says so where there is nothing to compare items by', async () => {
    await expect(recommend(tableRecommender(scores), 'u0', { k: 2, diversify: { strength: 1 } })).rejects.toThrow(
      'have item vectors or `seen`',
    );
  });
});
