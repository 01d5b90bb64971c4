import { type OptionNames, requireOptions } from '../../internal/options.js';
import { createPause } from '../../internal/pause.js';
import { requireOneOf, requirePositiveInteger } from '../../internal/require.js';
import { requireSignal } from '../../internal/signal.js';
import type { Columns } from './column.js';
import type { ColumnKinds } from './column-kind.js';
import { type DecodingOptions, textOf } from './decode-text.js';
import type { Table } from './table.js';
import { requireTableOptions, type TableOptions, tableOptionNames } from './table-options.js';
import { createTableReader } from './table-reader.js';
import type { TextSource } from './text-source.js';

/** Options of {@link readTable}. */
export interface ReadTableOptions extends TableOptions, DecodingOptions {}

const names: OptionNames<ReadTableOptions> = {
  ...tableOptionNames,
  encoding: true,
  badBytes: true,
  maxBytes: true,
  signal: true,
};

/**
 * Reads CSV from a file or a stream into one table. The text is never held as a whole, only its columns.
 *
 * Bytes that are not in the encoding are refused with their place and what they look like: read in the wrong encoding,
 * `Käse` and `Köse` would become one id. So are bytes that begin with another encoding's byte order mark, and compressed
 * files. The event loop is let run while a long source is read.
 *
 * @param source - Text or bytes, as a whole or piece by piece, cut anywhere: a `File`, a `Buffer`, the `body` of a response …
 * @param columns - As {@link parseTable}.
 * @returns As {@link parseTable}.
 * @throws As {@link parseTable}, and RangeError when the source is none, gives more than `maxBytes`, or its bytes are not in
 *   the encoding; what `signal` was aborted with.
 * @example
 * const file = new Blob(['CustomerID,Quantity\nb7,6\na1,2\n']);
 * const orders = await readTable(file, { CustomerID: idColumn(), Quantity: countColumn() });
 * orders.columns.Quantity.values; // [6, 2]
 */
export async function readTable<C extends Columns>(
  source: TextSource,
  columns: ColumnKinds<C>,
  options: ReadTableOptions = {},
): Promise<Table<C>> {
  return loadTableFor('readTable', source, columns, options);
}

/** As {@link readTable}, for another function, which messages name. */
export async function loadTableFor<C extends Columns>(
  where: string,
  source: TextSource,
  columns: ColumnKinds<C>,
  options: ReadTableOptions,
): Promise<Table<C>> {
  requireOptions(where, options, names);
  requireLoadOptions(where, options);
  const reader = createTableReader(where, columns, options);
  const { maxBytes = 2 ** 30, signal } = options;
  const pause = createPause(undefined, signal);
  for await (const text of textOf(where, source, { ...options, maxBytes }, reader.lastLine)) {
    for (const _ of reader.push(text)) await pause();
  }
  for (const _ of reader.finish()) await pause();
  return reader.take();
}

/** Checks the values of options whose names are known. */
export function requireLoadOptions(where: string, options: ReadTableOptions): void {
  requireTableOptions(where, options);
  requireOneOf(where, 'badBytes', ['throw', 'replace'], options.badBytes ?? 'throw');
  if (options.maxBytes !== undefined) requirePositiveInteger(where, 'maxBytes', options.maxBytes);
  requireSignal(where, options.signal);
  options.signal?.throwIfAborted();
}
