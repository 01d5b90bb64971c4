import { refuse } from '../../internal/require.js';
import type { Columns } from './column.js';
import type { ColumnKinds } from './column-kind.js';
import { countLineBreaks, type RowBatch } from './csv/row-batch.js';
import { findColumns } from './find-columns.js';
import { createMissingTest, createRowReader, type NamedReader } from './row-reader.js';
import { createRowTally } from './row-tally.js';
import type { Table } from './table.js';
import { requireTableOptions, type TableOptions } from './table-options.js';

/** Turns rows of text into typed columns. */
export interface TableBuilder<C extends Columns> {
  /** Rows since the start or the last `take`. */
  length(): number;
  /** Takes rows of text. */
  add(batch: RowBatch): void;
  /** Checks that the source had a header, when no more rows come. */
  finish(): void;
  /** The rows since the start or the last call. */
  take(): Table<C>;
}

/** Begins a table without rows. */
export function createTableBuilder<C extends Columns>(
  where: string,
  kinds: ColumnKinds<C>,
  options: TableOptions,
): TableBuilder<C> {
  requireTableOptions(where, options);
  const readers = startReaders(where, kinds);
  const tally = createRowTally(where, options);
  const isMissing = createMissingTest(options.missingTexts ?? []);
  const { delimiter = ',', names } = options;
  const readRows = (header: readonly string[]) => {
    const wanted = readers.map(({ name }) => name);
    const places = findColumns(where, wanted, header);
    return createRowReader({ readers, places, width: header.length, delimiter, isMissing, tally });
  };
  let readRow = names && readRows(names);
  let length = 0;
  return {
    length: () => length,
    add({ rows, line, hasLongRows, fault }) {
      if (fault) tally.bad(line, undefined, fault.text, fault.reason);
      let at = line;
      for (const row of rows) {
        if (row.length > 1 || row[0] !== '') {
          if (!readRow) readRow = readRows(row);
          else if (readRow(row, at)) length += 1;
        }
        at += 1 + (hasLongRows ? countLineBreaks(row) : 0);
      }
    },
    finish() {
      if (!readRow) refuse(where, 'source', 'have a header line, or be read with `names`', 'no line');
    },
    take() {
      const columns = Object.fromEntries(readers.map(({ name, reader }) => [name, reader.take()])) as C;
      const table = { length, columns, report: tally.report() };
      length = 0;
      return table;
    },
  };
}

function startReaders<C extends Columns>(where: string, kinds: ColumnKinds<C>): NamedReader[] {
  const names = Object.keys(kinds);
  if (names.length === 0) refuse(where, 'columns', 'name at least one column', 'none');
  return names.map((name) => {
    const kind = kinds[name];
    if (typeof kind?.start !== 'function') {
      refuse(where, `columns.${name}`, 'be a column kind, such as id() or number()', kind);
    }
    return { name, reader: kind.start() };
  });
}
