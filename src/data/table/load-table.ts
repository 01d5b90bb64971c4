import type { Columns } from './column.js';
import type { ColumnKinds } from './column-kind.js';
import { createRowParser } from './csv/row-parser.js';
import type { Table } from './table.js';
import { createTableBuilder } from './table-builder.js';
import type { TableOptions } from './table-options.js';
import { type TextSource, textOf } from './text-source.js';

/** Options of {@link loadTable}. */
export interface LoadTableOptions extends TableOptions {
  /** How bytes stand for letters, such as `'windows-1252'`, which Excel writes. Default `'utf-8'`. */
  readonly encoding?: string;
}

/**
 * Reads CSV from a file or a stream into one table. The text is never held as a whole, only its columns.
 *
 * @param source - Text or bytes, as a whole or piece by piece, cut anywhere: a `File`, the `body` of a response …
 * @param columns - As {@link readTable}.
 * @returns As {@link readTable}.
 * @throws As {@link readTable}, and RangeError when the source is none.
 * @example
 * const file = new Blob(['CustomerID,Quantity\nb7,6\na1,2\n']);
 * const orders = await loadTable(file, { CustomerID: id(), Quantity: count() });
 * orders.columns.Quantity.values; // [6, 2]
 */
export async function loadTable<C extends Columns>(
  source: TextSource,
  columns: ColumnKinds<C>,
  options: LoadTableOptions = {},
): Promise<Table<C>> {
  const builder = createTableBuilder('loadTable', columns, options);
  const parser = createRowParser(options);
  for await (const text of textOf('loadTable', source, options.encoding ?? 'utf-8')) {
    for (const batch of parser.push(text)) builder.add(batch);
  }
  for (const batch of parser.finish()) builder.add(batch);
  builder.finish();
  return builder.take();
}
