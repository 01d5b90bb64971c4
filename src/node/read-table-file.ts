import type { Columns } from '../data/table/column.js';
import type { ColumnKinds } from '../data/table/column-kind.js';
import { loadTableFor, type ReadTableOptions } from '../data/table/read-table.js';
import type { Table } from '../data/table/table.js';
import { fileBytes } from './files/file-bytes.js';

/**
 * Reads a CSV file, compressed by gzip or not, into one table. The text is never held as a whole, only its columns.
 *
 * @param path - The file.
 * @param columns - As `parseTable` of the main entry.
 * @returns As `parseTable` of the main entry.
 * @throws Error when the file cannot be read; RangeError as `readTable`, and where a gzip file is damaged.
 * @example
 * const orders = await readTableFile('orders.csv.gz', { Customer: idColumn(), Pieces: countColumn() });
 * orders.length; // 3
 */
export async function readTableFile<C extends Columns>(
  path: string | URL,
  columns: ColumnKinds<C>,
  options: ReadTableOptions = {},
): Promise<Table<C>> {
  return loadTableFor('readTableFile', fileBytes('readTableFile', path), columns, options);
}
