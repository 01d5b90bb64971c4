import fc from 'fast-check';
import {
  categoryByKey,
  categoryColumn,
  countColumn,
  createVocabulary,
  idColumn,
  numberByKey,
  numberColumn,
  parseTable,
} from 'minimart';
import { describe, expect, test } from 'vitest';

const kinds = {
  product: idColumn({ missing: 'keep' }),
  price: numberColumn({ missing: 'keep' }),
  colour: categoryColumn({ missing: 'keep' }),
};
const header = 'product,price,colour\n';
const vocabulary = createVocabulary(['p0', 'p1', 'p2']);
const anyRows = fc.array(
  fc.record({
    product: fc.constantFrom('p0', 'p1', 'p2', 'p3', ''),
    price: fc.oneof(fc.integer({ min: -9, max: 9 }), fc.constant('')),
    colour: fc.constantFrom('red', 'blue', 'green', ''),
  }),
  { maxLength: 30 },
);
const tableOf = (rows: readonly { product: string; price: number | ''; colour: string }[]) =>
  parseTable(header + rows.map(({ product, price, colour }) => `${product},${price},${colour}\n`).join(''), kinds);

const reductions: Record<
  'mean' | 'median' | 'sum' | 'count' | 'first' | 'last' | 'smallest' | 'largest',
  (values: readonly number[]) => number
> = {
  mean: (values) => values.reduce((sum, value) => sum + value / values.length, 0),
  // By definition: as many above as below.
  median: (values) => {
    const sorted = [...values].sort((one, other) => one - other);
    const half = Math.floor(values.length / 2);
    return values.length % 2 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
  },
  sum: (values) => values.reduce((sum, value) => sum + value, 0),
  count: (values) => values.length,
  first: (values) => values[0]!,
  last: (values) => values.at(-1)!,
  smallest: (values) => Math.min(...values),
  largest: (values) => Math.max(...values),
};

describe('numberByKey', () => {
  test.each(Object.entries(reductions))('takes the %s of the rows of each id', (reduce, expected) => {
    fc.assert(
      fc.property(anyRows, (rows) => {
        const options = { key: 'product', value: 'price', vocabulary, otherwise: -99 } as const;
        const numbers = numberByKey(tableOf(rows), {
          ...options,
          reduce: reduce as 'mean' | 'median' | 'sum' | 'count' | 'first' | 'last' | 'smallest' | 'largest',
        });
        ['p0', 'p1', 'p2'].forEach((product, index) => {
          const own = rows
            .filter((row) => row.product === product)
            .flatMap(({ price }) => (price === '' ? [] : [price]));
          const value = own.length > 0 || reduce === 'count' ? expected(own) : -99;
          expect(numbers[index]).toBeCloseTo(value, 5);
        });
      }),
    );
  });

  test('counts ids that the vocabulary lacks for its unknown index', () => {
    const table = tableOf([
      { product: 'p0', price: 5, colour: '' },
      { product: 'p7', price: 2, colour: '' },
      { product: 'p8', price: 4, colour: '' },
    ]);
    const open = createVocabulary(['p0'], { hasUnknown: true });
    expect([...numberByKey(table, { key: 'product', value: 'price', vocabulary: open, reduce: 'mean' })]).toEqual([
      5, 3,
    ]);
  });

  test('refuses ids without a row, and columns of another kind', () => {
    const table = parseTable('a,b,c\nx,1,2\n', { a: idColumn(), b: numberColumn(), c: countColumn() });
    const two = createVocabulary(['x', 'y']);
    const options = { key: 'a', value: 'b', vocabulary: two, reduce: 'mean' } as const;
    expect(() => numberByKey(table, options)).toThrow(
      "numberByKey: `otherwise` must be given, because 'y' has no row, received undefined.",
    );
    // @ts-expect-error Not a column of ids.
    expect(() => numberByKey(table, { ...options, key: 'c' })).toThrow(
      '`key` must name a column read with idColumn() or categoryColumn()',
    );
    // @ts-expect-error Not a column of numbers.
    expect(() => numberByKey(table, { ...options, value: 'a' })).toThrow('`value` must name a column of numbers');
    // @ts-expect-error Not a column.
    expect(() => numberByKey(table, { ...options, value: 'z' })).toThrow("name a column of the table ('a', 'b', 'c')");
    // @ts-expect-error Not a reduction.
    expect(() => numberByKey(table, { ...options, reduce: 'mode' })).toThrow("`reduce` must be one of 'mean'");
  });
});

describe('categoryByKey', () => {
  const options = { key: 'product', value: 'colour', vocabulary } as const;

  test.each(['mostFrequent', 'first', 'last'] as const)('takes the %s of the rows of each id', (reduce) => {
    fc.assert(
      fc.property(anyRows, (rows) => {
        const padded = [...rows, { product: 'p9', price: 1, colour: 'none' } as const];
        const { codes, vocabulary: colours } = categoryByKey(tableOf(padded), {
          ...options,
          reduce,
          otherwise: 'none',
        });
        ['p0', 'p1', 'p2'].forEach((product, index) => {
          const own = rows.filter((row) => row.product === product && row.colour !== '').map(({ colour }) => colour);
          const often = (colour: string) => own.filter((each) => each === colour).length;
          const most = own.find((colour) => own.every((other) => often(other) <= often(colour)));
          const expected = { mostFrequent: most, first: own[0], last: own.at(-1) }[reduce] ?? 'none';
          expect(colours.idAt(codes[index]!)).toBe(expected);
        });
      }),
    );
  });

  test('refuses ids without a row, and categories that there are not', () => {
    const table = tableOf([{ product: 'p0', price: 5, colour: 'red' }]);
    expect(() => categoryByKey(table, { ...options, reduce: 'first' })).toThrow(
      "categoryByKey: `otherwise` must be a category of the column, because 'p1' has no row, received undefined.",
    );
    expect(() => categoryByKey(table, { ...options, reduce: 'first', otherwise: 'pink' })).toThrow("received 'pink'");
    // @ts-expect-error Not a column of categories.
    expect(() => categoryByKey(table, { ...options, value: 'price', reduce: 'first' })).toThrow(
      "`value` must name a column read with idColumn() or categoryColumn(), received 'price, read with numberColumn()'",
    );
  });
});
