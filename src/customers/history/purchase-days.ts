import { millisecondsOfDay } from '../../data/orders/days.js';
import { idsOf, numbersOf, timesOf } from '../../data/orders/order-columns.js';
import { requireOrdersKept } from '../../data/orders/order-rows.js';
import { requireTable } from '../../data/table/require-rows.js';
import type { Table } from '../../data/table/table.js';
import type { Vocabulary } from '../../data/vocabulary.js';
import { refuse } from '../../internal/require.js';
import type { HistorySettings } from './history-options.js';

/** What a customer did on one day. */
export interface CustomerDay {
  /** Counted from 1970-01-01. */
  readonly day: number;
  /** Rows that are no refunds; 0 on a day of refunds alone. */
  lines: number;
  /** What they brought together. */
  bought: number;
  /** What went back, >= 0. */
  refunded: number;
}

/** A category of the customers: for each the row of a purchase that says it first. */
export interface FirstCategory {
  readonly name: string;
  readonly vocabulary: Vocabulary;
  /** By customer of the vocabulary; -1 where no row says one. */
  readonly codes: Int32Array;
  /** When these rows were. */
  readonly times: Float64Array;
}

/** The days of all customers of a table. */
export interface PurchaseDays {
  readonly vocabulary: Vocabulary;
  /** For each customer of the vocabulary the days with a row, the first first. */
  readonly days: readonly (readonly CustomerDay[])[];
  /** The last day with a row of anybody. */
  readonly last: number;
  readonly hasMoney: boolean;
  readonly categories: readonly FirstCategory[];
  readonly counts: { readonly rows: number; counted: number; refunds: number; lacking: number };
}

/** Adds up the rows of each customer and day. Rows may stand in any order. */
export async function readPurchaseDays(
  where: string,
  table: Table,
  options: HistorySettings,
  pause: () => Promise<void>,
): Promise<PurchaseDays> {
  requireTable(where, table, 'orders');
  const { columns, length: rows } = table;
  const numbers = (option: 'money' | 'pieces') =>
    options[option] === undefined ? undefined : numbersOf(where, columns, option, options[option], rows).values;
  const customers = idsOf(where, columns, 'customer', options.customer, rows);
  const times = timesOf(where, columns, 'time', options.time, rows).values;
  const [money, pieces] = [numbers('money'), numbers('pieces')];
  const coded = (options.categories ?? []).map((name) => idsOf(where, columns, 'categories', name, rows));
  const categories = coded.map(({ vocabulary }, place) => ({
    name: options.categories![place]!,
    vocabulary,
    codes: new Int32Array(customers.vocabulary.size).fill(-1),
    times: new Float64Array(customers.vocabulary.size).fill(Number.POSITIVE_INFINITY),
  }));
  const counts = { rows, counted: 0, refunds: 0, lacking: 0 };
  const days = Array.from({ length: customers.vocabulary.size }, () => new Map<number, CustomerDay>());
  let last = Number.NEGATIVE_INFINITY;
  for (let row = 0; row < rows; row += 1) {
    if (row % 2 ** 12 === 0) await pause();
    const day = Math.floor(times[row]! / millisecondsOfDay);
    const amount = (money?.[row] ?? 0) * (pieces?.[row] ?? 1);
    const isRefund = amount < 0 || (pieces?.[row] ?? 1) < 0;
    const code = customers.codes[row]!;
    // An id that stands for all unknown ones is nobody.
    const isNobody = code < 0 || code === customers.vocabulary.unknownIndex;
    if (isNobody || Number.isNaN(day + amount) || pieces?.[row] === 0) {
      counts.lacking += 1;
      continue;
    }
    counts[isRefund ? 'refunds' : 'counted'] += 1;
    addRow(days[code]!, day, amount, isRefund);
    for (const [place, { codes, vocabulary }] of coded.entries()) {
      const says = codes[row]! >= 0 && codes[row] !== vocabulary.unknownIndex;
      if (!isRefund && says) noteFirst(categories[place]!, code, codes[row]!, times[row]!);
    }
    last = Math.max(last, day);
  }
  if (counts.counted === 0) {
    const lost = `none (rows without something: ${counts.lacking}, refunds: ${counts.refunds})`;
    refuse(where, 'orders', 'have a row that is no refund, with customer and time', lost);
  }
  requireOrdersKept(where, 'orders', rows, { returns: counts.refunds, lacking: counts.lacking });
  const sorted: CustomerDay[][] = [];
  for (const own of days) {
    sorted.push([...own.values()].sort((one, other) => one.day - other.day));
    await pause();
  }
  return { vocabulary: customers.vocabulary, days: sorted, last, hasMoney: money !== undefined, categories, counts };
}

function noteFirst({ codes, times }: FirstCategory, customer: number, code: number, time: number): void {
  if (!(time < times[customer]!)) return;
  codes[customer] = code;
  times[customer] = time;
}

function addRow(days: Map<number, CustomerDay>, day: number, amount: number, isRefund: boolean): void {
  const found = days.get(day) ?? { day, lines: 0, bought: 0, refunded: 0 };
  days.set(day, found);
  if (isRefund) {
    found.refunded += Math.abs(amount);
    return;
  }
  found.lines += 1;
  found.bought += amount;
}
