import fc from 'fast-check';
import { createVocabulary, type ItemItemOptions, itemItem } from 'minimart';
import { describe, expect, test } from 'vitest';
import { interactionsOf } from '../support/hand-made.js';

const names = (count: number) => createVocabulary(Array.from({ length: count }, (_, index) => index));

/** From the formulas, by sets, with no thought of speed. */
function reference(
  rows: readonly (readonly [number, number])[],
  userCount: number,
  itemCount: number,
  options: ItemItemOptions,
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

describe('itemItem', () => {
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
    const recommender = await itemItem(train);
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
          const recommender = await itemItem(interactionsOf(names(6), names(7), rows), chosen as ItemItemOptions);
          const expected = reference(rows, 6, 7, chosen as ItemItemOptions);
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
    await expect(itemItem(train, options as ItemItemOptions)).rejects.toThrow(`itemItem: \`${name}\` must`);
  });

  test('refuses a train without rows, and stops with the reason it is given', async () => {
    await expect(itemItem(interactionsOf(names(1), names(1), []))).rejects.toThrow(
      '`train` must have at least one row',
    );
    const reason = new Error('enough');
    const train = interactionsOf(names(1), names(1), [[0, 0]]);
    await expect(itemItem(train, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  });
});
