import type { Columns } from '../data/table/column.js';
import type { ColumnKinds } from '../data/table/column-kind.js';
import { type StreamTableOptions, streamTableFor } from '../data/table/stream-table.js';
import type { Table } from '../data/table/table.js';
import { fileBytes } from './files/file-bytes.js';

/**
 * Reads a CSV file, compressed by gzip or not, table by table, for files that do not fit into memory.
 *
 * @param path - The file.
 * @param columns - As `parseTable` of the main entry.
 * @returns As `streamTable` of the main entry. The file is closed at its end and when the caller stops early.
 * @throws Error when the file cannot be read; RangeError as `readTable`, and where a gzip file is damaged.
 * @example
 * const orders = streamTableFile('orders.csv.gz', { Customer: idColumn(), Product: idColumn(), Pieces: countColumn() });
 * const shop = await toInteractions(orders, { user: 'Customer', item: 'Product', weight: 'Pieces' });
 * shop.length; // 3
 */
export function streamTableFile<C extends Columns>(
  path: string | URL,
  columns: ColumnKinds<C>,
  options: StreamTableOptions = {},
): AsyncGenerator<Table<C>> {
  return streamTableFor('streamTableFile', fileBytes('streamTableFile', path), columns, options);
}
