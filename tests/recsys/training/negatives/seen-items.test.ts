import { createInteractions, createVocabulary } from 'minimart';
import { describe, expect, test } from 'vitest';
import { createSeenItems } from '../../../../src/recsys/training/negatives/seen-items.js';

// 2^28 pairs and fewer are kept as bits, more as sorted rows.
describe.each([
  ['bits', 3, 70],
  ['sorted rows', 2 ** 13, 2 ** 15 + 1],
])('what users have, as %s', (_, userCount, itemCount) => {
  const userIndices = [0, 0, 0, 0, 2, 2];
  const itemIndices = [69, 0, 31, 0, 32, 1];
  const seen = createSeenItems(
    createInteractions({
      users: createVocabulary(Array.from({ length: userCount }, (_, index) => index)),
      items: createVocabulary(Array.from({ length: itemCount }, (_, index) => index)),
      userIndices,
      itemIndices,
    }),
  );

  test('is told pair by pair', () => {
    for (let user = 0; user < 3; user += 1) {
      for (let item = 0; item < 70; item += 1) {
        const expected = userIndices.some((each, row) => each === user && itemIndices[row] === item);
        expect(seen.has(user, item), `${user}, ${item}`).toBe(expected);
      }
    }
  });

  test('counts an item of two rows once', () => {
    expect([0, 1, 2].map(seen.count)).toEqual([3, 0, 2]);
  });
});
