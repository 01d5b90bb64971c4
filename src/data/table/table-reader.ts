import { plainText } from '../../internal/describe.js';
import { refuse } from '../../internal/require.js';
import type { Columns } from './column.js';
import type { ColumnKinds } from './column-kind.js';
import { createRowParser, type ParsedRow } from './csv/row-parser.js';
import { findColumns } from './find-columns.js';
import { requireRowsKept } from './require-rows.js';
import { createMissingTest, createRowReader, type NamedReader } from './row-reader.js';
import { createRowTally } from './row-tally.js';
import type { Table } from './table.js';
import type { TableOptions } from './table-options.js';

/** Turns text into typed columns. */
export interface TableReader<C extends Columns> {
  /** Takes a piece of text, cut anywhere; gives how many rows there are since the start or the last `take`, now and then. */
  push(text: string): Iterable<number>;
  /** Takes what is left, when no piece follows, and checks that there was a header. */
  finish(): Iterable<number>;
  /** The rows since the start or the last call. */
  take(): Table<C>;
  /** The line where the text taken so far ends. */
  lastLine(): number;
}

/** Begins a table without rows. The options are checked before. */
export function createTableReader<C extends Columns>(
  where: string,
  kinds: ColumnKinds<C>,
  options: TableOptions,
): TableReader<C> {
  const readers = startReaders(where, kinds);
  const parser = createRowParser(where, options);
  const tally = createRowTally(where, options);
  const isMissing = createMissingTest(options.missingTexts ?? []);
  let readRow = options.names && readRows(options.names);
  let length = 0;

  function readRows(header: readonly string[]) {
    const wanted = readers.map(({ name }) => name);
    const delimiter = parser.delimiter();
    const places = findColumns(where, wanted, header, delimiter);
    return createRowReader({ readers, places, header, delimiter, isMissing, tally });
  }

  function add({ cells, line, fault }: ParsedRow): void {
    if (readRow) {
      if (fault !== undefined) tally.bad(line, undefined, cells[0]!, fault);
      else if (readRow(cells, line)) length += 1;
    } else {
      // Not the next line: it would pass for a header, and its row would be lost.
      if (fault !== undefined) refuse(where, 'source', `begin with a header line (line ${line} ${fault})`, cells[0]);
      readRow = readRows(cells);
    }
  }

  function* addAll(batches: Iterable<readonly ParsedRow[]>): Generator<number> {
    for (const batch of batches) {
      for (const row of batch) add(row);
      yield length;
    }
  }

  return {
    push(text) {
      tally.text(text);
      return addAll(parser.push(text));
    },
    *finish() {
      yield* addAll(parser.finish());
      if (!readRow) refuse(where, 'source', 'have a header line, or be read with `names`', 'no line');
      requireRowsKept(where, tally.report(), options.mostLost);
    },
    take() {
      for (const { name, reader } of readers) requireNoDoubt(where, name, reader.doubtful?.());
      const columns = Object.fromEntries(readers.map(({ name, reader }) => [name, reader.take()])) as C;
      const table = { length, columns, report: tally.report() };
      length = 0;
      return table;
    },
    lastLine: parser.lastLine,
  };
}

// What was handed out cannot be taken back, so a stream is held to it piece by piece.
function requireNoDoubt(where: string, name: string, cell: string | undefined): void {
  if (cell === undefined) return;
  const rule =
    "say what a full stop means, because no cell shows it: `decimal: '.'` where it stands before fractions, " +
    "`decimal: ','` with `thousands: '.'` where it stands between thousands";
  refuse(where, `columns.${plainText(name, 60)}`, rule, cell.slice(0, 80));
}

function startReaders<C extends Columns>(where: string, kinds: ColumnKinds<C>): NamedReader[] {
  if (typeof kinds !== 'object' || kinds === null || Array.isArray(kinds)) {
    refuse(where, 'columns', 'be an object of column kinds by name', kinds);
  }
  const names = Object.keys(kinds);
  if (names.length === 0) refuse(where, 'columns', 'name at least one column', 'none');
  return names.map((name) => {
    const kind = kinds[name];
    if (typeof kind?.start !== 'function') {
      refuse(where, `columns.${name}`, 'be a column kind, such as idColumn() or numberColumn()', kind);
    }
    return { name, reader: kind.start() };
  });
}
