import fc from 'fast-check';
import {
  categoryColumn,
  countColumn,
  createVocabulary,
  idColumn,
  moneyColumn,
  numberColumn,
  parseTable,
  type TableOptions,
  timeColumn,
  wholeNumberId,
} from 'minimart';
import { describe, expect, expectTypeOf, test } from 'vitest';

const orders = `InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID
536365,85123A,"HOLDER, WHITE ""HEART""",6,2010-12-01 08:26:00,2.55,17850.0
C536379,D,Discount,-1,2010-12-01 09:41:00,27.5,14527.0
536365,85123A,HOLDER,2,2010-12-01 08:27:00,2.5,13047.0
`;

describe('parseTable', () => {
  test('gives typed columns of the rows, by the names asked for', () => {
    const { length, columns } = parseTable(orders, {
      StockCode: idColumn(),
      CustomerID: idColumn({ normalize: wholeNumberId }),
      Quantity: countColumn(),
      UnitPrice: moneyColumn(),
      InvoiceDate: timeColumn(),
      Description: categoryColumn(),
    });
    expect(length).toBe(3);
    expect(columns.StockCode.codes).toEqual(Int32Array.of(0, 1, 0));
    expect(columns.StockCode.vocabulary.toJSON()).toEqual({ ids: ['85123A', 'D'], hasUnknown: false });
    expect(columns.CustomerID.vocabulary.toJSON().ids).toEqual(['17850', '14527', '13047']);
    expect(columns.Quantity.values).toEqual(Int32Array.of(6, -1, 2));
    expect(columns.UnitPrice.values).toEqual(Float64Array.of(2.55, 27.5, 2.5));
    expect(columns.InvoiceDate.values[0]).toBe(Date.UTC(2010, 11, 1, 8, 26));
    expect(columns.Description.vocabulary.idAt(0)).toBe('HOLDER, WHITE "HEART"');
    expect(Object.keys(columns)).not.toContain('InvoiceNo');
    expectTypeOf(columns.StockCode.codes).toEqualTypeOf<Int32Array>();
    expectTypeOf(columns.Quantity.values).toEqualTypeOf<Int32Array>();
    expectTypeOf(columns.InvoiceDate.kind).toEqualTypeOf<'time'>();
    // @ts-expect-error A column that was not asked for.
    expect(columns.InvoiceNo).toBeUndefined();
  });

  test.each([
    ['two-character delimiters', 'user::item\n1::x\n2::y:z\n', { delimiter: '::' }],
    ['quoted cells with a two-character delimiter', 'user::item\n1::"x"\n"2"::"y:z"\n', { delimiter: '::' }],
    ['tabs', 'user\titem\n1\tx\n2\ty:z\n', { delimiter: '\t' }],
    ['semicolons', 'user;item\n1;x\n2;y:z\n', { delimiter: ';' }],
    ['a byte order mark', '\ufeffuser,item\n1,x\n2,y:z\n', {}],
    ['line ends \\r\\n', 'user,item\r\n1,x\r\n2,y:z\r\n', {}],
    ['quotes before line ends \\r\\n', 'user,item\r\n1,"x"\r\n2,"y:z"\r\n', {}],
    ['a quote before a cut line end', 'user,item\r\n1,"x"\r\n2,"y:z"\r', {}],
    ['no line end after the last row', 'user,item\n1,x\n2,y:z', {}],
    ['empty lines', '\nuser,item\n\n1,x\n\n\n2,y:z\n\n', {}],
    ['columns in another order', 'item,more,user\nx,,1\ny:z,,2\n', {}],
    ['blanks around names', ' user , item \n1,x\n2,y:z\n', {}],
    ['no header', '1,x\n2,y:z\n', { names: ['user', 'item'] }],
    ['delimiters at the end of rows', 'user,item\n1,x,,\n2,y:z,\n', {}],
    ['other quotes', "user,item\n1,'x'\n2,y:z\n", { quote: "'" }],
  ] as const)('reads %s', (_, text, options: TableOptions) => {
    const { columns, report } = parseTable(text, { user: idColumn(), item: idColumn() }, options);
    expect(columns.user.vocabulary.toJSON().ids).toEqual(['1', '2']);
    expect(columns.item.vocabulary.toJSON().ids).toEqual(['x', 'y:z']);
    expect(report).toMatchObject({ rows: 2, kept: 2, missing: {}, bad: 0, badRows: [], reasons: {} });
  });

  test('takes quotes as characters where they are none', () => {
    const { columns } = parseTable('name\n"Up\n5" plate\n', { name: idColumn() }, { quote: false });
    expect(columns.name.vocabulary.toJSON().ids).toEqual(['"Up', '5" plate']);
  });

  test('keeps ids as they are written, unless told to make them one', () => {
    const text = 'a\n17850\n17850.0\n 17850\n85123a\n85123A\n';
    expect(parseTable(text, { a: idColumn() }).columns.a.codes).toEqual(Int32Array.of(0, 1, 2, 3, 4));
    const normalize = (each: string) => wholeNumberId(each.trim().toUpperCase());
    const { codes, vocabulary } = parseTable(text, { a: idColumn({ normalize }) }).columns.a;
    expect(codes).toEqual(Int32Array.of(0, 0, 0, 1, 1));
    expect(vocabulary.toJSON().ids).toEqual(['17850', '85123A']);
  });

  test('codes by a vocabulary that is given, which stays as it is', () => {
    const open = createVocabulary(['x', 'y'], { hasUnknown: true });
    expect(parseTable('a\ny\nz\nx\n', { a: idColumn({ vocabulary: open }) }).columns.a.codes).toEqual(
      Int32Array.of(1, 2, 0),
    );
    const { columns, report } = parseTable('a\ny\nz\nx\n', {
      a: idColumn({ vocabulary: createVocabulary(['x', 'y']) }),
    });
    expect(columns.a.codes).toEqual(Int32Array.of(1, 0));
    expect(report.badRows).toEqual([{ line: 3, column: 'a', value: 'z', reason: 'is not in the vocabulary' }]);
  });

  test('gives a table without rows where there is a header alone', () => {
    const table = parseTable('a,b\n', { a: idColumn(), b: numberColumn() });
    expect(table.length).toBe(0);
    expect(table.columns.b.values).toEqual(new Float64Array(0));
  });
});

