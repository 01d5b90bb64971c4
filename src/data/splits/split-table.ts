import { gather } from '../interactions/gather.js';
import { rowsIn } from '../interactions/rows-in.js';
import type { Column, Columns } from '../table/column.js';
import { requireTable } from '../table/require-rows.js';
import type { Table } from '../table/table.js';
import { drawParts, type RandomSplitOptions } from './draw-parts.js';

/** A table in two parts, each with the vocabularies of the whole. */
export interface TableSplit<C extends Columns = Columns> {
  /** What a model may learn from. */
  readonly train: Table<C>;
  /** What it is judged by. */
  readonly test: Table<C>;
}

/**
 * Draws rows of a table for the test at random, such as labelled rows.
 *
 * `testShare` of the rows, rounded to a whole number and at least one in either part. Rows keep their order.
 *
 * @param table - The whole, 2 rows or more.
 * @param options - The share and the seed.
 * @returns The parts; their reports are that of the whole.
 * @throws RangeError when there are fewer than 2 rows, the share is not between 0 and 1, or the seed is no safe integer.
 * @example
 * const ratings = readTable('user,stars\nann,5\nbob,1\ncat,4\ndan,2\n', { user: id(), stars: number() });
 * const { train, test } = splitTable(ratings, { testShare: 0.25, seed: 7 });
 * [train.length, test.columns.stars.values.length]; // [3, 1]
 */
export function splitTable<C extends Columns>(table: Table<C>, options: RandomSplitOptions): TableSplit<C> {
  requireTable('splitTable', table);
  const parts = drawParts('splitTable', table.length, options);
  return { train: tableRows(table, rowsIn(parts, 0)), test: tableRows(table, rowsIn(parts, 1)) };
}

function tableRows<C extends Columns>(table: Table<C>, rows: Uint32Array): Table<C> {
  const picked = Object.entries(table.columns).map(([name, column]) => [name, columnRows(column, rows)]);
  return { ...table, length: rows.length, columns: Object.fromEntries(picked) as C };
}

function columnRows(column: Column, rows: Uint32Array): Column {
  if ('codes' in column) return { ...column, codes: gather(new Int32Array(rows.length), column.codes, rows) };
  if (column.kind === 'count') return { ...column, values: gather(new Int32Array(rows.length), column.values, rows) };
  return { ...column, values: gather(new Float64Array(rows.length), column.values, rows) };
}
