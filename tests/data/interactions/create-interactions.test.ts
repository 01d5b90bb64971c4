import fc from 'fast-check';
import { createInteractions, createVocabulary, type Interactions } from 'minimart';
import { describe, expect, test } from 'vitest';

const users = createVocabulary(['u0', 'u1', 'u2', 'u3']);
const items = createVocabulary(['i0', 'i1', 'i2']);

interface Row {
  readonly user: number;
  readonly item: number;
  readonly weight: number;
  readonly time: number;
}

const rowsOf = ({ length, userIndices, itemIndices, weights, times }: Interactions): Row[] =>
  Array.from({ length }, (_, row) => ({
    user: userIndices[row]!,
    item: itemIndices[row]!,
    weight: weights[row]!,
    time: times![row]!,
  }));

const fromRows = (rows: readonly Row[], duplicates?: 'keep' | 'first' | 'last' | 'sum') =>
  createInteractions({
    users,
    items,
    userIndices: rows.map(({ user }) => user),
    itemIndices: rows.map(({ item }) => item),
    weights: rows.map(({ weight }) => weight),
    times: rows.map(({ time }) => time),
    ...(duplicates && { duplicates }),
  });

// Whole weights, so that sums are exact in any order; few times, so that many tie.
const anyRows = fc.array(
  fc.record({
    user: fc.nat({ max: 3 }),
    item: fc.nat({ max: 2 }),
    weight: fc.integer({ min: 1, max: 9 }),
    time: fc.nat({ max: 4 }),
  }),
  { maxLength: 40 },
);

const sorted = (rows: readonly Row[]) => [...rows].sort((one, other) => one.user - other.user || one.time - other.time);
const samePair = (one: Row) => (other: Row) => one.user === other.user && one.item === other.item;

const expectedRows: Record<'keep' | 'first' | 'last' | 'sum', (rows: readonly Row[]) => Row[]> = {
  keep: (rows) => [...rows],
  first: (rows) => rows.filter((row, place) => rows.findIndex(samePair(row)) === place),
  last: (rows) => rows.filter((row, place) => rows.findLastIndex(samePair(row)) === place),
  sum: (rows) =>
    expectedRows.first(rows).map((row) => ({
      ...row,
      weight: rows.filter(samePair(row)).reduce((sum, { weight }) => sum + weight, 0),
    })),
};

describe('createInteractions', () => {
  test('groups rows by user, oldest first, and keeps the order of ties', () => {
    const { offsets, userIndices, itemIndices, times, weights } = createInteractions({
      users,
      items,
      userIndices: [2, 0, 2, 2, 0],
      itemIndices: [0, 1, 1, 2, 0],
      times: [5, 9, 5, 1, 9],
    });
    expect([...offsets]).toEqual([0, 2, 2, 5, 5]);
    expect([...userIndices]).toEqual([0, 0, 2, 2, 2]);
    expect([...itemIndices]).toEqual([1, 0, 2, 0, 1]);
    expect([...times!]).toEqual([9, 9, 1, 5, 5]);
    expect([...weights]).toEqual([1, 1, 1, 1, 1]);
  });

  test.each(['keep', 'first', 'last', 'sum'] as const)('does with duplicates as %j says', (duplicates) => {
    fc.assert(
      fc.property(anyRows, (rows) => {
        const made = fromRows(rows, duplicates);
        expect(rowsOf(made)).toEqual(expectedRows[duplicates](sorted(rows)));
        const ends = [0, 1, 2, 3].map((user) => rowsOf(made).filter((row) => row.user <= user).length);
        expect([...made.offsets]).toEqual([0, ...ends]);
      }),
    );
  });

  test('keeps all rows unless told otherwise, and has no times where none were given', () => {
    const made = createInteractions({ users, items, userIndices: [1, 1], itemIndices: [2, 2] });
    expect(made.length).toBe(2);
    expect(made).not.toHaveProperty('times');
  });

  test('copies what it is given', () => {
    const itemIndices = Int32Array.of(1);
    const made = createInteractions({ users, items, userIndices: [1], itemIndices });
    itemIndices[0] = 2;
    expect([...made.itemIndices]).toEqual([1]);
  });

  test.each([
    [{ userIndices: [0, 4] }, '`userIndices` must hold indices from 0 to 3 (first offender at position 1), received 4'],
    [{ userIndices: [0, -1] }, '`userIndices` must hold indices from 0 to 3'],
    [{ itemIndices: [0.5, 1] }, '`itemIndices` must hold indices from 0 to 2 (first offender at position 0)'],
    [{ itemIndices: [0] }, '`itemIndices.length` must be 2, as userIndices.length, received 1'],
    [{ weights: [1, 0] }, '`weights` must hold finite numbers above 0 (first offender at position 1), received 0'],
    [{ weights: [1, Number.NaN] }, '`weights` must hold finite numbers above 0'],
    [{ weights: [1] }, '`weights.length` must be 2'],
    [{ times: [1, Number.NaN] }, '`times` must hold finite numbers (first offender at position 1), received NaN'],
    [
      { duplicates: 'all' as 'keep' | 'first' | 'last' | 'sum' },
      "`duplicates` must be one of 'keep', 'first', 'last', 'sum'",
    ],
  ])('refuses %j', (change, message) => {
    const rows = { users, items, userIndices: [0, 1], itemIndices: [0, 1] };
    expect(() => createInteractions({ ...rows, ...change })).toThrow(`createInteractions: ${message}`);
  });
});
