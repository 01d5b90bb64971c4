import type { NamesOf } from '../../data/interactions/interaction-options.js';
import { millisecondsOfDay } from '../../data/orders/days.js';
import { numbersOf } from '../../data/orders/order-columns.js';
import {
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
import { type DailyDemand, dailyDemand } from './daily-demand.js';
import { type DailyPrices, pricesOfDays } from './prices-by-day.js';

/** Options of {@link demandByDay}: which columns say what, and what is counted. */
export interface DemandByDayOptions<C extends Columns = Columns> {
  /** Column of the products' ids. */
  readonly product: NamesOf<C, CodedColumn>;
  /** Column of the times. */
  readonly time: NamesOf<C, TimeColumn>;
  /** Column of pieces. Default: each row asks for one. */
  readonly pieces?: NamesOf<C, CountColumn | NumberColumn>;
  /** Column of the prices of a piece, which {@link learnPriceResponse} needs. Default: none. */
  readonly price?: NamesOf<C, CountColumn | NumberColumn>;
  /** The products to count, in this order. Default: all that were asked for in these days. */
  readonly products?: Iterable<Id>;
  /** A time of the first day, in milliseconds since 1970. Default: the first of the table. */
  readonly from?: number;
  /** A time of the last day, in milliseconds since 1970. Default: the last of the table. */
  readonly to?: number;
  /** Stops the work; it then rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

/** What became of the rows. */
export interface DemandReport {
  /** Rows of the table. */
  readonly rows: number;
  /** Rows that were counted. */
  readonly counted: number;
  /** Rows of fewer than 0 pieces: goods that came back are no demand, and what they were bought for was demand. */
  readonly returns: number;
  /** Rows without product, time or pieces. */
  readonly lacking: number;
  /** Rows of other products. */
  readonly otherProducts: number;
  /** Rows of other days. */
  readonly otherDays: number;
  /** Days without an order of any product. */
  readonly daysWithoutOrders: number;
}

/** Recorded demand, and what became of the rows. */
export interface RecordedDemand extends DailyDemand {
  /** What became of the rows. */
  readonly report: DemandReport;
  /** The prices that were paid. Missing where no column of prices was named. */
  readonly prices?: DailyPrices;
}

const names: OptionNames<DemandByDayOptions> = {
  product: true,
  time: true,
  pieces: true,
  price: true,
  products: true,
  from: true,
  to: true,
  signal: true,
};

const where = 'demandByDay';
const mostCells = 2 ** 26;

/**
 * Counts the demand for products day by day from a table of orders.
 *
 * The rows may come in any order. Rows of fewer than 0 pieces (returns) are left out and counted in `report`, as are rows that lack
 * something; a row whose price is missing or 0 counts as demand, and says nothing of prices. Days are those of UTC: for the days of a
 * shop elsewhere read its times as they are written, without a `zone`. What was asked for while a product was sold out is in no table of
 * orders.
 *
 * @param orders - A row for each order line.
 * @returns The demand; days without an order are in it.
 * @throws RangeError when a column is not there or of another kind, no row is left, a product is unknown, the days are more than 36,525
 *   (one wrong date is enough) or days times products more than 67,108,864.
 * @example
 * const csv = 'product,pieces,time\ntea,2,2026-03-02 09:00\nmug,1,2026-03-02 10:00\ntea,6,2026-03-04 09:00\ntea,-1,2026-03-04 12:00\n';
 * const orders = parseTable(csv, { product: idColumn(), pieces: countColumn(), time: timeColumn() });
 * const demand = await demandByDay(orders, { product: 'product', time: 'time', pieces: 'pieces' });
 * demand.series('tea'); // [2, 0, 6]
 * demand.report.returns; // 1
 */
export async function demandByDay<C extends Columns>(
  orders: Table<C>,
  options: DemandByDayOptions<C>,
): Promise<RecordedDemand> {
  requireGivenOptions(where, options, names);
  const pause = pauseFor(where, options.signal);
  requireTable(where, orders, 'orders');
  const source = orderRowsOf(where, orders, options);
  const price = options.price === undefined ? undefined : pricesOf(orders, options.price);
  const span = await findDays(source, options, pause);
  const wanted = requireProducts(where, options.products, source.product.vocabulary);
  const { fates, products } = await tallyOrders(
    where,
    source,
    { placeOf: dayIn(span), wanted, outside: 'otherDays' },
    pause,
  );
  const { counts, open, prices } = await fillDays({ source, price, span, products }, pause);
  const daysWithoutOrders = open.reduce((sum, isOpen) => sum + 1 - isOpen, 0);
  return {
    ...dailyDemand({ ...counts, products, open, days: span.days, start: span.first * millisecondsOfDay }),
    report: { rows: source.rows, ...fates, daysWithoutOrders },
    ...(prices && { prices }),
  };
}

interface Span {
  /** The first day, counted from 1970-01-01. */
  readonly first: number;
  readonly days: number;
}

type Pause = () => Promise<void>;

function pricesOf({ columns, length }: Table, name: string): CountColumn | NumberColumn {
  return numbersOf(where, columns, 'price', name, length);
}

async function findDays(
  source: OrderRows,
  options: Pick<DemandByDayOptions, 'from' | 'to'>,
  pause: Pause,
): Promise<Span> {
  const times = await timesSpanned(where, source, options, pause);
  const first = Math.floor(times.start / millisecondsOfDay);
  const days = Math.floor(times.end / millisecondsOfDay) - first + 1;
  requireSpan(where, days, 'days', times);
  return { first, days };
}

function dayIn({ first, days }: Span): PlaceOfTime {
  return (time) => {
    const day = Math.floor(time / millisecondsOfDay) - first;
    return day < days ? day : -1;
  };
}

interface Chosen {
  readonly source: OrderRows;
  readonly price: CountColumn | NumberColumn | undefined;
  readonly span: Span;
  readonly products: Vocabulary;
}

async function fillDays({ source, price, span, products }: Chosen, pause: Pause) {
  const cells = span.days * products.size;
  if (cells > mostCells)
    refuse(where, 'products', `be so few that days times products are at most ${mostCells}`, cells);
  const [pieces, lines] = [new Float64Array(cells), new Int32Array(cells)];
  const open = new Uint8Array(span.days);
  const cellOf = new Int32Array(source.rows).fill(-1);
  await visitOrders(
    source,
    dayIn(span),
    products,
    (order) => {
      open[order.at] = 1;
      if (order.product < 0) return;
      const cell = order.at * products.size + order.product;
      cellOf[order.row] = cell;
      lines[cell]! += 1;
      pieces[cell]! += order.pieces;
    },
    pause,
  );
  await requireSums(where, pieces, pause);
  const sizes = await sizesByDay(source, { cellOf, lines, products: products.size, days: span.days }, pause);
  const prices = price && (await pricesOfDays(price.values, cellOf, cells, pause));
  return { counts: { pieces, lines, sizes }, open, prices };
}

interface Cells {
  readonly cellOf: Int32Array;
  readonly lines: Int32Array;
  readonly products: number;
  readonly days: number;
}

async function sizesByDay(
  source: OrderRows,
  { cellOf, lines, products, days }: Cells,
  pause: Pause,
): Promise<Float64Array[]> {
  const next = new Int32Array(lines.length);
  const sizes: Float64Array[] = [];
  for (let product = 0; product < products; product += 1) {
    let sum = 0;
    for (let cell = product; cell < days * products; cell += products) {
      next[cell] = sum;
      sum += lines[cell]!;
    }
    sizes.push(new Float64Array(sum));
    await pause();
  }
  for (let row = 0; row < cellOf.length; row += 1) {
    const cell = cellOf[row]!;
    if (cell >= 0) sizes[cell % products]![next[cell]!++] = source.pieces ? source.pieces.values[row]! : 1;
    if (row % 2 ** 14 === 0) await pause();
  }
  return sizes;
}
