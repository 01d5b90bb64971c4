import { refuse, requireEachId, requireFinite, requireIds } from '../../internal/require.js';
import { requireKept } from '../most-lost.js';
import type { CodedColumn, CountColumn, NumberColumn, TimeColumn } from '../table/column.js';
import type { Table } from '../table/table.js';
import { createVocabulary, type Id, type Vocabulary } from '../vocabulary.js';
import { mostDays } from './days.js';
import { idsOf, numbersOf, timesOf } from './order-columns.js';

type Pause = () => Promise<void>;

/** Rows between two looks at the clock. */
const inPiece = 2 ** 14;

/** Order lines, by the columns that say who sold what and when. */
export interface OrderRows {
  readonly rows: number;
  readonly product: CodedColumn;
  readonly time: TimeColumn;
  /** Without it each row is one piece. */
  readonly pieces: CountColumn | NumberColumn | undefined;
}

/** The columns that options name. */
export function orderRowsOf(
  where: string,
  { columns, length: rows }: Table,
  { product, time, pieces }: { readonly product: string; readonly time: string; readonly pieces?: string },
): OrderRows {
  return {
    rows,
    product: idsOf(where, columns, 'product', product, rows),
    time: timesOf(where, columns, 'time', time, rows),
    pieces: pieces === undefined ? undefined : numbersOf(where, columns, 'pieces', pieces, rows),
  };
}

/** The first and the last time of the rows, and those that options give in their place. */
export async function timesSpanned(
  where: string,
  { time, rows }: OrderRows,
  { from, to }: { readonly from?: number | undefined; readonly to?: number | undefined },
  pause: Pause,
): Promise<{ low: number; high: number; start: number; end: number }> {
  if (from !== undefined) requireFinite(where, 'from', from);
  if (to !== undefined) requireFinite(where, 'to', to);
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let row = 0; row < rows; row += 1) {
    const at = time.values[row]!;
    if (at < low) low = at;
    if (at > high) high = at;
    if (row % inPiece === 0) await pause();
  }
  if (!(low <= high)) refuse(where, 'orders', 'have a row with a time', rows);
  return { low, high, start: from ?? low, end: to ?? high };
}

/** Refuses a first time and a last in the wrong order, and more between them than can be meant. */
export function requireSpan(
  where: string,
  count: number,
  what: string,
  { low, high, end }: { readonly low: number; readonly high: number; readonly end: number },
): void {
  if (!(count >= 1)) refuse(where, 'to', 'not lie before `from`, or before the first row', end);
  if (count > mostDays) {
    const rule = `span at most ${mostDays} ${what}: is a date wrong, or are \`from\` and \`to\` to be given`;
    refuse(where, 'orders', rule, datesOf(low, high));
  }
}

/** Sums of pieces whose squares a number can hold, and the sum of many: there is no variance of more. */
export const mostPieces = 1e150;

/** Refuses pieces of which some sum is beyond {@link mostPieces}. */
export async function requireSums(where: string, sums: Float64Array, pause: Pause): Promise<void> {
  for (let from = 0; from < sums.length; from += inPiece) {
    const wrong = sums.subarray(from, from + inPiece).find((sum) => !(sum <= mostPieces));
    if (wrong !== undefined)
      refuse(where, 'orders', 'have pieces whose sums a number can hold, and their squares', wrong);
    await pause();
  }
}

/** Times as dates, for errors. */
export function datesOf(...times: readonly number[]): readonly (string | number)[] {
  return times.map((each) => (Math.abs(each) <= 8.64e15 ? new Date(each).toISOString() : each));
}

/** The products that an option names, all of which the column must know. */
export function requireProducts(
  where: string,
  ids: Iterable<Id> | undefined,
  known: Vocabulary,
): Vocabulary | undefined {
  if (ids === undefined) return undefined;
  requireIds(where, 'products', ids);
  const list = [...ids];
  requireEachId(where, 'products', list);
  const wanted = createVocabulary(list);
  if (wanted.size === 0) refuse(where, 'products', 'name at least one product', 'none');
  for (const id of wanted.toJSON().ids) {
    if (!known.has(id)) refuse(where, 'products', 'be ids of the column of products', id);
  }
  return wanted;
}

