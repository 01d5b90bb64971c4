import { type OptionNames, requireOptions } from '../../internal/options.js';
import { createPause } from '../../internal/pause.js';
import { requirePositiveInteger } from '../../internal/require.js';
import type { Columns } from './column.js';
import type { ColumnKinds } from './column-kind.js';
import { textOf } from './decode-text.js';
import { type ReadTableOptions, requireLoadOptions } from './read-table.js';
import type { Table } from './table.js';
import { tableOptionNames } from './table-options.js';
import { createTableReader } from './table-reader.js';
import type { TextSource } from './text-source.js';

/** Options of {@link streamTable}. */
export interface StreamTableOptions extends ReadTableOptions {
  /** How many rows a table has at least, except the last one. Default 65,536. */
  readonly chunkRows?: number;
}

const names: OptionNames<StreamTableOptions> = {
  ...tableOptionNames,
  encoding: true,
  badBytes: true,
  maxBytes: true,
  signal: true,
  chunkRows: true,
};

/**
 * Reads CSV piece by piece, for sources that do not fit into memory: what is held at a time is one table, one piece of text and
 * the vocabularies.
 *
 * The tables share their vocabularies, which grow while the stream is read: a code means the same id in all of them. Each
 * report covers all rows read so far, so that of the last table covers the whole. A source with a header and no rows gives one
 * table of length 0.
 *
 * @param source - Text or bytes, as a whole or piece by piece, cut anywhere.
 * @param columns - As {@link parseTable}.
 * @returns Tables of `chunkRows` rows or some more.
 * @throws As {@link readTable}, at the first step of the iteration or a later one.
 * @example
 * const file = new Blob(['CustomerID,Quantity\nb7,6\na1,2\n']);
 * let pieces = 0;
 * for await (const { columns } of streamTable(file, { CustomerID: idColumn(), Quantity: countColumn() })) {
 *   for (const quantity of columns.Quantity.values) pieces += quantity;
 * }
 * pieces; // 8
 */
export async function* streamTable<C extends Columns>(
  source: TextSource,
  columns: ColumnKinds<C>,
  options: StreamTableOptions = {},
): AsyncGenerator<Table<C>> {
  yield* streamTableFor('streamTable', source, columns, options);
}

/** As {@link streamTable}, for another function, which messages name. */
export async function* streamTableFor<C extends Columns>(
  where: string,
  source: TextSource,
  columns: ColumnKinds<C>,
  options: StreamTableOptions,
): AsyncGenerator<Table<C>> {
  requireOptions(where, options, names);
  requireLoadOptions(where, options);
  const { chunkRows = 65_536, maxBytes = 2 ** 34, signal } = options;
  requirePositiveInteger(where, 'chunkRows', chunkRows);
  const reader = createTableReader(where, columns, options);
  const pause = createPause(undefined, signal);
  for await (const text of textOf(where, source, { ...options, maxBytes }, reader.lastLine)) {
    for (const length of reader.push(text)) {
      if (length >= chunkRows) yield reader.take();
      await pause();
    }
  }
  for (const _ of reader.finish()) await pause();
  // The last one comes in any case: its report is that of the whole.
  yield reader.take();
}
