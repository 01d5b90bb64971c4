import { refuse, requireLength } from '../../internal/require.js';
import type { CodedColumn, Column, Columns, CountColumn, NumberColumn, TimeColumn } from '../table/column.js';

/** The column of ids that an option names. */
export function idsOf(where: string, columns: Columns, option: string, name: unknown, rows: number): CodedColumn {
  const column = columnOf(where, columns, option, name);
  if (!('codes' in column)) return refuseKind(where, option, 'idColumn() or categoryColumn()', name, column);
  requireLength(where, option, column.codes, rows);
  return column;
}

/** The column of times that an option names. */
export function timesOf(where: string, columns: Columns, option: string, name: unknown, rows: number): TimeColumn {
  const column = columnOf(where, columns, option, name);
  if ('codes' in column || !isTime(column)) return refuseKind(where, option, 'timeColumn()', name, column);
  requireLength(where, option, column.values, rows);
  return column;
}

/** The column of numbers that an option names. */
export function numbersOf(
  where: string,
  columns: Columns,
  option: string,
  name: unknown,
  rows: number,
): CountColumn | NumberColumn {
  const column = columnOf(where, columns, option, name);
  if ('codes' in column || isTime(column)) {
    return refuseKind(where, option, 'countColumn(), numberColumn() or moneyColumn()', name, column);
  }
  requireLength(where, option, column.values, rows);
  return column;
}

function isTime(column: TimeColumn | CountColumn | NumberColumn): column is TimeColumn {
  return column.kind === 'time';
}

function columnOf(where: string, columns: Columns, option: string, name: unknown): Column {
  const column = typeof name === 'string' && Object.hasOwn(columns, name) ? columns[name] : undefined;
  if (!column) {
    const known = Object.keys(columns).map((each) => `'${each}'`);
    refuse(where, option, `name a column of the table (${known.join(', ')})`, name);
  }
  return column;
}

function refuseKind(where: string, option: string, kinds: string, name: unknown, { kind }: Column): never {
  return refuse(where, option, `name a column read with ${kinds}`, `${String(name)}, read with ${kind}Column()`);
}
