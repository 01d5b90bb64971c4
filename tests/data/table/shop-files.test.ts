import fc from 'fast-check';
import {
  type ColumnKinds,
  type Columns,
  countColumn,
  idColumn,
  moneyColumn,
  numberColumn,
  parseTable,
  timeColumn,
} from 'minimart';
import { describe, expect, test } from 'vitest';
import { readCells } from './read-cells.js';

// A file as each program writes it, how it is read, and what is in it, worked out by hand: times in UTC, ids, numbers.
interface Shape {
  readonly text: string;
  readonly kinds: ColumnKinds<Columns>;
  readonly options?: Parameters<typeof parseTable>[2];
  readonly expected: Readonly<Record<string, readonly (string | number)[]>>;
}

const shapes: Readonly<Record<string, Shape>> = {
  "Excel's German CSV": {
    // Berlin is an hour ahead of UTC in winter and two in summer.
    text: '\ufeffBestelldatum;Kunde;Artikel;Menge;Preis\r\n31.12.2025 14:05;4711;"Tee; grün";2;1.234,50 €\r\n1.7.2025 00:30;4712;Tasse;1.000;0,99 €\r\n',
    kinds: {
      Bestelldatum: timeColumn({ format: 'D.M.YYYY H:MM', zone: 'Europe/Berlin' }),
      Artikel: idColumn(),
      Menge: countColumn({ decimal: ',', thousands: '.' }),
      Preis: moneyColumn({ decimal: ',', thousands: '.' }),
    },
    options: { delimiter: ';' },
    expected: {
      Bestelldatum: ['2025-12-31T13:05:00.000Z', '2025-06-30T22:30:00.000Z'],
      Artikel: ['Tee; grün', 'Tasse'],
      Menge: [2, 1000],
      Preis: [1234.5, 0.99],
    },
  },
  // Only the first row of an order has its totals.
  Shopify: {
    text: 'Name,Email,Total,Created at,Lineitem quantity,Lineitem name,Lineitem price\n#1001,ann@example.com,25.00,2025-12-31 14:05:00 -0500,2,Green tea,10.00\n#1001,ann@example.com,,2025-12-31 14:05:00 -0500,1,Mug,5.00\n',
    kinds: {
      Name: idColumn(),
      'Created at': timeColumn(),
      'Lineitem quantity': countColumn(),
      'Lineitem name': idColumn(),
      'Lineitem price': moneyColumn(),
    },
    expected: {
      Name: ['#1001', '#1001'],
      'Created at': ['2025-12-31T19:05:00.000Z', '2025-12-31T19:05:00.000Z'],
      'Lineitem quantity': [2, 1],
      'Lineitem name': ['Green tea', 'Mug'],
      'Lineitem price': [10, 5],
    },
  },
  WooCommerce: {
    text: '"Order Number","Order Date","Item Name","Quantity (- Refund)","Item Cost"\n"501","2025-12-31 14:05","Green tea","2","10"\n"502","2026-01-01 00:00","Mug","-1","5.5"\n',
    kinds: {
      'Order Number': idColumn(),
      'Order Date': timeColumn(),
      'Quantity (- Refund)': countColumn(),
      'Item Cost': numberColumn(),
    },
    expected: {
      'Order Number': ['501', '502'],
      'Order Date': ['2025-12-31T14:05:00.000Z', '2026-01-01T00:00:00.000Z'],
      'Quantity (- Refund)': [2, -1],
      'Item Cost': [10, 5.5],
    },
  },
  "UCI's Online Retail": {
    text: 'InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n536365,85123A,"WHITE HANGING HEART, T-LIGHT",6,12/1/2010 8:26,2.55,17850,United Kingdom\n',
    kinds: {
      StockCode: idColumn(),
      Quantity: countColumn(),
      InvoiceDate: timeColumn({ format: 'M/D/YYYY H:MM', zone: 'Europe/London' }),
      UnitPrice: moneyColumn(),
    },
    expected: {
      StockCode: ['85123A'],
      Quantity: [6],
      InvoiceDate: ['2010-12-01T08:26:00.000Z'],
      UnitPrice: [2.55],
    },
  },
  'times with a zone': {
    text: 'when,id\n2025-12-31T14:05:00+02:00,a\n2025-12-31T14:05:00.250Z,b\n',
    kinds: { when: timeColumn({ zone: 'Asia/Tokyo' }), id: idColumn() },
    expected: { when: ['2025-12-31T12:05:00.000Z', '2025-12-31T14:05:00.250Z'], id: ['a', 'b'] },
  },
  // 45658 days behind 1899-12-30 is 2025-01-01: 25569 of them lie before 1970, and 20089 = 55 * 365 + 14 leap days are 55 years.
  'days as Excel stores them': {
    text: 'when;id\n45658;a\n45658,75;b\n45658.25;c\n',
    kinds: { when: timeColumn({ format: 'excel', zone: '+01:00' }), id: idColumn() },
    options: { delimiter: ';' },
    expected: {
      when: ['2024-12-31T23:00:00.000Z', '2025-01-01T17:00:00.000Z', '2025-01-01T05:00:00.000Z'],
      id: ['a', 'b', 'c'],
    },
  },
  'tabs, Swiss and French numbers': {
    text: "a\tb\n1'234.50\t1 234,50\n",
    kinds: { a: numberColumn({ thousands: "'" }), b: numberColumn({ decimal: ',', thousands: ' ' }) },
    options: { delimiter: '\t' },
    expected: { a: [1234.5], b: [1234.5] },
  },
};

