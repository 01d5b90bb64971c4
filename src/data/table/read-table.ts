import { refuse } from '../../internal/require.js';
import type { Columns } from './column.js';
import type { ColumnKinds } from './column-kind.js';
import { createRowParser } from './csv/row-parser.js';
import type { Table } from './table.js';
import { createTableBuilder } from './table-builder.js';
import type { TableOptions } from './table-options.js';

/**
 * Reads CSV text into typed columns.
 *
 * A row whose cells do not all fit is left out, counted and listed in `report` with its line, column, text and reason; so
 * is a row with more or fewer cells than the header, and a line whose quotes do not fit (reading goes on with the next
 * line). A row that lacks a value is left out too and counted apart, unless the column keeps it. Columns that are not asked
 * for are not read. Text with a header and no rows gives a table of length 0.
 *
 * Lines end with `\n` or `\r\n`, a byte order mark at the start is passed over, empty lines are no rows.
 *
 * @param csvText - The text: a header line, unless `names` says otherwise, and rows.
 * @param columns - The columns to read by name, and how.
 * @returns The rows that fit, in their order, and a report of the others.
 * @throws RangeError when a column is not there (the message names those that are), the text is empty, an option is wrong,
 *   or a row does not fit and `badRows` is `'throw'`.
 * @example
 * const csvText = 'CustomerID,StockCode,Quantity\nb7,mug,6\na1,tea,many\na1,tea,2\n';
 * const orders = readTable(csvText, { CustomerID: id(), StockCode: id(), Quantity: count() });
 * orders.columns.Quantity.values; // [6, 2]
 * orders.columns.CustomerID.vocabulary.toJSON().ids; // ['b7', 'a1']
 * orders.report.badRows[0]!.line; // 3
 * orders.report.badRows[0]!.value; // 'many'
 */
export function readTable<C extends Columns>(
  csvText: string,
  columns: ColumnKinds<C>,
  options: TableOptions = {},
): Table<C> {
  if (typeof csvText !== 'string')
    refuse('readTable', 'csvText', 'be a text; for files and streams use loadTable', csvText);
  const builder = createTableBuilder('readTable', columns, options);
  const parser = createRowParser(options);
  for (const batch of parser.push(csvText)) builder.add(batch);
  for (const batch of parser.finish()) builder.add(batch);
  builder.finish();
  return builder.take();
}
