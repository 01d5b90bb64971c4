import {
  categoryColumn,
  compareTables,
  independentColumns,
  latentClassMixture,
  numberColumn,
  parseTable,
} from 'minimart';
import { describe, expect, test } from 'vitest';
import { orderLines } from './order-lines.js';

const tableOf = (lines: readonly string[]) =>
  parseTable(`country,price\n${lines.join('\n')}\n`, {
    country: categoryColumn(),
    price: numberColumn({ missing: 'keep' }),
  });

const real = tableOf(['UK,1', 'UK,1', 'UK,2', 'France,2']);

test('columns and pairs share what the smaller of their shares adds up to', async () => {
  // UK 3/4 and 1/4, France 1/4 and 2/4, Spain 0 and 1/4; prices 1 and 2 half each; pairs by hand.
  const virtual = tableOf(['UK,1', 'France,2', 'France,1', 'Spain,2']);
  const heldOut = tableOf(['UK,2', 'UK,1', 'France,2', 'UK,1']);
  const { columns, pairs, shape, pair } = await compareTables(virtual, { real, heldOut });
  expect(columns).toEqual([
    { column: 'country', value: 0.5, heldOut: 1 },
    { column: 'price', value: 1, heldOut: 1 },
  ]);
  // UK,1 is half of real and a quarter here; UK,2 a quarter and none; France,2 a quarter each.
  expect(pairs).toEqual([{ columns: ['country', 'price'], value: 0.5, heldOut: 1 }]);
  expect(shape).toEqual({ value: 0.75, heldOut: 1 });
  expect(pair).toEqual({ value: 0.5, heldOut: 1 });
});

test('copies are rows that equal a real one in every cell, missing ones included; ids are compared by what they are', async () => {
  const withGap = tableOf(['UK,1', 'UK,', 'France,3']);
  const virtual = tableOf(['France,3', 'France,1', 'UK,', 'UK,1']);
  const heldOut = tableOf(['UK,3', 'Spain,3', 'France,3', 'France,']);
  const { copies, copyExcess } = await compareTables(virtual, { real: withGap, heldOut });
  expect(copies).toEqual({ value: 3 / 4, heldOut: 1 / 4 });
  expect(copyExcess.value).toBe(0.5);
  // Newcombe's method 10: of 3 and 1 out of 4 rows, the roots of |p - share| = 1.96 deviations of p are Wilson's limits.
  const z = 1.959963984540054;
  const limit = (hits: number, sign: number) =>
    (hits + z ** 2 / 2 + sign * z * Math.sqrt((hits * (4 - hits)) / 4 + z ** 2 / 4)) / (4 + z ** 2);
  const below = Math.hypot(0.75 - limit(3, -1), limit(1, 1) - 0.25);
  const above = Math.hypot(limit(3, 1) - 0.75, 0.25 - limit(1, -1));
  expect(copyExcess.interval[0]).toBeCloseTo(0.5 - below, 12);
  expect(copyExcess.interval[1]).toBeCloseTo(0.5 + above, 12);
});

test('where all rows are copies, virtual and held out, the excess is 0 and not sure to be', async () => {
  const { copyExcess } = await compareTables(tableOf(['UK,1', 'UK,2']), {
    real,
    heldOut: tableOf(['UK,2', 'France,2']),
  });
  expect(copyExcess.value).toBe(0);
  // Of 2 of 2 rows Wilson's lower limit is 2 / (2 + 1.96^2), and the upper one is 1.
  expect(copyExcess.interval[1]).toBeCloseTo(1 - 2 / (2 + 1.959963984540054 ** 2), 12);
  expect(copyExcess.interval[0]).toBe(-copyExcess.interval[1]);
});

