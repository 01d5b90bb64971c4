import { millisecondsOfDay } from '../../data/orders/days.js';
import type { Columns } from '../../data/table/column.js';
import type { Table } from '../../data/table/table.js';
import { restoreVocabularyInPieces } from '../../data/vocabulary.js';
import { piecemeal } from '../../internal/pieces.js';
import { refuse } from '../../internal/require.js';
import { pauseFor } from '../../internal/signal.js';
import type { CustomerHistory } from './history.js';
import { type CustomerHistoryOptions, daysOf, requireHistoryOptions } from './history-options.js';
import { type CustomerDay, type PurchaseDays, readPurchaseDays } from './purchase-days.js';

/**
 * What is known of each customer at a date, and, with a `horizon`, what they did after it: the numbers that models of repeat buying
 * and of churn take.
 *
 *     frequency   days with a purchase up to `until`, less the first one
 *     recency     (last of these days - first day) / unit: how old the customer was at the last purchase
 *     age         (day of `until` - first day) / unit
 *     spending    mean of a purchase day behind the first, sum of all, refunds
 *
 * Days are what counts: two orders of one day are one purchase. Rows below 0 are refunds: they make no purchase and take none
 * away, and their money stands by itself. Days are those of the times as they are written (UTC). Customers whose first purchase lies
 * after `until` are left out, and nothing after `until` enters anything but `future`.
 *
 * @param orders - A row for each order line, in any order.
 * @param options - Which columns say what, and the date.
 * @returns The customers with a purchase up to `until`, in the order of the column's vocabulary.
 * @throws RangeError when a column is not there or of another kind, nobody bought up to `until`, `until` with the `horizon` lies
 *   beyond the last row (what is not recorded yet would count as churn), or an option is wrong.
 * @see Fader, Hardie and Lee, "Counting Your Customers the Easy Way" (2005)
 * @example
 * const csv = 'who,when,paid\nann,2026-01-05,10\nann,2026-01-05,5\nann,2026-01-19,20\nbob,2026-01-12,8\nbob,2026-02-20,9\n';
 * const orders = parseTable(csv, { who: idColumn(), when: timeColumn(), paid: moneyColumn() });
 * const columns = { customer: 'who', time: 'when', money: 'paid' } as const;
 * const history = await customerHistory(orders, { ...columns, until: Date.UTC(2026, 0, 26), horizon: 3 });
 * [...history.frequency]; // [1, 0]
 * [...history.recency]; // [2, 0]
 * [...history.age]; // [3, 2]
 * [...history.future!.purchases]; // [0, 0]: the purchase of 20 February is later
 */
export async function customerHistory<C extends Columns, N extends keyof C & string>(
  orders: Table<C>,
  options: CustomerHistoryOptions<C, N>,
): Promise<CustomerHistory> {
  const where = 'customerHistory';
  requireHistoryOptions(where, options);
  const { horizon, unit = 'week', signal } = options;
  const pause = pauseFor(where, signal);
  const record = await readPurchaseDays(where, orders, options, pause);
  const until = options.until === undefined ? record.last : Math.floor(options.until / millisecondsOfDay);
  const end = endOf(where, record, until, horizon, daysOf(unit));
  const known = record.days.flatMap((days, code) => (isKnown(days, until) ? [code] : []));
  if (known.length === 0)
    refuse(where, 'until', 'be on or after the first purchase', new Date(until * millisecondsOfDay).toISOString());
  const later = record.days.filter((days) => days.some(({ lines }) => lines > 0)).length - known.length;
  const span = { until, end, unitDays: daysOf(unit) };
  const { spending, future, ...columns } = await columnsOf(record, known, span, pause);
  requireMoney(where, [spending.total, spending.refunded, ...(future.money ? [future.money] : [])]);
  const ids = known.map((code) => record.vocabulary.idAt(code)!);
  return {
    length: known.length,
    customers: await piecemeal(restoreVocabularyInPieces({ ids, hasUnknown: false }), pause),
    unit,
    until: until * millisecondsOfDay,
    ...columns,
    ...(record.hasMoney && { spending }),
    ...(options.categories && { categories: categoriesOf(record, known, until) }),
    ...(horizon !== undefined && { future: { ...future, horizon } }),
    report: { ...record.counts, customers: known.length, later },
  };
}