// Cells that try the parser; a \r before a line end belongs to the line end, so no cell ends in one.
const cell = fc
  .array(fc.constantFrom('a', 'ß', '"', ',', '\n', '\r\n', ' ', ';', '😀', '1'), { maxLength: 6 })
  .map((parts) => `${parts.join('')}x`);
const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;

test('what is written with quotes is read as it was, at the line where it stands', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(cell, cell, fc.boolean()), { minLength: 1, maxLength: 20 }), (rows) => {
      const lines = rows.map(([one, two, isGood]) => `${quoted(one)},${quoted(two)},${isGood ? 1 : 'bad'}\n`);
      const kinds = { a: idColumn(), b: idColumn(), c: countColumn() };
      const { columns, report } = parseTable(`a,b,c\n${lines.join('')}`, kinds, { mostLost: 1 });
      const good = rows.filter(([, , isGood]) => isGood);
      const read = (column: 'a' | 'b') =>
        Array.from(columns[column].codes, (code) => columns[column].vocabulary.idAt(code));
      expect(read('a')).toEqual(good.map(([one]) => one));
      expect(read('b')).toEqual(good.map(([, two]) => two));
      const starts = lines.map((_, row) => 2 + lines.slice(0, row).join('').split('\n').length - 1);
      expect(report.badRows.map(({ line }) => line)).toEqual(starts.filter((_, row) => !rows[row]![2]));
    }),
  );
});
