import type { NamesOf } from '../../data/interactions/interaction-options.js';
import { millisecondsOfDay, mostDays } from '../../data/orders/days.js';
import { idsOf, numbersOf, timesOf } from '../../data/orders/order-columns.js';
import type { CodedColumn, Columns, CountColumn, NumberColumn, TimeColumn } from '../../data/table/column.js';
import { requireTable } from '../../data/table/require-rows.js';
import type { Table } from '../../data/table/table.js';
import { createVocabulary, type Id, type Vocabulary } from '../../data/vocabulary.js';
import { type OptionNames, requireGivenOptions } from '../../internal/options.js';
import { refuse, requireFinite, requireIds } from '../../internal/require.js';
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
  const source = sourceOf(orders, options);
  const span = await findDays(source, options, pause);
  const wanted = requireProducts(options.products, source.product.vocabulary);
  const tally = await tallyRows(source, span, wanted, pause);
  const products = wanted ?? soldProducts(source.product.vocabulary, tally.rowsOf);
  const { counts, open, prices } = await fillDays(source, span, products, pause);
  const daysWithoutOrders = open.reduce((sum, isOpen) => sum + 1 - isOpen, 0);
  const report = { rows: source.rows, ...tally.report, daysWithoutOrders };
  return {
    ...dailyDemand({ ...counts, products, open, days: span.days, start: span.first * millisecondsOfDay }),
    report,
    ...(prices && { prices }),
  };
}

interface Source {
  readonly rows: number;
  readonly product: CodedColumn;
  readonly time: TimeColumn;
  readonly pieces: CountColumn | NumberColumn | undefined;
  readonly price: CountColumn | NumberColumn | undefined;
}

interface Span {
  /** The first day, counted from 1970-01-01. */
  readonly first: number;
  readonly days: number;
}

type Named = { readonly product: string; readonly time: string; readonly pieces?: string; readonly price?: string };
type Pause = () => Promise<void>;

function sourceOf({ columns, length: rows }: Table, { product, time, ...named }: Named): Source {
  const numbers = (option: 'pieces' | 'price') =>
    named[option] === undefined ? undefined : numbersOf(where, columns, option, named[option], rows);
  return {
    rows,
    product: idsOf(where, columns, 'product', product, rows),
    time: timesOf(where, columns, 'time', time, rows),
    pieces: numbers('pieces'),
    price: numbers('price'),
  };
}

async function findDays(
  { time, rows }: Source,
  { from, to }: Pick<DemandByDayOptions, 'from' | 'to'>,
  pause: Pause,
): Promise<Span> {
  if (from !== undefined) requireFinite(where, 'from', from);
  if (to !== undefined) requireFinite(where, 'to', to);
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let row = 0; row < rows; row += 1) {
    const at = time.values[row]!;
    if (at < low) low = at;
    if (at > high) high = at;
    if (row % 2 ** 14 === 0) await pause();
  }
  const first = Math.floor((from ?? low) / millisecondsOfDay);
  const days = Math.floor((to ?? high) / millisecondsOfDay) - first + 1;
  if (!(low <= high)) refuse(where, 'orders', 'have a row with a time', rows);
  if (!(days >= 1)) refuse(where, 'to', 'not lie before `from`, or before the first row', to ?? high);
  if (days > mostDays) {
    const dates = [low, high].map((each) => (Number.isFinite(each) ? new Date(each).toISOString() : each));
    refuse(
      where,
      'orders',
      `span at most ${mostDays} days: is a date wrong, or are \`from\` and \`to\` to be given`,
      dates,
    );
  }
  return { first, days };
}

function requireProducts(ids: Iterable<Id> | undefined, known: Vocabulary): Vocabulary | undefined {
  if (ids === undefined) return undefined;
  requireIds(where, 'products', ids);
  const wanted = createVocabulary(ids);
  if (wanted.size === 0) refuse(where, 'products', 'name at least one product', 'none');
  for (const id of wanted.toJSON().ids) {
    if (!known.has(id)) refuse(where, 'products', 'be ids of the column of products', id);
  }
  return wanted;
}

