import {
  countColumn,
  createVocabulary,
  idColumn,
  moneyColumn,
  numberByKey,
  numberColumn,
  parseTable,
  splitTable,
  streamTable,
  timeColumn,
  toInteractions,
} from 'minimart';
import { describe, expect, test } from 'vitest';
import { readCells as read } from './read-cells.js';

const kinds = { user: idColumn(), pieces: countColumn() };
const rowsOf = (text: string, options = {}) => {
  const { columns, report } = parseTable(text, kinds, options);
  const users = Array.from(columns.user.codes, (code) => columns.user.vocabulary.idAt(code));
  return { rows: users.map((user, row) => `${user} ${columns.pieces.values[row]}`), report };
};

describe('exports of every day', () => {
  test.each([
    ['line ends of old Macs', 'user,pieces\rann,1\rbob,2\r'],
    ['one kind of line end after the other', 'user,pieces\r\nann,1\rbob,2\n'],
    ['line ends written twice', 'user,pieces\r\r\nann,1\r\r\nbob,2\r\r\n'],
    ['a delimiter behind the header alone', 'user,pieces,\nann,1\nbob,2\n'],
    ['rows without the cells at their end', 'user,pieces,note,more\nann,1\nbob,2,x\n'],
    ['a first line that names the delimiter', 'sep=;\r\nuser;pieces\r\nann;1\r\nbob;2\r\n'],
    ['the same behind a byte order mark', '\ufeffsep=\t\nuser\tpieces\nann\t1\nbob\t2\n'],
    ['the same with a delimiter of no use', 'SEP=,\nuser,pieces\nann,1\nbob,2\n'],
    ['a header in quotes, with blanks', '"user" , "pieces"\nann,1\n"bob", "2"\n'],
    ['the header once more', 'user,pieces\nann,1\nuser,pieces\nbob,2\n'],
    ['the same with its byte order mark', '\ufeffuser,pieces\nann,1\n\ufeffuser,pieces\nbob,2\n'],
    ['a byte order mark where files were joined', '\ufeffuser,pieces\nann,1\n\ufeff"bob",2\n'],
    ['names that are not asked for twice', 'user,x,x,pieces\nann,,,1\nbob,,,2\n'],
    ['blank cells behind the last one', 'user,pieces\nann,1, ,\nbob,2,\n'],
  ])('%s', (_, text) => {
    const { rows, report } = rowsOf(text);
    expect(rows).toEqual(['ann 1', 'bob 2']);
    expect(report).toMatchObject({ rows: 2, kept: 2, bad: 0, missing: {} });
  });

  test('a repeated header is counted', () => {
    expect(rowsOf('user,pieces\nann,1\nuser,pieces\nuser,pieces\n').report.repeatedHeaders).toBe(2);
    expect(rowsOf('user,pieces\nann,1\n', { names: ['user', 'pieces'] }).report.repeatedHeaders).toBe(1);
  });

  test('a delimiter that the text does not name is refused', () => {
    expect(() => rowsOf('sep=;\nuser;pieces\n', { delimiter: ',' })).toThrow(
      "parseTable: `delimiter` must be the one that the text itself names in its first line, ';', received ','",
    );
    expect(rowsOf('sep=;\nuser;pieces\nann;1\n', { delimiter: ';' }).rows).toEqual(['ann 1']);
  });

  test('lines are counted as an editor counts them', () => {
    const { report } = rowsOf('sep=,\r\n\r\nuser,pieces\r\n"a\r\nb",1\r\n\rann,x\rbob,2\nann,y\n');
    // 1 sep, 2 empty, 3 header, 4 and 5 one row, 6 empty, 7 x, 8 good, 9 y
    expect(report.badRows.map(({ line }) => line)).toEqual([7, 9]);
  });

  test('a row without a cell that is asked for does not fit', () => {
    const { report } = rowsOf('user,note,pieces\nann,x\nbob,y,2\n');
    expect(report.badRows).toEqual([{ line: 2, value: 'ann,x', reason: 'has 2 cells, not 3' }]);
  });

  test('rows cut at the wrong delimiter do not pass for short ones', () => {
    const options = { names: ['user', 'pieces', 'note'], mostLost: 1 };
    const { length, report } = parseTable('ann;1;x\nbob;2;y\n', { user: idColumn() }, options);
    expect(length).toBe(0);
    expect(report.reasons).toEqual({ "has 1 cells, not 3 (is `delimiter` ';'?)": 2 });
    expect(() => parseTable('user;pieces\nann;1\n', kinds)).toThrow(
      "parseTable: `columns` must name columns that are there ('user;pieces') (is `delimiter` ';'?), received 'user'",
    );
  });

  test('a NUL, and a header that is no row, are faults', () => {
    expect(rowsOf('user,pieces\nann,1\nb\0b,2\n\0\0\0', { mostLost: 0.7 }).report.reasons).toEqual({
      'holds a NUL character': 2,
    });
    expect(() => rowsOf('"user,pieces\nann,1\n')).toThrow(
      'parseTable: `source` must begin with a header line (line 1 has a quote that does not fit)',
    );
  });

  test("Excel's German CSV", () => {
    const text = '\ufeffDatum;Artikel;Menge;Preis\r\n31.12.2025 14:05;"Tee; grün";2;1.234,56 €\r\n;;;\r\n';
    const { columns, report } = parseTable(
      text,
      {
        Datum: timeColumn({ format: 'D.M.YYYY H:MM', zone: 'Europe/Berlin' }),
        Artikel: idColumn(),
        Preis: moneyColumn({ decimal: ',', thousands: '.' }),
      },
      { delimiter: ';' },
    );
    // Berlin is an hour ahead of UTC in winter.
    expect(columns.Datum.values).toEqual(Float64Array.of(Date.UTC(2025, 11, 31, 13, 5)));
    expect(columns.Artikel.vocabulary.toJSON().ids).toEqual(['Tee; grün']);
    expect(columns.Preis.values).toEqual(Float64Array.of(1234.56));
    expect(report).toMatchObject({ rows: 2, kept: 1, missing: { Datum: 1 } });
  });
});

