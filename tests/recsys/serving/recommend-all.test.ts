import { createVocabulary, recommend, recommendAll } from 'minimart';
import { describe, expect, test } from 'vitest';
import { collect } from '../support/collect.js';
import { interactionsOf, tableRecommender } from '../support/hand-made.js';

const scores = Array.from({ length: 7 }, (_, user) =>
  Array.from({ length: 5 }, (_, item) => (user * 3 + item * 7) % 11),
);
const users = createVocabulary(scores.map((_, index) => `u${index}`));
const items = createVocabulary(scores[0]!.map((_, index) => `i${index}`));
const seen = interactionsOf(
  users,
  items,
  scores.map((_, user) => [user, user % 5] as const),
);
const shop = tableRecommender(scores, { users, items, seen });

const listsOf = (...given: Parameters<typeof recommendAll>) => collect(recommendAll(...given));

describe('recommendAll', () => {
  test.each([
    { k: 3, exclude: 'seen', blockSize: 3 },
    { k: 2, blockSize: 100 },
    { k: 2, candidates: ['i4', 'i1', 'i2'], exclude: 'seen', blockSize: 2 },
  ] as const)('gives every user the list that recommend gives: %j', async (options) => {
    const lists = await listsOf(shop, options);
    expect(lists.map(({ user }) => user)).toEqual(['u0', 'u1', 'u2', 'u3', 'u4', 'u5', 'u6']);
    const { blockSize: _, ...same } = options;
    for (const { user, items } of lists) expect(items).toEqual(await recommend(shop, user, same));
  });

  test('scores no more users at a time than a block holds, and none ahead of the loop', async () => {
    const fresh = tableRecommender(scores);
    for await (const { user } of recommendAll(fresh, { k: 1, blockSize: 2 })) if (user === 'u2') break;
    expect(fresh.asked).toEqual({ pairs: 0, rows: 4, largestBlock: 2 });
  });

  test('takes some users in the order given, whom it does not know by popularity', async () => {
    expect((await listsOf(shop, { users: ['u5', 'u0'] })).map(({ user }) => user)).toEqual(['u5', 'u0']);
    const mixed = { users: ['u5', 'zoe', 'u0'], k: 2 };
    const lists = await listsOf(shop, mixed);
    for (const { user, items } of lists) expect(items).toEqual(await recommend(shop, user, { k: 2 }));
    expect(lists[1]!.items.every(({ source }) => source === 'popularity')).toBe(true);
    expect((await listsOf(shop, { ...mixed, unknownUser: 'nothing' }))[1]).toEqual({ user: 'zoe', items: [] });
    await expect(listsOf(shop, { ...mixed, unknownUser: 'throw' })).rejects.toThrow(
      '`users` must hold users that the recommender knows',
    );
  });

  test('leaves out the index that stands for unknown users', async () => {
    const open = tableRecommender(
      [
        [1, 2],
        [3, 4],
      ],
      { users: createVocabulary(['ann'], { hasUnknown: true }) },
    );
    expect((await listsOf(open)).map(({ user }) => user)).toEqual(['ann']);
  });

  test('refuses a wrong block size', async () => {
    await expect(listsOf(shop, { blockSize: 0 })).rejects.toThrow('`blockSize` must be a positive integer');
  });
});