/** For each code of a product its place among others, or -1. */
export function placesIn(products: Vocabulary, known: Vocabulary): Int32Array {
  return Int32Array.from(known.toJSON().ids, (id) => (products.has(id) ? products.indexOf(id) : -1));
}

/** Tells the day, or whichever stretch of time is counted, from a time: 0 and more, or -1 outside. */
export type PlaceOfTime = (time: number) => number;

type Fate = 'counted' | 'returns' | 'lacking' | 'outside';

function fateOf({ product, time, pieces }: OrderRows, placeOf: PlaceOfTime, row: number): Fate {
  const units = piecesOf(pieces, row);
  const at = time.values[row]!;
  if (product.codes[row]! < 0 || !Number.isFinite(at) || !Number.isFinite(units) || units === 0) return 'lacking';
  if (units < 0) return 'returns';
  return placeOf(at) < 0 ? 'outside' : 'counted';
}

function piecesOf(pieces: OrderRows['pieces'], row: number): number {
  return pieces ? pieces.values[row]! : 1;
}

/**
 * Counts what becomes of the rows, and how many of each product are counted. At least one must be. `products` are those that are wanted, or
 * else those that were sold.
 *
 * @param outside - What rows of other times are called.
 */
export async function tallyOrders<Outside extends string>(
  where: string,
  source: OrderRows,
  {
    placeOf,
    wanted,
    outside,
  }: { readonly placeOf: PlaceOfTime; readonly wanted: Vocabulary | undefined; readonly outside: Outside },
  pause: Pause,
) {
  const tally = { counted: 0, returns: 0, lacking: 0, otherProducts: 0, outside: 0 };
  const { vocabulary } = source.product;
  const places = wanted && placesIn(wanted, vocabulary);
  const rowsOf = new Int32Array(vocabulary.size);
  for (let row = 0; row < source.rows; row += 1) {
    const fate = fateOf(source, placeOf, row);
    const code = source.product.codes[row]!;
    if (fate === 'counted') rowsOf[code]! += 1;
    tally[fate === 'counted' && places && places[code]! < 0 ? 'otherProducts' : fate] += 1;
    if (row % inPiece === 0) await pause();
  }
  const { outside: elsewhere, ...rest } = tally;
  const fates = { ...rest, [outside]: elsewhere } as typeof rest & Record<Outside, number>;
  if (fates.counted === 0) {
    const reasons = Object.entries(fates).filter(([, count]) => count > 0);
    refuse(where, 'orders', 'leave at least one row', reasons.map(([name, count]) => `${name}: ${count}`).join(', '));
  }
  requireOrdersKept(where, 'orders', source.rows, { returns: tally.returns, lacking: tally.lacking });
  const products = wanted ?? createVocabulary(vocabulary.toJSON().ids.filter((_, code) => rowsOf[code]! > 0));
  return { fates, rowsOf, products };
}

/**
 * Refuses a table of which most rows are no sales: sales are written below 0 in some systems, and a column that is empty in most rows
 * is hardly the right one. Who means it reads these columns with `missing: 'skip'`.
 */
export function requireOrdersKept(
  where: string,
  argument: string,
  rows: number,
  lost: { readonly returns: number; readonly lacking: number },
): void {
  const why = () => `rows below 0: ${lost.returns}, rows without a value: ${lost.lacking}`;
  const way = "who means it leaves them out by `missing: 'skip'` of a column";
  requireKept(where, argument, { rows, lost: lost.returns + lost.lacking, why, way });
}

/** Goes through the rows that are counted, those of other products too: their `product` is -1. */
export async function visitOrders(
  source: OrderRows,
  placeOf: PlaceOfTime,
  products: Vocabulary,
  visit: (order: { row: number; at: number; product: number; pieces: number }) => void,
  pause: Pause,
): Promise<void> {
  const places = placesIn(products, source.product.vocabulary);
  for (let row = 0; row < source.rows; row += 1) {
    if (row % inPiece === 0) await pause();
    if (fateOf(source, placeOf, row) !== 'counted') continue;
    const product = places[source.product.codes[row]!]!;
    visit({ row, at: placeOf(source.time.values[row]!), product, pieces: piecesOf(source.pieces, row) });
  }
}
