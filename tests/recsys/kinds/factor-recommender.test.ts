import fc from 'fast-check';
import { createRng, createVocabulary, factorRecommender } from 'minimart';
import { describe, expect, test } from 'vitest';

const names = (count: number) => createVocabulary(Array.from({ length: count }, (_, index) => index));

describe('factorRecommender', () => {
  test('scores by dot products and biases, in rows and in pairs, for any sizes', async () => {
    const sizes = fc.record({
      users: fc.integer({ min: 1, max: 9 }),
      items: fc.integer({ min: 1, max: 11 }),
      size: fc.integer({ min: 1, max: 9 }),
      biased: fc.boolean(),
      seed: fc.nat(),
    });
    await fc.assert(
      fc.asyncProperty(sizes, async ({ users, items, size, biased, seed }) => {
        const rng = createRng(seed);
        const normal = (length: number) => rng.fillNormal(new Float32Array(length));
        const [u, i, itemBiases] = [normal(users * size), normal(items * size), normal(items)];
        const factors = { size, users: u, items: i, ...(biased && { itemBiases }) };
        const recommender = factorRecommender({ users: names(users), items: names(items), factors });
        const asked = Int32Array.from({ length: users + 1 }, (_, at) => users - 1 - (at % users));
        const pairs = Array.from(asked).flatMap((user) =>
          Array.from({ length: items }, (_, item) => [user, item] as const),
        );
        const expected = pairs.map(([user, item]) => {
          let sum = biased ? itemBiases[item]! : 0;
          for (let d = 0; d < size; d += 1) sum += u[user * size + d]! * i[item * size + d]!;
          return sum;
        });
        const rows = await recommender.scoreAll(asked);
        const list = await recommender.scorePairs(
          Int32Array.from(pairs, ([user]) => user),
          Int32Array.from(pairs, ([, item]) => item),
        );
        expect([rows.length, list.length]).toEqual([expected.length, expected.length]);
        for (const [at, value] of expected.entries()) {
          expect(rows[at]).toBeCloseTo(value, 5);
        }
        expect(list).toEqual(rows);
        expect(await recommender.factors!()).toBe(factors);
      }),
    );
  });

  test.each([
    ['size', { size: 0 }, '`factors.size` must be a positive integer'],
    ['users', { users: new Float32Array(3) }, '`factors.users` must be a Float32Array of 2 numbers'],
    ['items', { items: new Float32Array(2) }, '`factors.items` must be a Float32Array of 4 numbers'],
    ['itemBiases', { itemBiases: new Float32Array(1) }, '`factors.itemBiases` must be a Float32Array of 2 numbers'],
  ])('refuses %s of another length', (_, changes, message) => {
    const factors = { size: 2, users: new Float32Array(2), items: new Float32Array(4), ...changes };
    expect(() => factorRecommender({ users: names(1), items: names(2), factors })).toThrow(message);
  });
});
