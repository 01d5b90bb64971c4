import fc from 'fast-check';
import {
  createInteractions,
  createVocabulary,
  growVocabulary,
  type ItemItemRecommenderOptions,
  itemItemRecommender,
  type Recommender,
} from 'minimart';
import { describe, expect, test } from 'vitest';
import { interactionsOf } from '../support/hand-made.js';

const names = (count: number) => createVocabulary(Array.from({ length: count }, (_, index) => index));

/** From the formulas, by sets, with no thought of speed. */
function reference(
  rows: readonly (readonly [number, number])[],
  userCount: number,
  itemCount: number,
  options: ItemItemRecommenderOptions,
) {
  const { similarity = 'cosine', neighbours = 200, shrinkage = 0 } = options;
  const all = Array.from({ length: itemCount }, (_, item) => item);
  const owners = all.map((item) => new Set(rows.filter(([, each]) => each === item).map(([user]) => user)));
  const likeness = (i: number, j: number) => {
    const both = [...owners[i]!].filter((user) => owners[j]!.has(user)).length;
    if (both === 0) return 0;
    const [n, m] = [owners[i]!.size, owners[j]!.size];
    const plain = { cosine: both / Math.sqrt(n * m), jaccard: both / (n + m - both), conditional: both / m }[
      similarity
    ];
    return (plain * both) / (both + shrinkage);
  };
  const near = all.map((j) =>
    all
      .filter((i) => i !== j && likeness(i, j) > 0)
      .sort((a, b) => likeness(b, j) - likeness(a, j) || a - b)
      .slice(0, neighbours),
  );
  return Array.from({ length: userCount }, (_, user) =>
    all.map((i) =>
      all.reduce((sum, j) => sum + (owners[j]!.has(user) && near[j]!.includes(i) ? likeness(i, j) : 0), 0),
    ),
  );
}

/** The arrays of neighbours that a recommender writes down. */
async function neighboursOf(recommender: Recommender) {
  const { tensors = {} } = await recommender.state!();
  return Object.fromEntries(Object.entries(tensors).map(([name, { values }]) => [name, values]));
}

