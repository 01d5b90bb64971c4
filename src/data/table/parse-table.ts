import { requireOptions } from '../../internal/options.js';
import { refuse } from '../../internal/require.js';
import type { Columns } from './column.js';
import type { ColumnKinds } from './column-kind.js';
import type { Table } from './table.js';
import { requireTableOptions, type TableOptions, tableOptionNames } from './table-options.js';
import { createTableReader } from './table-reader.js';

/**
 * Reads CSV text into typed columns.
 *
 * A row whose cells do not all fit is left out, counted and listed in `report` with its line, column, text and reason (a cell that
 * another option of its column would read ends the load: see `badRows`); so
 * is a row with more cells than the header, unless they are empty, or without a cell that is asked for, and a line whose
 * quotes do not fit (reading goes on with the next line). A row that lacks a value is left out too and counted apart, unless
 * the column keeps it. Columns that are not asked for are not read. Text with a header and no rows gives a table of length 0;
 * one of which more rows were left out than `mostLost` says, half by default, is an error.
 *
 * Lines end with `\n`, `\r\n` or `\r`; empty ones are no rows, nor is a line that is the header once more, nor a first line
 * `sep=;`, which names the delimiter. Byte order marks, and blanks before an opening quote or behind a closing one, do not
 * count. A row is at most 1,048,576 characters long and holds no NUL.
 *
 * @param csvText - The text: a header line, unless `names` says otherwise, and rows.
 * @param columns - The columns to read by name, and how.
 * @returns The rows that fit, in their order, and a report of the others.
 * @throws RangeError when a column is not there (the message names those that are), the text is empty, an option is wrong,
 *   a row does not fit and `badRows` is `'throw'`, a cell is of another format (the message names it),
 *   every number of a column that has a full stop could be thousands as well (`1.234`) and neither `decimal` nor `thousands` is given, or too many rows were left out.
 * @example
 * const csvText = 'CustomerID,StockCode,Quantity\nb7,mug,6\na1,tea,many\na1,tea,2\n';
 * const orders = parseTable(csvText, { CustomerID: idColumn(), StockCode: idColumn(), Quantity: countColumn() });
 * orders.columns.Quantity.values; // [6, 2]
 * orders.columns.CustomerID.vocabulary.toJSON().ids; // ['b7', 'a1']
 * orders.report.badRows[0]!.line; // 3
 * orders.report.badRows[0]!.value; // 'many'
 */
export function parseTable<C extends Columns>(
  csvText: string,
  columns: ColumnKinds<C>,
  options: TableOptions = {},
): Table<C> {
  return parseTableFor('parseTable', csvText, columns, options);
}

/** As {@link parseTable}, for another function, which messages name. */
export function parseTableFor<C extends Columns>(
  where: string,
  csvText: string,
  columns: ColumnKinds<C>,
  options: TableOptions,
): Table<C> {
  requireOptions(where, options, tableOptionNames);
  requireTableOptions(where, options);
  if (typeof csvText !== 'string')
    refuse(where, 'csvText', 'be a text; for files, bytes and streams use readTable', csvText);
  const reader = createTableReader(where, columns, options);
  for (const _ of reader.push(csvText));
  for (const _ of reader.finish());
  return reader.take();
}