function cellsOf(columns: Columns): Record<string, (string | number)[]> {
  const shown = Object.entries(columns).map(([name, column]) => {
    if ('codes' in column) {
      return [name, Array.from(column.codes, (code) => column.vocabulary.idAt(code)!)];
    }
    if (column.kind === 'time') return [name, Array.from(column.values, (time) => new Date(time).toISOString())];
    return [name, Array.from(column.values)];
  });
  return Object.fromEntries(shown);
}

describe('files of shops are read', () => {
  test.each(Object.entries(shapes))('%s', (_, { text, kinds, options, expected }) => {
    const { columns, report } = parseTable(text, kinds, options);
    expect(cellsOf(columns)).toEqual(expected);
    expect(report.kept).toBe(report.rows);
  });
});

const oneRow = (kind: ColumnKinds<Columns>[string], cell: string) => () =>
  parseTable(`cell\tid\n${cell}\ta\n`, { cell: kind, id: idColumn() }, { delimiter: '\t' });

describe('a cell of another format ends the load, and the error names the option', () => {
  test.each([
    ['31.12.2025', "`format` 'D.M.YYYY'"],
    ['31/12/2025 14:05', "`format` 'D/M/YYYY H:MM'"],
    ['12/31/2025 2:05 PM', "`format` 'M/D/YYYY h:mm A'"],
    ['Dec 31, 2025', "`format` 'MMM D, YYYY'"],
    ['31 December 2025 14:05:09', "`format` 'D MMM YYYY H:MM:SS'"],
    ['31-Dec-25', "`format` 'D-MMM-YY'"],
    ['2025/12/31', "`format` 'YYYY/M/D'"],
    ['31.12.25, 14:05 +01:00', "`format` 'D.M.YY, H:MM Z'"],
    // Nobody can know.
    ['03/04/2025', "`format` 'D/M/YYYY' or 'M/D/YYYY'"],
    ['03.04.2025 9:05', "`format` 'D.M.YYYY H:MM'"],
    ['20251231', "`format` 'YYYYMMDD'"],
    ['1767189900', "`format` 'seconds'"],
    ['1767189900000', "`format` 'milliseconds'"],
    ['46022.587', "`format` 'excel'"],
  ])('time: %s', (cell, option) => {
    expect(oneRow(timeColumn(), cell)).toThrow(
      `parseTable: \`source\` must hold rows that fit ('cell' in line 2 is not a time in the format 'iso'): is it ${option}? ` +
        `\`badRows: 'skip'\` leaves such rows out, received '${cell}' (string).`,
    );
  });

  test('what the error names reads the cell', () => {
    const cell = fc.tuple(
      fc.date({ min: new Date('1980-01-01'), max: new Date('2060-12-31'), noInvalidDate: true }),
      fc.constantFrom('.', '/', '-', ' '),
      fc.constantFrom('', ' 8:26', ' 08:26:05', ', 8:26 pm', ' 08:26 +02:00'),
      fc.boolean(),
    );
    fc.assert(
      fc.property(cell, ([date, gap, clock, isDayFirst]) => {
        const [day, month, year] = [date.getUTCDate(), date.getUTCMonth() + 1, date.getUTCFullYear()];
        const text = [...(isDayFirst ? [day, month] : [month, day]), year].join(gap) + clock;
        let message = '';
        try {
          oneRow(timeColumn(), text)();
        } catch (error) {
          message = String(error);
        }
        const formats = [...message.matchAll(/'([^']*Y[^']*)'/g)].map((found) => found[1]!);
        expect(formats).toHaveLength(day > 12 || gap === '.' ? 1 : 2);
        // With full stops the day is taken to come first.
        fc.pre(gap !== '.' || isDayFirst || day > 12);
        const dates = formats.flatMap((format) => readCells(timeColumn({ format, zone: '+02:00' }), text).values);
        const minutes = clock.includes('pm') ? 20 * 60 + 26 : clock === '' ? 0 : 8 * 60 + 26;
        const seconds = clock.endsWith(':05') ? 5 : 0;
        expect(dates).toContain(Date.UTC(year, month - 1, day, 0, minutes - 120, seconds));
      }),
    );
  });

  test.each([
    [numberColumn(), '12,50', "`decimal` ','"],
    [numberColumn(), '1,234', "`decimal` ',', or `thousands` ','"],
    [numberColumn(), '1.234,50', "`decimal` ',' and `thousands` '.'"],
    [numberColumn({ decimal: ',' }), '12.50', "`decimal` '.'"],
    [numberColumn({ decimal: ',' }), '1.234,50', "`thousands` '.'"],
    [numberColumn(), '1 234', "`thousands` ' '"],
    [countColumn(), '1,200', "`thousands` ','"],
    [moneyColumn(), '£1,200.50', "`thousands` ','"],
    [moneyColumn(), '12,50 €', "`decimal` ','"],
    [timeColumn({ format: 'M/D/YYYY' }), '31/12/2025', "`format` 'D/M/YYYY'"],
    [timeColumn({ format: 'D.M.YYYY' }), '2025-12-31', "`format` 'iso'"],
  ])('%#: %s', (kind, cell, option) => {
    expect(oneRow(kind, cell)).toThrow(`: is it ${option}?`);
  });

  test('a cell that is wrong in any format is left out, as before', () => {
    const text =
      'n,when,pieces\n1,2026-03-01,1\nmany,2026-03-01,1\n2,soon,1\n3,2026-03-01,6.5\n4,2026-03-01,1\n5,2026-03-01,1\n';
    const { report } = parseTable(text, { n: numberColumn(), when: timeColumn(), pieces: countColumn() });
    expect(report).toMatchObject({ kept: 3, bad: 3 });
  });

  test('so is one of another format where that is said', () => {
    const kinds = { n: numberColumn() };
    expect(() => parseTable('n;m\n1;\n2,5;\n', kinds, { delimiter: ';' })).toThrow("('n' in line 3 is not a number)");
    const { columns, report } = parseTable('n;m\n1;\n2,5;\n', kinds, { delimiter: ';', badRows: 'skip' });
    expect(columns.n.values).toEqual(Float64Array.of(1));
    expect(report.badRows).toEqual([{ line: 3, column: 'n', value: '2,5', reason: 'is not a number' }]);
  });

  // Twelve days of the month fit, and are wrong.
  test('a month of days before months is refused at its thirteenth', () => {
    const days = Array.from({ length: 31 }, (_, day) => `${day + 1}/3/2026`);
    const month = timeColumn({ format: 'M/D/YYYY' });
    expect(() => parseTable(`day\n${days.join('\n')}\n`, { day: month })).toThrow("'day' in line 14");
  });
});

