import {
  countColumn,
  createVocabulary,
  type InteractionOptions,
  idColumn,
  parseTable,
  streamTable,
  toInteractions,
} from 'minimart';
import { describe, expect, test } from 'vitest';
import { drops, header, kinds, names, shown, tableOf } from './orders.js';

describe('toInteractions', () => {
  test('groups rows by user and time, and numbers those that have rows', () => {
    const made = toInteractions(tableOf('1,eve,,1,5', '2,bob,tea,2,9', '3,ann,mug,3,8', '4,bob,pot,1,7'), names);
    expect(shown(made)).toEqual(['bob pot 1', 'bob tea 2', 'ann mug 3']);
    expect(made.times).toEqual(Float64Array.of(7000, 9000, 8000));
    expect([made.users.toJSON().ids, made.items.toJSON().ids]).toEqual([
      ['bob', 'ann'],
      ['tea', 'mug', 'pot'],
    ]);
  });

  test('needs no weights and times', () => {
    const made = toInteractions(tableOf('1,bob,tea,5,9', '2,bob,mug,,'), { user: 'user', item: 'item' });
    expect(shown(made)).toEqual(['bob tea 1', 'bob mug 1']);
    expect(made.times).toBeUndefined();
  });

  test('counts what it leaves out by reason', () => {
    const table = tableOf(
      '1,,tea,1,1',
      '1,ann,,1,1',
      '1,ann,tea,,1',
      '1,ann,tea,0,1',
      '1,ann,tea,1,',
      '1,ann,tea,-2,1',
      '1,ann,tea,1,1',
      'C2,ann,tea,5,1',
      '3,ann,tea,4,1',
      '9,bob,tea,1,1',
    );
    const made = toInteractions(table, {
      ...names,
      order: 'order',
      cancellationPrefix: 'C',
      duplicates: 'sum',
      mostLost: 0.75,
      keep: (row, { order }) => order.vocabulary.idAt(order.codes[row]!) !== '9',
    });
    expect(shown(made)).toEqual(['ann tea 5']);
    expect(drops(made)).toEqual({
      withoutUser: 1,
      withoutItem: 1,
      withoutWeight: 2,
      withoutTime: 1,
      return: 1,
      cancellation: 1,
      duplicate: 1,
      notKept: 1,
    });
    expect(made.report).toMatchObject({ rows: 10, kept: 1, unmatchedReturns: 0, table: { rows: 10, kept: 10 } });
  });

  test('takes cancellations from a function as well', () => {
    const made = toInteractions(tableOf('1,ann,tea,1,1', '2,ann,mug,9,1'), {
      ...names,
      cancelled: (row, { pieces }) => pieces.values[row] === 9,
    });
    expect(shown(made)).toEqual(['ann tea 1']);
    expect(drops(made)).toEqual({ cancellation: 1 });
  });

  test('numbers by vocabularies that are given, and drops what they lack', () => {
    const users = createVocabulary(['dan', 'ann']);
    const items = createVocabulary(['tea'], { hasUnknown: true });
    const table = tableOf('1,ann,tea,1,1', '1,bob,tea,1,1', '1,ann,mug,1,1');
    const made = toInteractions(table, { ...names, users, items });
    expect([made.users, made.items]).toEqual([users, items]);
    expect([...made.userIndices]).toEqual([1, 1]);
    expect([...made.itemIndices]).toEqual([0, 1]);
    expect(drops(made)).toEqual({ unknownUser: 1 });
    expect(drops(toInteractions(table, { ...names, items: createVocabulary(['tea']) }))).toEqual({ unknownItem: 1 });
  });

  test('takes the tables of a stream', async () => {
    const rows = Array.from(
      { length: 5000 },
      (_, row) => `${row},u${(row * 7) % 40},i${(row * 11) % 60},1,${row % 97}`,
    );
    const text = header + rows.join('\n');
    const stream = streamTable(new Blob([text]), kinds, { chunkRows: 500 });
    const made = await toInteractions(stream, { ...names, duplicates: 'sum' });
    const { report, ...whole } = toInteractions(parseTable(text, kinds), { ...names, duplicates: 'sum' });
    expect(made.report).toEqual(report);
    expect(JSON.stringify(made)).toBe(JSON.stringify({ ...whole, report }));
  });
});

describe('toInteractions refuses', () => {
  const table = parseTable('user,item,pieces\nann,tea,1\n', {
    user: idColumn(),
    item: idColumn(),
    pieces: countColumn(),
  });
  type Options = InteractionOptions<typeof table.columns>;
  const refused = (change: object) => () => toInteractions(table, { user: 'user', item: 'item', ...change } as Options);

  test.each([
    [
      { item: 'product' },
      "toInteractions: `item` must name a column of the table ('user', 'item', 'pieces'), received 'product'",
    ],
    [{ user: undefined }, '`user` must name a column of the table'],
    [
      { user: 'pieces' },
      "`user` must name a column read with idColumn() or categoryColumn(), received 'pieces, read with countColumn()'",
    ],
    [{ time: 'user' }, '`time` must name a column read with timeColumn()'],
    [{ weight: 'user' }, '`weight` must name a column read with countColumn(), numberColumn() or moneyColumn()'],
    [{ returns: 'ignore' }, "`returns` must be one of 'drop', 'subtract', received 'ignore'"],
    [{ duplicates: 'none' }, "`duplicates` must be one of 'keep'"],
    [{ order: 'user', cancellationPrefix: '' }, '`cancellationPrefix` must be a text that is not empty'],
    [{ cancellationPrefix: 'C' }, '`order` must name a column'],
    [{ order: 'user', cancellationPrefix: 'C', cancelled: () => false }, '`cancelled` must be given alone'],
    [{ keep: () => false }, "`table` must leave at least one row, received 'notKept: 1' (string)."],
  ])('%j', (change, message) => {
    expect(refused(change)).toThrow(message);
  });

  test('a table without rows, and a stream without tables', async () => {
    const empty = parseTable('user,item\n', { user: idColumn(), item: idColumn() });
    expect(() => toInteractions(empty, { user: 'user', item: 'item' })).toThrow("received 'a table without rows'");
    const stream = (async function* () {})();
    await expect(toInteractions(stream, { user: 'user', item: 'item' })).rejects.toThrow('hold at least one table');
  });
});