type Kept = 'counted' | 'returns' | 'lacking' | 'otherDays';

// What becomes of a row, whatever its product.
function fateOf({ product, time, pieces }: Source, { first, days }: Span, row: number): Kept {
  const units = pieces ? pieces.values[row]! : 1;
  const at = Math.floor(time.values[row]! / millisecondsOfDay) - first;
  if (product.codes[row]! < 0 || Number.isNaN(at) || Number.isNaN(units) || units === 0) return 'lacking';
  if (units < 0) return 'returns';
  return at >= 0 && at < days ? 'counted' : 'otherDays';
}

async function tallyRows(source: Source, span: Span, wanted: Vocabulary | undefined, pause: Pause) {
  const report = { counted: 0, returns: 0, lacking: 0, otherProducts: 0, otherDays: 0 };
  const rowsOf = new Int32Array(source.product.vocabulary.size);
  const isWanted = placesIn(wanted, source.product.vocabulary);
  for (let row = 0; row < source.rows; row += 1) {
    const fate = fateOf(source, span, row);
    const code = source.product.codes[row]!;
    if (fate === 'counted') rowsOf[code]! += 1;
    report[fate === 'counted' && isWanted[code]! < 0 ? 'otherProducts' : fate] += 1;
    if (row % 2 ** 14 === 0) await pause();
  }
  if (report.counted === 0) {
    const reasons = Object.entries(report).filter(([, count]) => count > 0);
    refuse(where, 'orders', 'leave at least one row', reasons.map(([name, count]) => `${name}: ${count}`).join(', '));
  }
  return { report, rowsOf };
}

function soldProducts(known: Vocabulary, rowsOf: Int32Array): Vocabulary {
  const sold: string[] = [];
  rowsOf.forEach((rows, code) => {
    const id = known.idAt(code);
    if (rows > 0 && id !== undefined) sold.push(id);
  });
  return createVocabulary(sold);
}

// For each code of a product its place among those wanted, or -1; without a choice its code.
function placesIn(wanted: Vocabulary | undefined, known: Vocabulary): Int32Array {
  return Int32Array.from({ length: known.size }, (_, code) => {
    const id = known.idAt(code);
    if (!wanted) return code;
    return id === undefined || !wanted.has(id) ? -1 : wanted.indexOf(id);
  });
}

async function fillDays(source: Source, span: Span, products: Vocabulary, pause: Pause) {
  const cells = span.days * products.size;
  if (cells > mostCells)
    refuse(where, 'products', `be so few that days times products are at most ${mostCells}`, cells);
  const places = placesIn(products, source.product.vocabulary);
  const [pieces, lines] = [new Float64Array(cells), new Int32Array(cells)];
  const open = new Uint8Array(span.days);
  const cellOf = new Int32Array(source.rows).fill(-1);
  for (let row = 0; row < source.rows; row += 1) {
    if (row % 2 ** 14 === 0) await pause();
    if (fateOf(source, span, row) !== 'counted') continue;
    const day = Math.floor(source.time.values[row]! / millisecondsOfDay) - span.first;
    open[day] = 1;
    const place = places[source.product.codes[row]!]!;
    if (place < 0) continue;
    const cell = day * products.size + place;
    cellOf[row] = cell;
    lines[cell]! += 1;
    pieces[cell]! += source.pieces ? source.pieces.values[row]! : 1;
  }
  const sizes = await sizesByDay(source, { cellOf, lines, products: products.size, days: span.days }, pause);
  const prices = source.price && (await pricesOfDays(source.price.values, cellOf, cells, pause));
  return { counts: { pieces, lines, sizes }, open, prices };
}

interface Cells {
  readonly cellOf: Int32Array;
  readonly lines: Int32Array;
  readonly products: number;
  readonly days: number;
}

async function sizesByDay(
  source: Source,
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
