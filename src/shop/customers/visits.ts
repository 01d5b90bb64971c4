import { fewestDays, millisecondsOfDay, mostDays } from '../../data/orders/days.js';
import { idsOf, numbersOf, timesOf } from '../../data/orders/order-columns.js';
import { requireOrdersKept } from '../../data/orders/order-rows.js';
import type { CodedColumn, CountColumn, NumberColumn, TimeColumn } from '../../data/table/column.js';
import { requireTable } from '../../data/table/require-rows.js';
import type { Table } from '../../data/table/table.js';
import { refuse } from '../../internal/require.js';
import type { CustomerReport } from './customer-options.js';

/** A visit: what a customer ordered on one day. */
export interface Visit {
  /** Counted from the first day of the table. */
  readonly day: number;
  /** Milliseconds from the begin of the day to the first order line. */
  readonly clock: number;
  /** Index of each line's product. */
  readonly products: readonly number[];
  /** Pieces of each line; 1 where there is no column of them. */
  readonly pieces: readonly number[];
  /** Price of each line; 0 where there is no column of them. */
  readonly prices: readonly number[];
}

/** The customers of a table of orders, and their visits. */
export interface Customers {
  /** For each customer the visits, the first first. */
  readonly visits: readonly (readonly Visit[])[];
  /** When the first day begins. */
  readonly start: number;
  readonly days: number;
  /** `[days]`: visits of all customers. */
  readonly busy: Float64Array;
  readonly source: OrderSource;
  readonly report: CustomerReport;
}

/** The columns of a table of orders. */
export interface OrderSource {
  readonly rows: number;
  readonly customer: CodedColumn;
  readonly product: CodedColumn;
  readonly time: TimeColumn;
  readonly pieces: CountColumn | NumberColumn | undefined;
  readonly price: CountColumn | NumberColumn | undefined;
}

/** How the columns are named. */
export interface Named {
  readonly customer: string;
  readonly product: string;
  readonly time: string;
  readonly pieces?: string | undefined;
  readonly price?: string | undefined;
}

type Pause = () => Promise<void>;

const fewestCustomers = 2;

/** Gathers the visits of a table, and refuses a table from which nothing can be learned. */
export async function readCustomers(
  where: string,
  table: Table,
  named: Named,
  pause: Pause,
  argument = 'orders',
): Promise<Customers> {
  requireTable(where, table, argument);
  const source = sourceOf(where, table, named);
  const tally = { counted: 0, returns: 0, lacking: 0 };
  const rowsOf: number[][] = Array.from({ length: source.customer.vocabulary.size }, () => []);
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let row = 0; row < source.rows; row += 1) {
    if (row % 2 ** 12 === 0) await pause();
    const fate = fateOf(source, row);
    tally[fate] += 1;
    if (fate !== 'counted') continue;
    rowsOf[source.customer.codes[row]!]!.push(row);
    low = Math.min(low, source.time.values[row]!);
    high = Math.max(high, source.time.values[row]!);
  }
  const own = rowsOf.filter((rows) => rows.length > 0);
  if (own.length < fewestCustomers) {
    const lost = `${own.length} (rows without something: ${tally.lacking}, returns: ${tally.returns})`;
    refuse(where, argument, `have orders of at least ${fewestCustomers} customers`, lost);
  }
  requireOrdersKept(where, argument, source.rows, tally);
  const first = Math.floor(low / millisecondsOfDay);
  const days = Math.floor(high / millisecondsOfDay) - first + 1;
  if (days < fewestDays || days > mostDays) {
    refuse(where, argument, `span ${fewestDays} to ${mostDays} days, so that each weekday came twice`, days);
  }
  const visits: Visit[][] = [];
  const busy = new Float64Array(days);
  for (const rows of own) {
    await pause();
    const found = visitsOf(source, rows, first);
    for (const { day } of found) busy[day]! += 1;
    visits.push(found);
  }
  const count = visits.reduce((sum, each) => sum + each.length, 0);
  const report = { rows: source.rows, ...tally, customers: own.length, visits: count };
  return { visits, start: first * millisecondsOfDay, days, busy, source, report };
}

function sourceOf(where: string, { columns, length: rows }: Table, named: Named): OrderSource {
  const numbers = (option: 'pieces' | 'price') =>
    named[option] === undefined ? undefined : numbersOf(where, columns, option, named[option], rows);
  return {
    rows,
    customer: idsOf(where, columns, 'customer', named.customer, rows),
    product: idsOf(where, columns, 'product', named.product, rows),
    time: timesOf(where, columns, 'time', named.time, rows),
    pieces: numbers('pieces'),
    price: numbers('price'),
  };
}

function fateOf({ customer, product, time, pieces, price }: OrderSource, row: number) {
  const units = pieces ? pieces.values[row]! : 1;
  const isWhole =
    customer.codes[row]! >= 0 &&
    product.codes[row]! >= 0 &&
    !Number.isNaN(time.values[row]! + (price?.values[row] ?? 0));
  if (!isWhole || Number.isNaN(units) || units === 0) return 'lacking';
  return units < 0 ? 'returns' : 'counted';
}

function visitsOf({ product, time, pieces, price }: OrderSource, rows: readonly number[], first: number): Visit[] {
  const sorted = [...rows].sort((one, other) => time.values[one]! - time.values[other]!);
  const found: Visit[] = [];
  let from = 0;
  while (from < sorted.length) {
    const day = Math.floor(time.values[sorted[from]!]! / millisecondsOfDay);
    let to = from;
    while (to < sorted.length && time.values[sorted[to]!]! < (day + 1) * millisecondsOfDay) to += 1;
    const lines = sorted.slice(from, to);
    found.push({
      day: day - first,
      clock: time.values[lines[0]!]! - day * millisecondsOfDay,
      products: lines.map((row) => product.codes[row]!),
      pieces: lines.map((row) => (pieces ? pieces.values[row]! : 1)),
      prices: lines.map((row) => (price ? price.values[row]! : 0)),
    });
    from = to;
  }
  return found;
}
