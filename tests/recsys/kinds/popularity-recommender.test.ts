import { createVocabulary, decodeRecommender, encodeRecommender, popularityRecommender, recommend } from 'minimart';
import { describe, expect, test } from 'vitest';
import { interactionsOf } from '../support/hand-made.js';

const [users, items] = [createVocabulary(['a', 'b', 'c']), createVocabulary(['x', 'y', 'z', 'never'])];
const train = interactionsOf(users, items, [
  [0, 0],
  [0, 1, 9],
  [1, 1],
  [2, 1],
  [2, 2],
  [2, 2],
]);

describe('popularity', () => {
  test('scores an item with the number of users who have it, for everybody', async () => {
    const recommender = popularityRecommender(train);
    expect(await recommender.scoreAll(Int32Array.of(2, 0))).toEqual(Float32Array.of(1, 3, 1, 0, 1, 3, 1, 0));
    expect(await recommender.scorePairs(Int32Array.of(0, 1, 2), Int32Array.of(3, 1, 2))).toEqual(
      Float32Array.of(0, 3, 1),
    );
    expect(recommender).toMatchObject({ name: 'popularity', users, items, seen: train });
  });

  test('its factors give the same scores', async () => {
    const { size, users: u, items: i, itemBiases } = await popularityRecommender(train).factors!();
    expect([u.length, i.length]).toEqual([3 * size, 4 * size]);
    expect(u.every((value) => value === 0) && i.every((value) => value === 0)).toBe(true);
    expect(itemBiases).toEqual(Float32Array.of(1, 3, 1, 0));
  });

  test('counts rows when told, also once it was saved', async () => {
    const byRows = popularityRecommender(train, { count: 'rows' });
    // c has two rows of z.
    expect(await byRows.scoreAll(Int32Array.of(0))).toEqual(Float32Array.of(1, 3, 2, 0));
    for (const recommender of [byRows, popularityRecommender(train)]) {
      const again = await decodeRecommender(await encodeRecommender(recommender));
      expect(await again.scoreAll(Int32Array.of(0))).toEqual(await recommender.scoreAll(Int32Array.of(0)));
    }
  });

  test('never recommends what nobody has', async () => {
    const picks = await recommend(popularityRecommender(train), 'a', { k: 4, exclude: 'nothing' });
    expect(picks.map(({ item }) => item)).toEqual(['y', 'x', 'z']);
  });

  test('refuses to count what is not counted', () => {
    expect(() => popularityRecommender(train, { count: 'lines' as 'rows' })).toThrow(
      "`count` must be one of 'users', 'rows'",
    );
  });
});
