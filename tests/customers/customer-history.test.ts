import {
  type CustomerHistory,
  createVocabulary,
  customerHistory,
  idColumn,
  moneyColumn,
  numberColumn,
  parseTable,
  timeColumn,
} from 'minimart';
import { describe, expect, test } from 'vitest';

const columns = { customer: 'who', time: 'when', money: 'paid' } as const;

function ordersOf(lines: readonly string[]) {
  return parseTable(`who,when,paid,pieces\n${lines.join('\n')}\n`, {
    who: idColumn(),
    when: timeColumn(),
    paid: moneyColumn(),
    pieces: numberColumn(),
  });
}

const lines = [
  'ann,2026-01-05 09:00:00,10,1',
  'ann,2026-01-05 18:30:00,5,1', // the same day: one purchase
  'ann,2026-01-19 00:00:00,20,1',
  'ann,2026-02-02 23:59:00,40,1', // the day of `until` itself
  'ann,2026-01-20 10:00:00,-20,1', // a refund
  'bob,2026-01-12 12:00:00,0,1', // for nothing, but a purchase
  'bob,2026-02-09 12:00:00,9,1', // the horizon's last day
  'bob,2026-02-10 12:00:00,9,1', // behind it
  'cid,2026-02-03 12:00:00,7,1', // a customer of later
  'dot,2026-01-01 12:00:00,-3,1', // a refund and nothing else
];
const until = Date.UTC(2026, 1, 2, 13);

const numbers = ({ frequency, recency, age, spending, future }: CustomerHistory) => ({
  frequency: [...frequency],
  recency: [...recency],
  age: [...age],
  mean: [...spending!.mean],
  total: [...spending!.total],
  refunded: [...spending!.refunded],
  future: [...future!.purchases],
  money: [...future!.money!],
});

const expected = {
  frequency: [2, 0], // days 5 and 19 January and 2 February
  recency: [4, 0], // 28 days
  age: [4, 3],
  mean: [30, 0], // (20 + 40) / 2
  total: [75, 0],
  refunded: [20, 0],
  future: [0, 1],
  money: [0, 9],
};

describe('the history of customers', () => {
  test('counts days, keeps refunds by themselves, and leaves later customers out', async () => {
    const history = await customerHistory(ordersOf(lines), { ...columns, until, horizon: 1 });
    expect([0, 1].map((row) => history.customers.idAt(row))).toEqual(['ann', 'bob']);
    expect(numbers(history)).toEqual(expected);
    expect(history.report).toEqual({ rows: 10, counted: 8, refunds: 2, lacking: 0, customers: 2, later: 1 });
    expect(history.until).toBe(Date.UTC(2026, 1, 2));
  });

  test('does not depend on the order of rows, nor on rows behind the date', async () => {
    const shuffled = [...lines].reverse();
    expect(numbers(await customerHistory(ordersOf(shuffled), { ...columns, until, horizon: 1 }))).toEqual({
      ...Object.fromEntries(Object.entries(expected).map(([name, values]) => [name, [...values].reverse()])),
    });
    // What comes later enters nothing but `future`.
    const known = lines.filter((line) => line.slice(4, 14) <= '2026-02-02');
    const { frequency, age, spending } = await customerHistory(ordersOf(known), { ...columns, until });
    expect([[...frequency], [...age], [...spending!.total]]).toEqual([
      expected.frequency,
      expected.age,
      expected.total,
    ]);
  });

  test('counts in days and months too', async () => {
    const inDays = await customerHistory(ordersOf(lines), { ...columns, until, unit: 'day' });
    expect([...inDays.age]).toEqual([28, 21]);
    const { age } = await customerHistory(ordersOf(lines), { ...columns, until, unit: 'month' });
    expect(age[0]).toBeCloseTo(28 / (365.25 / 12), 12);
  });

  test('takes pieces times their price', async () => {
    const orders = ordersOf([
      'ann,2026-01-05,2.5,4',
      'ann,2026-01-06,2,-1',
      'ann,2026-01-07,2,0',
      'ann,2026-01-08,1,3',
    ]);
    const { spending, report, frequency } = await customerHistory(orders, { ...columns, pieces: 'pieces' });
    expect([spending!.total[0], spending!.mean[0], spending!.refunded[0], frequency[0]]).toEqual([13, 3, 2, 1]);
    // A row of 0 pieces is nothing.
    expect(report).toMatchObject({ counted: 2, refunds: 1, lacking: 1 });
  });

  test('ends on the last day of the record by itself, and knows no future then', async () => {
    const history = await customerHistory(ordersOf(lines), columns);
    expect(history.until).toBe(Date.UTC(2026, 1, 10));
    expect([history.length, history.future]).toEqual([3, undefined]);
  });

  test('of one customer with one purchase is one of age 0', async () => {
    const { frequency, recency, age } = await customerHistory(ordersOf(['ann,2026-01-05,1,1']), columns);
    expect([[...frequency], [...recency], [...age]]).toEqual([[0], [0], [0]]);
  });

  test('takes the id that stands for all unknown ones for nobody', async () => {
    const who = idColumn({ vocabulary: createVocabulary(['ann'], { hasUnknown: true }) });
    const csv = 'who,when\nann,2026-01-05\nbob,2026-01-06\ncid,2026-01-09\nann,2026-01-12\n';
    const orders = parseTable(csv, { who, when: timeColumn() });
    const { length, report } = await customerHistory(orders, { customer: 'who', time: 'when' });
    expect([length, report.lacking]).toEqual([1, 2]);
  });

  test('knows returns by their pieces, also without money', async () => {
    const orders = ordersOf(['ann,2026-01-05,1,4', 'ann,2026-01-12,1,-4', 'ann,2026-01-19,1,1']);
    const pieces = { customer: 'who', time: 'when', pieces: 'pieces' } as const;
    const { frequency, report, spending } = await customerHistory(orders, pieces);
    expect([frequency[0], report.refunds, spending]).toEqual([1, 1, undefined]);
  });

  test('without money knows of none', async () => {
    const { spending } = await customerHistory(ordersOf(lines), { customer: 'who', time: 'when' });
    expect(spending).toBeUndefined();
  });
});

describe('what is refused', () => {
  test.each([
    [
      'a horizon that is not recorded yet',
      { until, horizon: 2 },
      /`horizon` must end within the record: at most 1.14 units/,
    ],
    ['a horizon of 0', { until, horizon: 0 }, /`horizon` must be a positive number/],
    ['a horizon of less than a day', { until, horizon: 0.01 }, /`horizon` must be a day or more/],
    [
      'a date before the first purchase',
      { until: Date.UTC(2025, 1, 1) },
      /`until` must be on or after the first purchase/,
    ],
    ['a date that is none', { until: Number.NaN }, /`until` must be a finite number/],
    ['another unit', { unit: 'year' as 'week' }, /`unit` must be one of 'day', 'week', 'month'/],
    ['a column that is not there', { customer: 'whom' as 'who' }, /`customer` must name a column of the table/],
    ['a column of another kind', { time: 'paid' as 'when' }, /`time` must name a column read with timeColumn/],
  ])('%s', async (_, options, message) => {
    await expect(customerHistory(ordersOf(lines), { ...columns, ...options })).rejects.toThrow(message);
  });

  test('nothing but refunds', async () => {
    const refunds = ordersOf(['ann,2026-01-05,-1,1']);
    await expect(customerHistory(refunds, columns)).rejects.toThrow(/`orders` must have a row that is no refund/);
  });
});
