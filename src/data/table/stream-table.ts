import { requirePositiveInteger } from '../../internal/require.js';
import type { Columns } from './column.js';
import type { ColumnKinds } from './column-kind.js';
import { createRowParser } from './csv/row-parser.js';
import type { LoadTableOptions } from './load-table.js';
import type { Table } from './table.js';
import { createTableBuilder } from './table-builder.js';
import { type TextSource, textOf } from './text-source.js';

/** Options of {@link streamTable}. */
export interface StreamTableOptions extends LoadTableOptions {
  /** How many rows a table has at least, except the last one. Default 65,536. */
  readonly chunkRows?: number;
}

/**
 * Reads CSV piece by piece, for sources that do not fit into memory: what is held at a time is one table, one piece of text and
 * the vocabularies.
 *
 * The tables share their vocabularies, which grow while the stream is read: a code means the same id in all of them. Each
 * report covers all rows read so far, so that of the last table covers the whole. A source with a header and no rows gives one
 * table of length 0.
 *
 * @param source - Text or bytes, as a whole or piece by piece, cut anywhere.
 * @param columns - As {@link readTable}.
 * @returns Tables of `chunkRows` rows or some more.
 * @throws As {@link readTable}, and RangeError when the source is none.
 * @example
 * const file = new Blob(['CustomerID,Quantity\nb7,6\na1,2\n']);
 * let pieces = 0;
 * for await (const { columns } of streamTable(file, { CustomerID: id(), Quantity: count() })) {
 *   for (const quantity of columns.Quantity.values) pieces += quantity;
 * }
 * pieces; // 8
 */
export async function* streamTable<C extends Columns>(
  source: TextSource,
  columns: ColumnKinds<C>,
  options: StreamTableOptions = {},
): AsyncGenerator<Table<C>> {
  const { encoding = 'utf-8', chunkRows = 65_536 } = options;
  requirePositiveInteger('streamTable', 'chunkRows', chunkRows);
  const builder = createTableBuilder('streamTable', columns, options);
  const parser = createRowParser(options);
  for await (const text of textOf('streamTable', source, encoding)) {
    for (const batch of parser.push(text)) {
      builder.add(batch);
      if (builder.length() >= chunkRows) yield builder.take();
    }
  }
  for (const batch of parser.finish()) builder.add(batch);
  builder.finish();
  // The last one comes in any case: its report is that of the whole.
  yield builder.take();
}
