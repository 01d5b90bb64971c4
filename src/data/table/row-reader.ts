import type { ColumnReader } from './column-kind.js';
import type { RowTally } from './row-tally.js';

/** A column that is being read. */
export interface NamedReader {
  readonly name: string;
  readonly reader: ColumnReader;
}

/** What reads rows of cells into columns. */
export interface RowReaderParts {
  readonly readers: readonly NamedReader[];
  /** The place of each reader's cell in a row. */
  readonly places: readonly number[];
  /** How many cells a row has. */
  readonly width: number;
  readonly delimiter: string;
  readonly isMissing: (cell: string) => boolean;
  readonly tally: RowTally;
}

/** A function that reads one row into all columns or none, and says which. */
export function createRowReader(parts: RowReaderParts): (row: readonly string[], line: number) => boolean {
  const { readers, places, width, delimiter, isMissing, tally } = parts;
  return (row, line) => {
    if (row.length !== width && !isPadded(row, width)) {
      tally.bad(line, undefined, row.join(delimiter), `has ${row.length} cells, not ${width}`);
      return false;
    }
    for (let index = 0; index < readers.length; index += 1) {
      const { name, reader } = readers[index]!;
      const cell = row[places[index]!]!;
      if (isMissing(cell)) {
        if (reader.readMissing()) continue;
        tally.missing(name);
        return false;
      }
      const fault = reader.read(cell);
      if (fault === undefined) continue;
      tally.bad(line, name, cell, fault);
      return false;
    }
    for (const { reader } of readers) reader.keep();
    tally.kept();
    return true;
  };
}

/** A test for cells without a value: empty, blank, or one of `texts`. */
export function createMissingTest(texts: readonly string[]): (cell: string) => boolean {
  const known = new Set(texts);
  return (cell) => {
    if (cell === '' || (known.size > 0 && known.has(cell.trim()))) return true;
    // Most cells begin with a letter or digit.
    const first = cell.charCodeAt(0);
    return (first <= 32 || first === 160) && cell.trim() === '';
  };
}

// Some programs end every row with delimiters that the header lacks.
function isPadded(row: readonly string[], width: number): boolean {
  for (let place = width; place < row.length; place += 1) if (row[place] !== '') return false;
  return row.length > width;
}
