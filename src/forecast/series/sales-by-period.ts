import type { NamesOf } from '../../data/interactions/interaction-options.js';
import { millisecondsOfDay } from '../../data/orders/days.js';
import {
  datesOf,
  type OrderRows,
  orderRowsOf,
  type PlaceOfTime,
  requireProducts,
  requireSpan,
  requireSums,
  tallyOrders,
  timesSpanned,
  visitOrders,
} from '../../data/orders/order-rows.js';
import type { CodedColumn, Columns, CountColumn, NumberColumn, TimeColumn } from '../../data/table/column.js';
import { requireTable } from '../../data/table/require-rows.js';
import type { Table } from '../../data/table/table.js';
import type { Id, Vocabulary } from '../../data/vocabulary.js';
import { type OptionNames, requireGivenOptions } from '../../internal/options.js';
import { refuse } from '../../internal/require.js';
import { pauseFor } from '../../internal/signal.js';
import { type Period, periodNumber, requirePeriod, startOf } from './calendar.js';
import { type PeriodSales, periodSales } from './period-sales.js';

/** Options of {@link salesByPeriod}: which columns say what, and what is counted. */
export interface SalesByPeriodOptions<C extends Columns = Columns> {
  /** Column of the products' ids. */
  readonly product: NamesOf<C, CodedColumn>;
  /** Column of the times. */
  readonly time: NamesOf<C, TimeColumn>;
  /** Column of what is added up: pieces, or money. Default: each row is one piece. */
  readonly pieces?: NamesOf<C, CountColumn | NumberColumn>;
  /** How long a period is. Default `'week'`. */
  readonly period?: Period;
  /** The products to count, in this order. Default: all that sold in these periods. */
  readonly products?: Iterable<Id>;
  /**
   * A time in the first period, in milliseconds since 1970: it is then taken for whole. Default: the first period that the rows fill
   * from its first day on.
   */
  readonly from?: number;
  /** A time in the last period, which is then taken for whole. Default: the last period that the rows fill up to its last day. */
  readonly to?: number;
  /** Stops the work; it then rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

/** What became of the rows. */
export interface PeriodSalesReport {
  /** Rows of the table. */
  readonly rows: number;
  /** Rows that were counted. */
  readonly counted: number;
  /** Rows of less than 0: goods that came back are no sales, and what they were bought for was one. */
  readonly returns: number;
  /** Rows without product, time or pieces. */
  readonly lacking: number;
  /** Rows of other products. */
  readonly otherProducts: number;
  /** Rows of other periods, those of a first and last period that the table holds a part of among them. */
  readonly otherPeriods: number;
  /** Whether a first period was left out of which the table holds a part. */
  readonly isFirstPartial: boolean;
  /** Whether a last period was left out of which the table holds a part. */
  readonly isLastPartial: boolean;
  /** Products of the column, or of those asked for, without a sale in these periods. */
  readonly neverSold: readonly Id[];
  /** Periods in which nothing was sold of any product. */
  readonly emptyPeriods: number;
}

/** Sales by period, and what became of the rows. */
export interface RecordedSales extends PeriodSales {
  /** What became of the rows. */
  readonly report: PeriodSalesReport;
}

const names: OptionNames<SalesByPeriodOptions> = {
  product: true,
  time: true,
  pieces: true,
  period: true,
  products: true,
  from: true,
  to: true,
  signal: true,
};

const where = 'salesByPeriod';
const mostCells = 2 ** 26;

/**
 * Counts what was sold of each product, period by period, from a table of orders.
 *
 * The rows may come in any order; what a product sold in one period is added up, and a period without a row is a period without
 * sales. A product counts from the period of its first sale: before that it is taken for not on sale, and what is asked for after
 * its last sale is 0. The periods are those that the rows fill: of a first and a last one that the table holds a part of, too little
 * would be counted, so they are left out, and `report` says so. A shop that is closed on Sundays gives `to`, or its last week is taken for a part.
 * Periods are those of UTC: for the days of a shop elsewhere read its times as they are written, without a `zone`.
 *
 * @param orders - A row for each order line.
 * @returns The sales. What was asked for while a product was sold out is in no table of orders.
 * @throws RangeError when a column is not there or of another kind, no row is left, no period is whole, a product is unknown, the periods are
 *   more than 36,525 (one wrong date is enough) or periods times products more than 67,108,864.
 * @example
 * const csv = 'product,pieces,time\ntea,2,2026-03-02\nmug,1,2026-03-10\ntea,6,2026-03-04\ntea,3,2026-03-22\ntea,1,2026-03-24\n';
 * const orders = parseTable(csv, { product: idColumn(), pieces: countColumn(), time: timeColumn() });
 * const sales = await salesByPeriod(orders, { product: 'product', time: 'time', pieces: 'pieces', period: 'week' });
 * sales.series('tea'); // [8, 0, 3]
 * sales.series('mug'); // [1, 0]
 * sales.report.isLastPartial; // true
 */
export async function salesByPeriod<C extends Columns>(
  orders: Table<C>,
  options: SalesByPeriodOptions<C>,
): Promise<RecordedSales> {
  requireGivenOptions(where, options, names);
  const { period = 'week' } = options;
  const pause = pauseFor(where, options.signal);
  requirePeriod(where, period);
  requireTable(where, orders, 'orders');
  const source = orderRowsOf(where, orders, options);
  const span = await findSpan(source, period, options, pause);
  const { vocabulary } = source.product;
  const wanted = requireProducts(where, options.products, vocabulary);
  const { fates, rowsOf, products } = await tallyOrders(
    where,
    source,
    { placeOf: periodIn(span), wanted, outside: 'otherPeriods' },
    pause,
  );
  const known = vocabulary.toJSON().ids;
  const counts = await fillPeriods(source, span, products, pause);
  const neverSold = (wanted?.toJSON().ids ?? known).filter((id) => rowsOf[vocabulary.indexOf(id)] === 0);
  const { isFirstPartial, isLastPartial } = span;
  return {
    ...periodSales({ ...counts, products, periods: span.periods, period, start: startOf(period, span.first) }),
    report: {
      ...{ rows: source.rows, ...fates, isFirstPartial, isLastPartial, neverSold },
      emptyPeriods: emptyPeriods(counts.sales, span.periods),
    },
  };
}

interface Span {
  readonly period: Period;
  /** The number of the first period. */
  readonly first: number;
  readonly periods: number;
  readonly isFirstPartial: boolean;
  readonly isLastPartial: boolean;
}

type Pause = () => Promise<void>;

async function findSpan(
  source: OrderRows,
  period: Period,
  { from, to }: Pick<SalesByPeriodOptions, 'from' | 'to'>,
  pause: Pause,
): Promise<Span> {
  const times = await timesSpanned(where, source, { from, to }, pause);
  const { low, high } = times;
  const [start, end] = [periodNumber(period, times.start), periodNumber(period, times.end)];
  const isFirstPartial = from === undefined && dayOf(low) > dayOf(startOf(period, start));
  const isLastPartial = to === undefined && dayOf(high) < dayOf(startOf(period, end + 1) - 1);
  const first = start + (isFirstPartial ? 1 : 0);
  const periods = end - (isLastPartial ? 1 : 0) - first + 1;
  requireSpan(where, end - start + 1, `periods`, times);
  if (periods < 1) {
    const rule = `fill a whole ${period}: give \`from\` and \`to\` where the shop was closed on its first or last days`;
    refuse(where, 'orders', rule, datesOf(low, high));
  }
  return { period, first, periods, isFirstPartial, isLastPartial };
}

function dayOf(time: number): number {
  return Math.floor(time / millisecondsOfDay);
}

function periodIn({ period, first, periods }: Span): PlaceOfTime {
  return (time) => {
    const at = periodNumber(period, time) - first;
    return at < periods ? at : -1;
  };
}

async function fillPeriods(source: OrderRows, span: Span, products: Vocabulary, pause: Pause) {
  const { periods } = span;
  const cells = periods * products.size;
  if (cells > mostCells)
    refuse(where, 'products', `be so few that periods times products are at most ${mostCells}`, cells);
  const [sales, onSale] = [new Float64Array(cells), new Int32Array(products.size).fill(periods)];
  await visitOrders(
    source,
    periodIn(span),
    products,
    ({ at, product, pieces }) => {
      if (product < 0) return;
      sales[product * periods + at]! += pieces;
      onSale[product] = Math.min(onSale[product]!, at);
    },
    pause,
  );
  await requireSums(where, sales, pause);
  // What never sold is on sale all the time, for all that is known.
  return { sales, onSale: onSale.map((at) => (at === periods ? 0 : at)) };
}

function emptyPeriods(sales: Float64Array, periods: number): number {
  const isFilled = new Uint8Array(periods);
  for (let cell = 0; cell < sales.length; cell += 1) if (sales[cell]! > 0) isFilled[cell % periods] = 1;
  return isFilled.reduce((sum, filled) => sum + 1 - filled, 0);
}
