import { createInteractions, createVocabulary, type Interactions, repeatShare } from 'minimart';
import { expect, test } from 'vitest';

type Row = readonly [user: number, item: number, key: number];

function rowsOf(rows: readonly Row[], key: 'orders' | 'times' | 'none'): Interactions {
  return createInteractions({
    users: createVocabulary(['ann', 'bob']),
    items: createVocabulary(['tea', 'mug', 'jam'], { hasUnknown: true }),
    userIndices: rows.map(([user]) => user),
    itemIndices: rows.map(([, item]) => item),
    ...(key !== 'none' && { [key]: rows.map(([, , value]) => value) }),
  });
}

// ann: tea, mug, tea; then tea, tea, jam; then mug. bob: tea.
const rows: Row[] = [
  [0, 0, 1],
  [0, 1, 1],
  [0, 0, 1],
  [0, 0, 2],
  [0, 0, 2],
  [0, 2, 2],
  [0, 1, 3],
  [1, 0, 4],
];

test.each(['orders', 'times'] as const)('counts each item once an order, by %s', (key) => {
  // After the first order: tea again, jam new, mug again.
  expect(repeatShare(rowsOf(rows, key))).toBe(2 / 3);
});

test('takes rows for orders where nothing else is known, and a row of no order for one of its own', () => {
  // After the first row: mug new; tea, tea, tea again; jam new; mug again.
  expect(repeatShare(rowsOf(rows, 'none'))).toBe(4 / 6);
  const alone = rows.map(([user, item]) => [user, item, -1] as const);
  expect(repeatShare(rowsOf(alone, 'orders'))).toBe(4 / 6);
});

test('nobody with a second order has 0, and unknown items do not count', () => {
  expect(repeatShare(rowsOf([[1, 0, 1]], 'orders'))).toBe(0);
  expect(repeatShare(rowsOf([], 'orders'))).toBe(0);
  // Index 3 stands for items that are not known.
  expect(
    repeatShare(
      rowsOf(
        [
          [0, 3, 1],
          [0, 3, 2],
          [0, 0, 2],
        ],
        'orders',
      ),
    ),
  ).toBe(0);
  expect(() => repeatShare([] as never)).toThrow('repeatShare: `interactions` must');
});