describe('itemItemRecommender', () => {
  test('scores by hand: tea goes with milk', async () => {
    // tea: ann, bob; milk: ann, bob, cid; soap: cid. cosine(tea, milk) = 2 / sqrt(6), cosine(milk, soap) = 1 / sqrt(3).
    const train = interactionsOf(names(4), names(3), [
      [0, 0],
      [0, 1],
      [1, 0],
      [1, 1],
      [2, 1],
      [2, 2],
      [3, 0],
    ]);
    const recommender = await itemItemRecommender(train);
    const scores = await recommender.scoreAll(Int32Array.of(3));
    // With user 3, tea has three users: cosine(tea, milk) = 2 / sqrt(9).
    expect(Array.from(scores)).toEqual([0, Math.fround(2 / 3), 0]);
    expect(recommender).toMatchObject({ name: 'itemItem', seen: train });
  });

  test('agrees with the formulas for any data and options, in rows and in pairs of any order', async () => {
    const pair = fc.tuple(fc.nat(5), fc.nat(6));
    const options = fc.record({
      similarity: fc.constantFrom('cosine', 'jaccard', 'conditional'),
      neighbours: fc.integer({ min: 1, max: 9 }),
      shrinkage: fc.constantFrom(0, 2.5),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(pair, { minLength: 1, maxLength: 40 }),
        options,
        fc.array(pair, { maxLength: 20 }),
        async (rows, chosen, asked) => {
          const recommender = await itemItemRecommender(
            interactionsOf(names(6), names(7), rows),
            chosen as ItemItemRecommenderOptions,
          );
          const expected = reference(rows, 6, 7, chosen as ItemItemRecommenderOptions);
          const scores = await recommender.scoreAll(Int32Array.of(0, 1, 2, 3, 4, 5));
          for (const [at, value] of expected.flat().entries()) expect(scores[at]).toBeCloseTo(value, 5);
          const pairs = await recommender.scorePairs(
            Int32Array.from(asked, ([user]) => user),
            Int32Array.from(asked, ([, item]) => item),
          );
          for (const [at, [user, item]] of asked.entries()) expect(pairs[at]).toBe(scores[7 * user + item]);
        },
      ),
    );
  });

  test.each([
    ['similarity', { similarity: 'euclid' }],
    ['neighbours', { neighbours: 0 }],
    ['shrinkage', { shrinkage: -1 }],
  ])('refuses a wrong `%s`', async (name, options) => {
    const train = interactionsOf(names(1), names(1), [[0, 0]]);
    await expect(itemItemRecommender(train, options as ItemItemRecommenderOptions)).rejects.toThrow(
      `itemItemRecommender: \`${name}\` must`,
    );
  });

  test('refuses a train without rows, and stops with the reason it is given', async () => {
    await expect(itemItemRecommender(interactionsOf(names(1), names(1), []))).rejects.toThrow(
      '`train` must have at least one row',
    );
    const reason = new Error('enough');
    const train = interactionsOf(names(1), names(1), [[0, 0]]);
    await expect(itemItemRecommender(train, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  });
});

describe('a customer with very many items', () => {
  // Users 0 to 4 have a few items each, user 5 items 0 to 59 in that order, twice over.
  const few = [
    [0, 1],
    [1, 2],
    [50, 51],
    [51, 52],
    [58, 59],
  ];
  const every = Array.from({ length: 60 }, (_, item) => item);
  const shopOf = (lists: readonly (readonly number[])[]) =>
    createInteractions({
      users: createVocabulary(lists.map((_, user) => `u${user}`)),
      items: createVocabulary(every.map((item) => `i${item}`)),
      userIndices: lists.flatMap((list, user) => list.map(() => user)),
      itemIndices: lists.flat(),
    });
  const shop = shopOf([...few, [...every, ...every]]);

  test('counts with the latest items alone, as if there were no others', async () => {
    const capped = await itemItemRecommender(shop, { itemsPerUser: 10 });
    const cut = await itemItemRecommender(shopOf([...few, every.slice(-10)]));
    expect(await neighboursOf(capped)).toEqual(await neighboursOf(cut));
    const whole = await itemItemRecommender(shop, { itemsPerUser: Number.POSITIVE_INFINITY });
    expect((await neighboursOf(whole)).items!.length).toBe(60 * 59);
    expect(await neighboursOf(await itemItemRecommender(shop))).toEqual(await neighboursOf(whole));
  });

  test('is scored by everything that they have', async () => {
    const capped = await itemItemRecommender(shop, { itemsPerUser: 10 });
    // Item 0 goes with item 1 by user 0 alone, so each brings the other along; user 5 has both.
    const scores = await capped.scorePairs(Int32Array.of(5, 5), Int32Array.of(0, 49));
    expect(scores[0]).toBeGreaterThan(0);
    expect(scores[1]).toBe(0);
  });

  test('has as many neighbours as asked for, the same by long lists as by short', async () => {
    // Lists beyond 512 are sorted, shorter ones kept in order: both must name the most similar, of equal ones the first.
    const wide = 600;
    const lists = [Array.from({ length: wide }, (_, item) => item), [3, 5, 599], [3, 598]];
    const large = createInteractions({
      users: createVocabulary(['a', 'b', 'c']),
      items: createVocabulary(Array.from({ length: wide }, (_, item) => `${item}`)),
      userIndices: lists.flatMap((list, user) => list.map(() => user)),
      itemIndices: lists.flat(),
    });
    const [long, short] = await Promise.all([
      itemItemRecommender(large, { neighbours: 550 }).then(neighboursOf),
      itemItemRecommender(large, { neighbours: 500 }).then(neighboursOf),
    ]);
    for (const item of [0, 3, 5, 599]) {
      const of = ({ offsets, items }: typeof long, count: number) => {
        const start = offsets![item]!;
        return [...items!.slice(start, start + count)];
      };
      expect(of(long, 500)).toEqual(of(short, 500));
    }
  });

  test('is refused as a number of items that is none', async () => {
    await expect(itemItemRecommender(shop, { itemsPerUser: 0 })).rejects.toThrow(
      'itemItemRecommender: `itemsPerUser` must be a positive integer',
    );
  });
});

test('rows of unknown items make nothing similar, wherever the index for them stands', async () => {
  // Indices: a 0, unknown 1, b 2, c 3.
  const items = growVocabulary(createVocabulary(['a'], { hasUnknown: true }), ['b', 'c']);
  const users = createVocabulary(['u', 'v']);
  const rows = { users, items, userIndices: [0, 0, 0, 1, 1], itemIndices: [0, 1, 2, 1, 3] };
  const { offsets, items: neighbours } = await neighboursOf(await itemItemRecommender(createInteractions(rows)));
  // a and b have one user together; c and the unknown one stand with nothing.
  expect([...offsets!]).toEqual([0, 1, 1, 2, 2]);
  expect([...neighbours!]).toEqual([2, 0]);
});
