import {
  customerHistory,
  customerSegments,
  demandByDay,
  gammaGamma,
  idColumn,
  logisticChurn,
  nbd,
  numberColumn,
  parseTable,
  salesByPeriod,
  timeColumn,
} from 'minimart';
import { expect, test } from 'vitest';
import { historyOf } from './made-customers.js';

const kinds = { who: idColumn(), time: timeColumn(), pieces: numberColumn(), price: numberColumn() };
const columns = { customer: 'who', time: 'time', pieces: 'pieces', money: 'price' } as const;

/** Forty customers who buy on two days each. */
function orders(pieces: string, price: string) {
  const rows = Array.from({ length: 80 }, (_, row) => {
    const time = new Date(Date.UTC(2026, 0, 1 + (row % 40) + (row < 40 ? 0 : 20 + (row % 7)))).toISOString();
    return `c${row % 40},${time},${pieces},${price}`;
  });
  return parseTable(`who,time,pieces,price\n${rows.join('\n')}\n`, kinds);
}

const made = historyOf(Array.from({ length: 60 }, (_, row) => [row % 4, row % 4 ? 2 + (row % 5) : 0, 9 + (row % 7)]));
const money = new Float64Array(60).fill(3).map((value, row) => value + (row % 9));
const spending = { mean: money, total: money, refunded: new Float64Array(60) };
const future = { horizon: 4, purchases: Float64Array.from(money.keys(), (row) => row % 2) };

// Each of these gave NaN, infinity or a churn of nobody without a word.
const refused: readonly (readonly [string, () => Promise<unknown>, RegExp])[] = [
  [
    'prices whose sums are infinite',
    () => customerHistory(orders('1e300', '1e300'), columns),
    /customerHistory: `orders` must bring each customer money whose sum a number can hold, received Infinity/,
  ],
  [
    'refunds whose sums are',
    () =>
      customerHistory(
        parseTable(`who,time,pieces,price\na,2026-01-01,1,2\na,2026-01-02,-1e300,1e300\n`, kinds),
        columns,
      ),
    /`orders` must bring each customer money/,
  ],
  [
    'money of customers who are all alike, however much',
    async () => gammaGamma(await customerHistory(orders('1', '1e307'), columns)),
    /gammaGamma: `history` must show spending to which gamma-gamma applies, received 'the likelihood rises until/,
  ],
  [
    'ages in which one does',
    () => nbd(historyOf(Array.from({ length: 20 }, () => [1e308, 1, 1e308]))),
    /nbd: `history` must hold numbers whose likelihood can be computed/,
  ],
  [
    'money that is NaN',
    () => customerSegments({ ...made, spending: { ...spending, total: money.map(() => Number.NaN) } }, { segments: 2 }),
    /`history.spending.total\[0\]` must be a finite number/,
  ],
  [
    'money of fewer customers',
    () => logisticChurn({ ...made, future, spending: { ...spending, mean: money.slice(1) } }),
    /`history.spending.mean` must hold 60 numbers/,
  ],
  [
    'a future that is NaN',
    () => logisticChurn({ ...made, future: { horizon: 4, purchases: money.map(() => Number.NaN) } }),
    /`history.future.purchases\[0\]` must be a number >= 0/,
  ],
  [
    'a future without purchases',
    () => logisticChurn({ ...made, future: { horizon: 4 } as never }),
    /`history` must say what came after it/,
  ],
  [
    'a future of no time',
    () => logisticChurn({ ...made, future: { ...future, horizon: 0 } }),
    /`history.future.horizon` must be a positive number/,
  ],
  [
    'pieces whose sum is infinite, by week',
    () =>
      salesByPeriod(orders('1.7e308', '1'), {
        product: 'who',
        time: 'time',
        pieces: 'pieces',
        period: 'month',
        from: Date.UTC(2026, 0, 1),
        to: Date.UTC(2026, 3, 30),
      }),
    /salesByPeriod: `orders` must have pieces whose sums a number can hold, and their squares, received/,
  ],
  [
    'pieces whose sum is infinite, by day',
    () =>
      demandByDay(parseTable('who,time,pieces,price\na,2026-01-01,1e308,2\na,2026-01-01,1e308,2\n', kinds), {
        product: 'who',
        time: 'time',
        pieces: 'pieces',
      }),
    /demandByDay: `orders` must have pieces whose sums/,
  ],
];

test.each(refused)('%s are refused', async (_, run, message) => {
  await expect(run()).rejects.toThrow(message);
});

test('a last day before the first is refused alike, by day and by period', async () => {
  const span = { product: 'who', time: 'time', from: Date.UTC(2026, 5, 1), to: Date.UTC(2026, 0, 1) } as const;
  const rule = '`to` must not lie before `from`, or before the first row, received 1767225600000 (number).';
  await expect(demandByDay(orders('1', '1'), span)).rejects.toThrow(`demandByDay: ${rule}`);
  await expect(salesByPeriod(orders('1', '1'), span)).rejects.toThrow(`salesByPeriod: ${rule}`);
});