describe('a source of which most rows are lost is refused', () => {
  const kinds = { id: idColumn(), pieces: countColumn() };
  const text = 'id,pieces\na,1\nb,x\nc,y\nd,\n';

  test('with the count, the commonest reason, its first line and value', () => {
    expect(() => parseTable(text, kinds)).toThrow(
      'parseTable: `source` must lose at most 50% of its rows, but 3 of 4 were left out: ' +
        "2 because 'pieces' is not a whole number that an int32 holds (line 3: 'x') " +
        '(a higher `mostLost` lets more go), received 1 (number).',
    );
    expect(() => parseTable('id,pieces\na,\nb,\nc,1\n', kinds)).toThrow(
      "2 of 3 were left out: 2 have no value in 'pieces'",
    );
  });

  test('from the share on that is said', () => {
    expect(parseTable(text, kinds, { mostLost: 0.75 }).length).toBe(1);
    expect(() => parseTable(text, kinds, { mostLost: 0.74 })).toThrow('lose at most 74% of its rows');
    expect(() => parseTable('id,pieces\na,1\nb,x\n', kinds, { mostLost: 0 })).toThrow('1 of 2 were left out');
    // Half is not more than half.
    expect(parseTable('id,pieces\na,1\nb,x\n', kinds).length).toBe(1);
    expect(parseTable('id,pieces\n', kinds).length).toBe(0);
    expect(() => parseTable(text, kinds, { mostLost: 2 })).toThrow('`mostLost` must be a number in [0, 1]');
  });
});

test('a name that differs in case, blanks or signs is asked about', () => {
  expect(() => parseTable('customer_id,Qty\n1,1\n', { CustomerID: idColumn() })).toThrow("(is it 'customer_id'?)");
  expect(() => parseTable('Größe\n1\n', { größe: idColumn() })).toThrow("(is it 'Größe'?)");
  expect(() => parseTable('a,b\n1,1\n', { c: idColumn() })).toThrow("('a', 'b'), received");
});

test("days of Excel outside its calendar's right part are no times", () => {
  // 60 is the 29 February 1900 that never was, 2958465 the last day of 9999.
  expect(readCells(timeColumn({ format: 'excel' }), '60.5', '61', '2958465', '2958466', '-1', '1e3').values).toEqual([
    Date.UTC(1900, 2, 1),
    Date.UTC(9999, 11, 31),
  ]);
});
