import { countColumn, idColumn, numberColumn, parseTable } from 'minimart';
import { describe, expect, test } from 'vitest';

const kinds = { user: idColumn(), pieces: countColumn() };

describe('rows that do not fit', () => {
  test('are left out whole, counted, and listed with line, column, value and reason', () => {
    const text = 'user,pieces\nann,1\nbob,many\n\ncat,2\ndan\neve,3,4\nfay,5\n';
    const { columns, length, report } = parseTable(text, kinds);
    expect(length).toBe(3);
    // No id of a row that was left out.
    expect(columns.user.vocabulary.toJSON().ids).toEqual(['ann', 'cat', 'fay']);
    expect(columns.pieces.values).toEqual(Int32Array.of(1, 2, 5));
    expect(report).toEqual({
      rows: 6,
      kept: 3,
      missing: {},
      bad: 3,
      badRows: [
        { line: 3, column: 'pieces', value: 'many', reason: 'is not a whole number that an int32 holds' },
        { line: 6, value: 'dan', reason: 'has 1 cells, not 2' },
        { line: 7, value: 'eve,3,4', reason: 'has 3 cells, not 2' },
      ],
      reasons: {
        "'pieces' is not a whole number that an int32 holds": 1,
        'has 1 cells, not 2': 1,
        'has 3 cells, not 2': 1,
      },
      repeatedHeaders: 0,
      lostCharacters: 0,
    });
  });

  test('are listed up to a number, and counted beyond', () => {
    const text = `user,pieces\n${'ann,x\n'.repeat(500)}`;
    expect(parseTable(text, kinds, { mostLost: 1 }).report).toMatchObject({ bad: 500, badRows: { length: 100 } });
    expect(parseTable(text, kinds, { listedBadRows: 2, mostLost: 1 }).report).toMatchObject({
      bad: 500,
      badRows: { length: 2 },
    });
    const long = parseTable(`user,pieces\nann,${'9'.repeat(500)}\n`, kinds, { mostLost: 1 }).report.badRows[0]!;
    expect(long.value).toBe(`${'9'.repeat(80)}…`);
  });

  test('end the load when asked', () => {
    expect(() => parseTable('user,pieces\nann,1\nbob,many\n', kinds, { badRows: 'throw' })).toThrow(
      "parseTable: `source` must hold rows that fit ('pieces' in line 3 is not a whole number that an int32 holds), " +
        "received 'many' (string).",
    );
    expect(() => parseTable('user,pieces\nann\n', kinds, { badRows: 'throw' })).toThrow('(line 2 has 1 cells, not 2)');
  });

  test.each([
    ['a quote that is never closed', 'ann,1\n"bob,2\ncat,3\ndan,4\n', ['ann', 'cat', 'dan']],
    ['one in the last line', 'ann,1\ncat,2\n"bob,3', ['ann', 'cat']],
    ['one in the first row', '"bob,2\ncat,3\n', ['cat']],
    ['letters behind a quote', 'ann,1\n"5 inch" bob,2\ncat,3\n', ['ann', 'cat']],
    ['the same before other quotes', 'ann,1\n"5 inch" bob,2\n"cat",3\n"dan",4\n', ['ann', 'cat', 'dan']],
  ])('take no others with them: %s', (_, rows, users) => {
    const { columns, report } = parseTable(`user,pieces\n${rows}`, kinds);
    expect(columns.user.vocabulary.toJSON().ids).toEqual(users);
    const line = rows.split('\n').findIndex((row) => row.includes('bob')) + 2;
    expect(report.badRows).toEqual([
      { line, value: rows.split('\n')[line - 2], reason: 'has a quote that does not fit' },
    ]);
  });

  test('many stray quotes in a long text cost no more than their lines', () => {
    const good = Array.from({ length: 20_000 }, (_, row) => `u${row},${row}`);
    const text = good.map((row, index) => (index % 10 === 3 ? `"stray ${row}` : row)).join('\n');
    const { length, report } = parseTable(`user,pieces\n${text}`, kinds);
    expect(length).toBe(18_000);
    expect(report.bad).toBe(2000);
    expect(report.badRows.slice(0, 2).map(({ line }) => line)).toEqual([5, 15]);
  });

  test('a cell may be long, a row of a million characters is a fault', () => {
    const cell = 'x'.repeat(300_000);
    const text = `user,pieces\n"${cell}",1\n"${cell.repeat(4)}\nann,2\n`;
    const { columns, report } = parseTable(text, kinds);
    expect(columns.user.vocabulary.toJSON().ids.map(({ length }) => length)).toEqual([300_000, 3]);
    expect(report.badRows).toEqual([
      { line: 3, value: `"${'x'.repeat(79)}…`, reason: 'does not end within 1048576 characters' },
    ]);
  });
});