describe('on order lines', () => {
  test('a mixture is closer in pairs than independent columns, and neither beats real rows by more than chance', async () => {
    const [train, heldOut] = [orderLines(4000, 1), orderLines(2000, 2)];
    const mixture = await latentClassMixture(train, { classes: 6, seed: 1 });
    const columns = await independentColumns(train);
    const judge = async (model: typeof columns) =>
      compareTables(await model.sample(2000, { seed: 3 }), { real: train, heldOut });
    const [ofMixture, ofColumns] = [await judge(mixture), await judge(columns)];
    expect(ofMixture.pair.value).toBeGreaterThan(ofColumns.pair.value + 0.02);
    expect(ofMixture.pair.value).toBeLessThan(ofMixture.pair.heldOut + 0.03);
    expect(ofMixture.pair.heldOut).toBe(ofColumns.pair.heldOut);
    expect(Math.abs(ofColumns.shape.value - ofColumns.shape.heldOut)).toBeLessThan(0.03);
  });

  test('rows of the table itself are told as copies', async () => {
    const [train, heldOut] = [orderLines(1000, 1), orderLines(1000, 2)];
    const { copies, copyExcess } = await compareTables(train, { real: train, heldOut });
    expect(copies.value).toBe(1);
    expect(copyExcess.interval[0]).toBeGreaterThan(0);
    // There are far more prices, pieces and products than rows.
    expect(copies.heldOut).toBeLessThan(0.2);
  });
});

// Twelve real prices in two bins of six, and one that never varies; numbers around them.
test.each([
  ['that are there', [0, 1, 2, 3, 4, 5, 10, 11, 12, 13, 14, 15], 1],
  ['between two of one bin', [0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 14.2, 14.2, 14.2, 14.2, 14.2, 14.2], 1],
  ['between two bins', [0, 1, 2, 3, 4, 5, 7, 7, 7, 7, 7, 7], 0.5],
  ['above all', [0, 1, 2, 3, 4, 5, 16, 17, 99, 99, 99, 99], 0.5],
  ['below all', [-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1], 0],
])('numbers %s count as such', async (_, prices, expected) => {
  const column = (values: readonly number[]) => parseTable(`price\n${values.join('\n')}\n`, { price: numberColumn() });
  // Sixty different numbers are not few: they are cut into bins.
  const spread = (values: readonly number[]) =>
    column(values.flatMap((value) => [0, 1, 2, 3, 4].map((part) => value + part / 8)));
  const [table, virtual] = [spread([0, 1, 2, 3, 4, 5, 10, 11, 12, 13, 14, 15]), spread(prices)];
  expect((await compareTables(virtual, { real: table, heldOut: table, bins: 2 })).shape.value).toBeCloseTo(
    expected,
    12,
  );
});

test('a number that never varies is not another one', async () => {
  const seven = parseTable(`price\n${'7\n'.repeat(20)}`, { price: numberColumn() });
  const thousand = parseTable(`price\n${'1000\n'.repeat(20)}`, { price: numberColumn() });
  const { shape } = await compareTables(thousand, { real: seven, heldOut: seven });
  expect(shape).toEqual({ value: 0, heldOut: 1 });
});

describe('what cannot be compared is refused', () => {
  const heldOut = tableOf(['UK,1', 'UK,2']);
  test.each([
    ['other lengths', { virtual: real, real, heldOut }, '`virtual.length` must be that of `heldOut`, 2, received 4'],
    ['no table', { virtual: [] as never, real, heldOut }, '`virtual` must be a table'],
    ['no real table', { virtual: heldOut, real: 3 as never, heldOut }, '`real` must be a table'],
    [
      'a column less',
      { virtual: parseTable('country\nUK\nUK\n', { country: categoryColumn() }) as never, real, heldOut },
      "`virtual.columns.price` must be a column of the kind 'number'",
    ],
    ['no bins', { virtual: heldOut, real, heldOut, bins: 0 }, '`bins` must be a positive integer'],
  ])('%s', async (_, { virtual, ...options }, message) => {
    await expect(compareTables(virtual, options)).rejects.toThrow(`compareTables: ${message}`);
  });
});
