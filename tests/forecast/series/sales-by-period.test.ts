import { countColumn, idColumn, moneyColumn, parseTable, salesByPeriod, timeColumn } from 'minimart';
import { describe, expect, test } from 'vitest';

const columns = { product: 'product', time: 'time', pieces: 'pieces' } as const;
const table = (rows: string) =>
  parseTable(`product,pieces,time\n${rows}`, {
    product: idColumn({ missing: 'keep' }),
    pieces: countColumn(),
    time: timeColumn({ missing: 'keep' }),
  });

test('weeks are added up, gaps are 0, and partial weeks are left out and said', async () => {
  // 2026-03-02 is a Monday. The table begins on a Saturday and ends on a Wednesday.
  const orders = table(
    'tea,9,2026-02-28\ntea,2,2026-03-02 09:00\ntea,3,2026-03-08 23:59\ntea,1,2026-03-16\nmug,4,2026-03-10\nmug,1,2026-03-25\n',
  );
  const sales = await salesByPeriod(orders, columns);
  expect(sales.start).toBe(Date.UTC(2026, 2, 2));
  expect(sales.periods).toBe(3);
  expect(sales.series('tea')).toEqual([5, 0, 1]);
  expect(sales.series('mug')).toEqual([4, 0]);
  expect(sales.report).toEqual({
    ...{ rows: 6, counted: 4, returns: 0, lacking: 0, otherProducts: 0, otherPeriods: 2 },
    ...{ isFirstPartial: true, isLastPartial: true, neverSold: [], emptyPeriods: 0 },
  });
  const given = await salesByPeriod(orders, { ...columns, from: Date.UTC(2026, 1, 28), to: Date.UTC(2026, 2, 25) });
  expect(given.series('tea')).toEqual([9, 5, 0, 1, 0]);
  expect([given.report.isFirstPartial, given.report.isLastPartial]).toEqual([false, false]);
});

test('days and months', async () => {
  const orders = table('tea,1,2026-01-01\ntea,2,2026-01-31\ntea,4,2026-03-31\n');
  expect((await salesByPeriod(orders, { ...columns, period: 'month' })).series('tea')).toEqual([3, 0, 4]);
  const days = await salesByPeriod(orders, { ...columns, period: 'day' });
  expect(days.periods).toBe(90);
  expect(days.report.emptyPeriods).toBe(87);
});

test('what is no sale is left out and counted, and what never sold is named', async () => {
  const orders = table(
    'tea,2,2026-03-02\ntea,-2,2026-03-03\n,5,2026-03-04\ntea,1,\npot,-1,2026-03-05\njam,7,2026-03-06\nlid,3,2026-04-01\ntea,0,2026-03-08\njam,1,2026-03-07\ntea,1,2026-03-07\n',
  );
  const within = { from: Date.UTC(2026, 2, 2), to: Date.UTC(2026, 2, 8) };
  const { report, products } = await salesByPeriod(orders, { ...columns, ...within });
  expect(products.toJSON().ids).toEqual(['tea', 'jam']);
  expect(report).toMatchObject({ counted: 4, returns: 2, lacking: 3, otherPeriods: 1, neverSold: ['pot', 'lid'] });
  const chosen = await salesByPeriod(orders, { ...columns, ...within, products: ['lid', 'tea'] });
  expect(chosen.series('lid')).toEqual([0]);
  expect(chosen.report).toMatchObject({ counted: 2, otherProducts: 2, neverSold: ['lid'] });
});

test('money may be added up, and rows alone', async () => {
  const orders = parseTable('product,money,time\ntea,2.55,2026-03-02\ntea,1.20,2026-03-02\n', {
    product: idColumn(),
    money: moneyColumn(),
    time: timeColumn(),
  });
  const named = { product: 'product', time: 'time', period: 'day' } as const;
  expect((await salesByPeriod(orders, { ...named, pieces: 'money' })).series('tea')[0]).toBeCloseTo(3.75, 12);
  expect((await salesByPeriod(orders, named)).series('tea')).toEqual([2]);
});

describe('salesByPeriod refuses', () => {
  const orders = table('tea,2,2026-03-03\nmug,1,2026-03-04\n');

  test.each([
    ['`orders` must fill a whole week: give `from` and `to`', { ...columns }],
    ['`product` must name a column of the table', { ...columns, product: 'item' as 'product' }],
    ['`time` must name a column read with timeColumn()', { ...columns, time: 'pieces' as 'time' }],
    ['`products` must be ids of the column of products', { ...columns, period: 'day', products: ['pot'] } as const],
    ['`products` must name at least one product', { ...columns, period: 'day', products: [] } as const],
    ["`period` must be one of 'day', 'week', 'month'", { ...columns, period: 'hour' as 'day' }],
    ['`to` must not lie before `from`', { ...columns, period: 'day', from: Date.UTC(2026, 3, 1), to: 0 } as const],
    [
      '`orders` must leave at least one row, received',
      { ...columns, from: Date.UTC(2025, 0, 1), to: Date.UTC(2025, 1, 1) },
    ],
    ['`orders` must span at most 36525 periods', { ...columns, period: 'day', from: Date.UTC(1850, 0, 1) } as const],
  ])('%s', async (message, options) => {
    await expect(salesByPeriod(orders, options)).rejects.toThrow(`salesByPeriod: ${message}`);
  });

  test('a table without times', async () => {
    await expect(salesByPeriod(table('tea,2,\n'), columns)).rejects.toThrow('`orders` must have a row with a time');
  });
});
