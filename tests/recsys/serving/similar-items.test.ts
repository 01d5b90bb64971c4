import { createVocabulary, scoreItems, similarItems } from 'minimart';
import { describe, expect, test } from 'vitest';
import { dotRecommender, interactionsOf, tableRecommender } from '../support/hand-made.js';

describe('similarItems', () => {
  const vectors = dotRecommender({
    size: 2,
    users: Float32Array.of(1, 1),
    items: Float32Array.of(3, 4, 4, 3, -3, -4, 0, 0),
  });

  test('goes by the cosine of the vectors and leaves the item itself out', async () => {
    const list = await similarItems(vectors, 'i0', { k: 4 });
    // Nothing is known of the vector 0.
    expect(list.map(({ item }) => item)).toEqual(['i1', 'i2']);
    // (3 * 4 + 4 * 3) / 25, and the opposite direction.
    [24 / 25, -1].forEach((cosine, place) => {
      expect(list[place]!.score).toBeCloseTo(cosine, 6);
    });
  });

  test('goes by common users where there are no vectors, each counted once', async () => {
    const users = createVocabulary(['a', 'b', 'c']);
    const items = createVocabulary(['tea', 'milk', 'cake']);
    const seen = interactionsOf(users, items, [
      [0, 0],
      [0, 1],
      [0, 1],
      [1, 0],
      [1, 1],
      [2, 0],
      [2, 2],
    ]);
    const list = await similarItems(tableRecommender([[0, 0, 0]], { users, items, seen }), 'tea', { k: 2 });
    expect(list.map(({ item }) => item)).toEqual(['milk', 'cake']);
    // tea has users a, b, c; milk a, b; cake c.
    expect(list[0]!.score).toBeCloseTo(2 / Math.sqrt(6), 6);
    expect(list[1]!.score).toBeCloseTo(1 / Math.sqrt(3), 6);
  });

  test('takes filter, candidates and exclusions', async () => {
    const first = async (options: Parameters<typeof similarItems>[2]) =>
      (await similarItems(vectors, 'i0', options))[0]!.item;
    expect(await first({ filter: (item) => item !== 'i1' })).toBe('i2');
    expect(await first({ candidates: ['i2'] })).toBe('i2');
    expect(await first({ exclude: ['i1'] })).toBe('i2');
  });

  test('refuses an item that it does not know', async () => {
    await expect(similarItems(vectors, 'pepper')).rejects.toThrow(
      "similarItems: `item` must be an item that the recommender knows, received 'pepper' (string).",
    );
  });
});

describe('scoreItems', () => {
  const table = tableRecommender([[1, 2, 3]]);

  test('scores in the order given', async () => {
    expect(await scoreItems(table, 'u0', ['i2', 'i0', 'i2'])).toEqual([
      { item: 'i2', score: 3, source: 'model' },
      { item: 'i0', score: 1, source: 'model' },
      { item: 'i2', score: 3, source: 'model' },
    ]);
  });

  test('marks an item that is not known, leaves it out, or refuses it', async () => {
    const known = { item: 'i1', score: 2, source: 'model' };
    expect(await scoreItems(table, 'u0', ['i9', 'i1'])).toEqual([{ item: 'i9', score: 0, source: 'unknown' }, known]);
    expect(await scoreItems(table, 'u0', ['i9', 'i1'], { unknownItems: 'skip' })).toEqual([known]);
    await expect(scoreItems(table, 'u0', ['i9'], { unknownItems: 'throw' })).rejects.toThrow(
      'scoreItems: `items` must hold items',
    );
  });

  test('refuses text in place of a list', async () => {
    await expect(scoreItems(table, 'u0', 'i1' as never)).rejects.toThrow('`items` must be a list of ids');
  });
});
