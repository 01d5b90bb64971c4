import { countColumn, moneyColumn, numberColumn, parseTable, streamTable } from 'minimart';
import { describe, expect, test } from 'vitest';

type Kind = ReturnType<typeof numberColumn> | ReturnType<typeof countColumn>;
const valuesOf = (kind: Kind, ...cells: string[]) =>
  Array.from(
    parseTable(['a;b', ...cells.map((cell) => `${cell};x`)].join('\n'), { a: kind }, { delimiter: ';' }).columns.a
      .values,
  );

describe('a full stop that may stand between thousands', () => {
  test.each<[string, Kind, string[]]>([
    ['numbers', numberColumn(), ['7', '1.234', '12.500']],
    ['one number', numberColumn(), ['123.456']],
    ['negative ones', numberColumn(), ['-1.234', '(2.000)', '3.000-']],
    ['amounts', moneyColumn(), ['€1.234', '999']],
    ['amounts with the sign behind', moneyColumn(), ['1.234 €', '5.000 €']],
    ['amounts with a full stop in the currency', moneyColumn({ currency: 'Rs.' }), ['Rs.1.234', 'Rs.500', 'Rs. 7']],
    ['counts', countColumn(), ['2.000', '12']],
  ])('is refused: %s', (_, kind, cells) => {
    const doubtful = cells.find((cell) => cell.includes('.'));
    expect(() => valuesOf(kind, ...cells)).toThrow(
      "parseTable: `columns.a` must say what a full stop means, because no cell shows it: `decimal: '.'` where it stands before " +
        `fractions, \`decimal: ','\` with \`thousands: '.'\` where it stands between thousands, received '${doubtful}'`,
    );
  });

  test.each([
    ['a leading zero', '0.123', 0.123],
    ['two decimals', '12.50', 12.5],
    ['one decimal', '3.5', 3.5],
    ['four decimals', '3.2468', 3.2468],
    ['four digits before it', '1234.567', 1234.567],
    ['an exponent', '1.234e5', 123_400],
    ['no digit before it', '.500', 0.5],
  ])('is known by one cell with %s, before or behind', (_, cell, value) => {
    expect(valuesOf(numberColumn(), '1.234', cell)).toEqual([1.234, value]);
    expect(valuesOf(numberColumn(), cell, '1.234')).toEqual([value, 1.234]);
  });

  test('is what the options say', () => {
    expect(valuesOf(numberColumn({ decimal: '.' }), '1.234')).toEqual([1.234]);
    expect(valuesOf(numberColumn({ decimal: ',', thousands: '.' }), '1.234')).toEqual([1234]);
    expect(valuesOf(moneyColumn({ thousands: ',' }), '€1.234')).toEqual([1.234]);
    expect(valuesOf(countColumn({ decimal: '.' }), '2.000')).toEqual([2]);
    expect(valuesOf(numberColumn(), '1', '1234')).toEqual([1, 1234]);
  });

  test('is not known by a row that is left out', () => {
    const kinds = { a: numberColumn(), b: countColumn() };
    expect(() => parseTable('a,b\n1.234,1\n0.5,x\n', kinds)).toThrow('`columns.a` must say what a full stop means');
    expect(parseTable('a,b\n1.5,1\n1.234,x\n', kinds).columns.a.values).toEqual(Float64Array.of(1.5));
  });

  test('is refused before a piece of a stream is handed out', async () => {
    async function* source() {
      yield `a,b\n${'1.234,1\n'.repeat(200_000)}`;
      yield '0.5,3\n';
    }
    const pieces = streamTable(source(), { a: numberColumn() }, { chunkRows: 1 });
    await expect(pieces.next()).rejects.toThrow('streamTable: `columns.a` must say what a full stop means');
  });
});
