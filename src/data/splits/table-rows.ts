import { gather } from '../interactions/gather.js';
import type { Column, Columns } from '../table/column.js';
import type { Table } from '../table/table.js';

/** Rows of a table, in the order given, with the vocabularies and the report of the whole. */
export function tableRows<C extends Columns>(table: Table<C>, rows: Uint32Array): Table<C> {
  const picked = Object.entries(table.columns).map(([name, column]) => [name, columnRows(column, rows)]);
  return { ...table, length: rows.length, columns: Object.fromEntries(picked) as C };
}

function columnRows(column: Column, rows: Uint32Array): Column {
  if ('codes' in column) return { ...column, codes: gather(new Int32Array(rows.length), column.codes, rows) };
  if (column.kind === 'count') return { ...column, values: gather(new Int32Array(rows.length), column.values, rows) };
  return { ...column, values: gather(new Float64Array(rows.length), column.values, rows) };
}
