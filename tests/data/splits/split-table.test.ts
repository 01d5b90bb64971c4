import fc from 'fast-check';
import { countColumn, idColumn, parseTable, splitTable, timeColumn } from 'minimart';
import { expect, test } from 'vitest';

test('splitTable puts every row into one part, whole and in order, and draws the same rows for one seed', () => {
  const size = fc.integer({ min: 2, max: 60 });
  const share = fc.double({ min: 0.01, max: 0.99, noNaN: true });
  fc.assert(
    fc.property(size, share, fc.nat(), (rows, testShare, seed) => {
      const cells = Array.from({ length: rows }, (_, row) => `u${row % 7},${row},${1000 + row}\n`);
      const whole = parseTable(`user,row,at\n${cells.join('')}`, {
        user: idColumn(),
        row: countColumn(),
        at: timeColumn({ format: 'seconds' }),
      });
      const { train, test: tested } = splitTable(whole, { testShare, seed });
      expect(tested.length).toBe(Math.min(rows - 1, Math.max(1, Math.round(rows * testShare))));
      for (const { length, columns } of [train, tested]) {
        const { user, row, at } = columns;
        expect([user.codes.length, row.values.length, at.values.length]).toEqual([length, length, length]);
        expect([...row.values].sort((one, other) => one - other)).toEqual([...row.values]);
        expect(user.vocabulary).toBe(whole.columns.user.vocabulary);
        row.values.forEach((value, place) => {
          expect(user.vocabulary.idAt(user.codes[place]!)).toBe(`u${value % 7}`);
          expect(at.values[place]).toBe(1000 * (1000 + value));
        });
      }
      const both = [...train.columns.row.values, ...tested.columns.row.values];
      expect(both.sort((one, other) => one - other)).toEqual(Array.from({ length: rows }, (_, row) => row));
      expect(splitTable(whole, { testShare, seed })).toEqual({ train, test: tested });
    }),
  );
});

test('splitTable refuses a table of one row', () => {
  const table = parseTable('a\nx\n', { a: idColumn() });
  expect(() => splitTable(table, { testShare: 0.5, seed: 1 })).toThrow('splitTable: `rows` must be 2 or more');
});