/** Days from 1970 on, and how many make a unit. */
interface Span {
  readonly until: number;
  readonly end: number;
  readonly unitDays: number;
}

async function columnsOf(record: PurchaseDays, known: readonly number[], span: Span, pause: () => Promise<void>) {
  const table = emptyColumns(known.length);
  for (const [row, code] of known.entries()) {
    if (row % 2 ** 10 === 0) await pause();
    fillRow(table, row, record.days[code]!, span);
  }
  const { spent, money, refunded, futurePurchases, futureMoney, ...columns } = table;
  const future = { purchases: futurePurchases, ...(record.hasMoney && { money: futureMoney }) };
  return { ...columns, spending: { mean: money, total: spent, refunded }, future };
}

// A category that was first said behind the date is not known at it.
function categoriesOf({ categories }: PurchaseDays, known: readonly number[], until: number) {
  const entries = categories.map(({ name, vocabulary, codes, times }) => {
    const isKnown = (customer: number) => Math.floor(times[customer]! / millisecondsOfDay) <= until;
    return [
      name,
      { vocabulary, codes: Int32Array.from(known, (each) => (isKnown(each) ? codes[each]! : -1)) },
    ] as const;
  });
  return Object.fromEntries(entries);
}

// Of finite prices and pieces a product or a sum may be infinite.
function requireMoney(where: string, columns: readonly Float64Array[]): void {
  const wrong = columns.flatMap((column) => column.find((sum) => !Number.isFinite(sum)) ?? []);
  if (wrong.length > 0) refuse(where, 'orders', 'bring each customer money whose sum a number can hold', wrong[0]);
}

function endOf(
  where: string,
  { last }: PurchaseDays,
  until: number,
  horizon: number | undefined,
  unitDays: number,
): number {
  if (horizon === undefined) return until;
  const end = until + Math.round(horizon * unitDays);
  if (end === until) refuse(where, 'horizon', 'be a day or more', horizon);
  if (end > last) {
    const most = Math.max(0, (last - until) / unitDays);
    const rule = `end within the record: at most ${Math.floor(100 * most) / 100} units lie between \`until\` and the last row`;
    refuse(where, 'horizon', rule, horizon);
  }
  return end;
}

function isKnown(days: readonly CustomerDay[], until: number): boolean {
  const first = days.find(({ lines }) => lines > 0);
  return first !== undefined && first.day <= until;
}

function emptyColumns(length: number) {
  const column = () => new Float64Array(length);
  return {
    frequency: column(),
    recency: column(),
    age: column(),
    recent: column(),
    lines: column(),
    money: column(),
    spent: column(),
    refunded: column(),
    futurePurchases: column(),
    futureMoney: column(),
  };
}

function fillRow(
  to: ReturnType<typeof emptyColumns>,
  row: number,
  days: readonly CustomerDay[],
  { until, end, unitDays }: Span,
): void {
  const purchases = days.filter(({ lines }) => lines > 0);
  const known = purchases.filter(({ day }) => day <= until);
  const future = purchases.filter(({ day }) => day > until && day <= end);
  const [first, last] = [known[0]!.day, known.at(-1)!.day];
  to.frequency[row] = known.length - 1;
  to.recency[row] = (last - first) / unitDays;
  to.age[row] = (until - first) / unitDays;
  to.recent[row] = known.filter(({ day }) => day > until - recentDays).length;
  to.lines[row] = sumOf(known, 'lines') / known.length;
  to.spent[row] = sumOf(known, 'bought');
  to.money[row] = known.length > 1 ? sumOf(known.slice(1), 'bought') / (known.length - 1) : 0;
  to.refunded[row] = sumOf(
    days.filter(({ day }) => day <= until),
    'refunded',
  );
  to.futurePurchases[row] = future.length;
  to.futureMoney[row] = sumOf(future, 'bought');
}

/** A quarter of a year. */
const recentDays = 91;

function sumOf(days: readonly CustomerDay[], what: 'lines' | 'bought' | 'refunded'): number {
  return days.reduce((sum, day) => sum + day[what], 0);
}