describe('rows that are left out say nothing about a column', () => {
  test('nor about its currency', () => {
    const text = 'user,price,pieces\nann,€1,x\n,€2,1\nbob,£3,1\ncat,£4,1\ndan,€5,1\n';
    const kinds = { price: moneyColumn(), user: idColumn(), pieces: countColumn() };
    const { columns, report } = parseTable(text, kinds, { mostLost: 0.6 });
    expect(columns.price.values).toEqual(Float64Array.of(3, 4));
    expect(report.reasons).toEqual({
      "'pieces' is not a whole number that an int32 holds": 1,
      "'price' is in another currency than the first amount, £": 1,
    });
  });

  test('nor about its ids', () => {
    const normalize = (text: string) => text.toUpperCase();
    const { columns } = parseTable('user,pieces\nann,x\nbob,1\n', {
      user: idColumn({ normalize }),
      pieces: countColumn(),
    });
    expect(columns.user.vocabulary.toJSON().ids).toEqual(['BOB']);
  });
});

test('an id that is nothing once it is normalized does not fit, and one that is no text is refused', () => {
  const digits = idColumn({ normalize: (text) => text.replace(/\D/g, '') });
  expect(parseTable('a\n7b\nguest\n', { a: digits }).report.badRows).toEqual([
    { line: 3, column: 'a', value: 'guest', reason: 'leaves no id after `normalize`' },
  ]);
  // @ts-expect-error No text.
  expect(() => parseTable('a\nx\n', { a: idColumn({ normalize: () => undefined }) })).toThrow(
    'idColumn: `normalize` must return a text, received undefined',
  );
});

test('bookkeepers write minus in their own ways', () => {
  expect(read(numberColumn(), '(12.50)', '12.50-', '\u22123', '( 4 )', '5 -', '(-5)', '-5-', '()', '-').values).toEqual(
    [-12.5, -12.5, -3, -4, -5],
  );
  const euros = moneyColumn({ decimal: ',', thousands: ' ' });
  expect(read(euros, '(12,50 €)', '12,50- €', '12,50 €-', '\u221212,50 €', '1\u2009234,00\u00a0€').values).toEqual([
    -12.5, -12.5, -12.5, -12.5, 1234,
  ]);
});

describe('a table that lost all its rows says why where it is used', () => {
  const text = 'day,user,item,pieces\n31.12.2025,ann,tea,1\n1.1.2026,bob,mug,2\n';
  const anyLoss = { badRows: 'skip', mostLost: 1 } as const;
  const orders = () =>
    parseTable(text, { day: timeColumn(), user: idColumn(), item: idColumn(), pieces: countColumn() }, anyLoss);
  const why =
    "all 2 were left out when it was read: 2 because 'day' is not a time in the format 'iso' (line 2: '31.12.2025')";

  test.each([
    ['toInteractions', () => toInteractions(orders(), { user: 'user', item: 'item', time: 'day' })],
    ['splitTable', () => splitTable(orders(), { testShare: 0.5, seed: 1 })],
    [
      'numberByKey',
      () => {
        const vocabulary = createVocabulary(['tea']);
        return numberByKey(orders(), { key: 'item', value: 'pieces', vocabulary, reduce: 'sum', otherwise: 0 });
      },
    ],
  ])('%s', (name, run) => {
    expect(run).toThrow(new RegExp(`^${name}: \`table\` must`));
    expect(run).toThrow(why);
  });

  test('also when the values are missing, and of a stream', async () => {
    const empty = parseTable('user,item\nann,\nbob,\n', { user: idColumn(), item: idColumn() }, { mostLost: 1 });
    expect(() => toInteractions(empty, { user: 'user', item: 'item' })).toThrow("2 have no value in 'item'");
    const stream = streamTable(text, { day: timeColumn(), user: idColumn(), item: idColumn() }, anyLoss);
    await expect(toInteractions(stream, { user: 'user', item: 'item' })).rejects.toThrow(why);
  });
});