describe('missing values', () => {
  const text = 'user,pieces,weight\nann,1,0.5\n,2,0.5\nbob, ,0.5\ncat,3,NA\n';

  test('leave rows out, counted apart from bad rows', () => {
    const { columns, report } = parseTable(
      text,
      { ...kinds, weight: numberColumn() },
      { missingTexts: ['NA'], badRows: 'throw', mostLost: 0.75 },
    );
    expect(columns.user.vocabulary.toJSON().ids).toEqual(['ann']);
    expect(report).toEqual({
      rows: 4,
      kept: 1,
      missing: { user: 1, pieces: 1, weight: 1 },
      bad: 0,
      badRows: [],
      reasons: {},
      repeatedHeaders: 0,
      lostCharacters: 0,
    });
  });

  test('are kept as -1 and NaN, or replaced, when asked', () => {
    const { user, pieces, weight } = parseTable(
      text,
      {
        user: idColumn({ missing: 'keep' }),
        pieces: countColumn({ missing: 0 }),
        weight: numberColumn({ missing: 'keep' }),
      },
      { missingTexts: ['NA'] },
    ).columns;
    expect(user.codes).toEqual(Int32Array.of(0, -1, 1, 2));
    expect(pieces.values).toEqual(Int32Array.of(1, 2, 0, 3));
    expect(weight.values).toEqual(Float64Array.of(0.5, 0.5, 0.5, Number.NaN));
  });

  test('get the id given for them', () => {
    const { codes, vocabulary } = parseTable(text, { user: idColumn({ missing: { default: 'guest' } }) }).columns.user;
    expect(Array.from(codes, (code) => vocabulary.idAt(code))).toEqual(['ann', 'guest', 'bob', 'cat']);
  });
});

describe('parseTable refuses', () => {
  test.each([
    [
      'a column that is not there',
      () => parseTable('CustomerID,Qty\n', { Quantity: countColumn() }),
      "parseTable: `columns` must name columns that are there ('CustomerID', 'Qty'), received 'Quantity' (string).",
    ],
    ['a column that is there twice', () => parseTable('a,a\n', { a: idColumn() }), 'name columns that are there once'],
    ['no columns', () => parseTable('a\n', {}), '`columns` must name at least one column'],
    [
      'what is no column kind',
      // @ts-expect-error A function that was not called.
      () => parseTable('a\n', { a: idColumn }),
      '`columns.a` must be a column kind, such as idColumn() or numberColumn(), received idColumn (function).',
    ],
    [
      'an empty text',
      () => parseTable('', { a: idColumn() }),
      '`source` must have a header line, or be read with `names`',
    ],
    // @ts-expect-error No text.
    ['what is no text', () => parseTable(5, { a: idColumn() }), '`csvText` must be a text'],
    [
      'an empty delimiter',
      () => parseTable('a\n', { a: idColumn() }, { delimiter: '' }),
      '`delimiter` must be a text of one',
    ],
    [
      'a line break as delimiter',
      () => parseTable('a\n', { a: idColumn() }, { delimiter: '\n' }),
      '`delimiter` must be',
    ],
    [
      'two quotes',
      () => parseTable('a\n', { a: idColumn() }, { quote: '""' }),
      '`quote` must be one character or `false`',
    ],
    [
      'a quote as delimiter',
      () => parseTable('a\n', { a: idColumn() }, { delimiter: '"' }),
      '`quote` must not be part of',
    ],
    [
      'an unknown policy',
      // @ts-expect-error No such policy.
      () => parseTable('a\n', { a: idColumn() }, { badRows: 'stop' }),
      "`badRows` must be one of 'skip'",
    ],
    [
      'half a row',
      () => parseTable('a\n', { a: idColumn() }, { listedBadRows: 0.5 }),
      '`listedBadRows` must be a whole number >= 0',
    ],
    // @ts-expect-error No such policy.
    ['an unknown missing policy', () => idColumn({ missing: 'drop' }), "idColumn: `missing` must be 'skip', 'keep' or"],
    [
      'counts that are missing',
      // @ts-expect-error An int32 has no NaN.
      () => countColumn({ missing: 'keep' }),
      "countColumn: `missing` must be 'skip' or a whole number",
    ],
  ])('%s', (_, run, message) => {
    expect(run).toThrow(message);
  });
});
