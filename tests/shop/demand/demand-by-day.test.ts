import { demandByDay } from 'minimart';
import { describe, expect, test } from 'vitest';
import { columns, orderTable } from './order-table.js';

const day = (date: number) => Date.UTC(2026, 2, date, 12);

const orders = orderTable([
  'tea,6,2026-03-05 09:00',
  'mug,1,2026-03-02 23:59',
  'tea,2,2026-03-02 00:00',
  'tea,3,2026-03-02 10:00',
  'tea,-2,2026-03-05 11:00',
  ',4,2026-03-03 09:00',
  'mug,0,2026-03-03 09:00',
  'mug,5,',
]);

test('pieces and lines are counted by day, whatever the order of the rows', async () => {
  const demand = await demandByDay(orders, columns);
  expect(demand.days).toBe(4);
  expect(new Date(demand.start).toISOString()).toBe('2026-03-02T00:00:00.000Z');
  expect(demand.series('tea')).toEqual([5, 0, 0, 6]);
  expect(demand.series('mug')).toEqual([1, 0, 0, 0]);
  // Day by day, tea before mug, as they come first in the table.
  expect([...demand.lines]).toEqual([2, 1, 0, 0, 0, 0, 1, 0]);
  expect(demand.sizes.map((sizes) => [...sizes])).toEqual([[2, 3, 6], [1]]);
  expect([...demand.open]).toEqual([1, 0, 0, 1]);
});

test('what is not counted is counted by reason', async () => {
  const { report } = await demandByDay(orders, { ...columns, products: ['tea'], from: day(3), to: day(6) });
  // Of other days are two rows of tea and one of a mug; three rows lack product, pieces or time.
  expect(report).toEqual({
    ...{ rows: 8, counted: 1, returns: 1, lacking: 3, otherProducts: 0, otherDays: 3 },
    daysWithoutOrders: 3,
  });
  const teaOnly = await demandByDay(orders, { ...columns, products: ['tea'] });
  expect(teaOnly.report.otherProducts).toBe(1);
  // A day on which only other products were asked for is open all the same.
  const mugOnly = await demandByDay(orders, { ...columns, products: ['mug'] });
  expect([...mugOnly.open]).toEqual([1, 0, 0, 1]);
});

test('without a column of pieces each row is one', async () => {
  const demand = await demandByDay(orders, { product: 'product', time: 'time', products: ['tea'] });
  // A return is a row as any other then.
  expect(demand.series('tea')).toEqual([2, 0, 0, 2]);
});

describe('refuses', () => {
  test.each([
    [
      'a column that is not there',
      { ...columns, pieces: 'Quantity' as 'pieces' },
      /`pieces` must name a column of the table \('product', /,
    ],
    [
      'a column of another kind',
      { ...columns, time: 'pieces' as 'time' },
      /`time` must name a column read with timeColumn\(\)/,
    ],
    [
      'an unknown product',
      { ...columns, products: ['tea', 'pot'] },
      /`products` must be ids of the column of products, received 'pot'/,
    ],
    ['no product', { ...columns, products: [] }, /`products` must name at least one product/],
    ['days that run back', { ...columns, from: day(5), to: day(4) }, /`to` must not lie before `from`/],
    [
      'days without orders',
      { ...columns, from: day(10), to: day(20) },
      /leave at least one row, received 'returns: 1, lacking: 3, otherDays: 4'/,
    ],
  ])('%s', async (_what, options, message) => {
    await expect(demandByDay(orders, options)).rejects.toThrow(message);
  });

  test('days that span a century, with their ends', async () => {
    const wrong = orderTable(['tea,1,1900-01-01', 'tea,1,2026-03-02']);
    await expect(demandByDay(wrong, columns)).rejects.toThrow(/span at most 36525 days: is a date wrong.*'1900-01-01T/);
    expect((await demandByDay(wrong, { ...columns, from: day(1) })).days).toBe(2);
  });
});
