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
  /** The names of all columns. */
  readonly header: readonly string[];
  readonly delimiter: string;
  readonly isMissing: (cell: string) => boolean;
  readonly tally: RowTally;
}

/** A function that reads one row into all columns or none, and says which. */
export function createRowReader(parts: RowReaderParts): (row: readonly string[], line: number) => boolean {
  const { readers, places, header, delimiter, isMissing, tally } = parts;
  const findMisfit = createMisfitTest(places, header.length, delimiter);
  const isHeader = createHeaderTest(header);
  return (row, line) => {
    if (isHeader(row)) {
      tally.header();
      return false;
    }
    const misfit = row.length === header.length ? undefined : findMisfit(row);
    if (misfit !== undefined) {
      tally.bad(line, undefined, row.join(delimiter), misfit);
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
      tally.bad(line, name, cell, fault, reader.otherwise?.(cell));
      return false;
    }
    for (const { reader } of readers) reader.keep();
    tally.kept();
    return true;
  };
}

/** A test for cells without a value: empty, blank, or one of `texts`. */
export function createMissingTest(texts: readonly string[]): (cell: string) => boolean {
  const known = new Set(texts.map((text) => text.trim()));
  return (cell) => {
    if (cell === '' || (known.size > 0 && known.has(cell.trim()))) return true;
    // Most cells begin with a letter or digit.
    const first = cell.charCodeAt(0);
    return (first <= 32 || first >= 160) && cell.trim() === '';
  };
}

// Some programs end every row with delimiters that the header lacks, others leave out delimiters behind the last cell
// that has a value. Which cells a row has is known in either case; of other rows it is not.
function createMisfitTest(places: readonly number[], width: number, delimiter: string) {
  const needed = places.reduce((most, place) => Math.max(most, place), 0) + 1;
  let cells = 0;
  let fault = '';
  return (row: readonly string[]): string | undefined => {
    if (row.length !== cells) fault = `has ${row.length} cells, not ${width}`;
    cells = row.length;
    if (row.length > width) return row.slice(width).some((cell) => cell.trim() !== '') ? fault : undefined;
    // Cut at the wrong places, even the first cells are none.
    const hint = delimiterHint(row, width, delimiter);
    return hint === '' && row.length >= needed ? undefined : fault + hint;
  };
}

/** A question at the end of a message when cells look as if they were cut at the wrong delimiter, else nothing. */
export function delimiterHint(row: readonly string[], width: number, delimiter: string): string {
  const text = row.length === 1 ? row[0]! : row.join(' ');
  const looksLike = (other: string) => other !== delimiter && countIn(text, other) >= width - 1;
  if (looksLike(';')) return " (is `delimiter` ';'?)";
  if (looksLike('\t')) return " (is `delimiter` '\\t'?)";
  if (looksLike('|')) return " (is `delimiter` '|'?)";
  // Commas between digits are decimal ones.
  const isCut = looksLike(',') && countIn(text.replace(/\d,(?=\d)/g, ''), ',') >= width - 1;
  return isCut ? " (is `delimiter` ','?)" : '';
}

function countIn(text: string, part: string): number {
  let count = 0;
  for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + 1)) count += 1;
  return count;
}

// Files that were put together bring a header each. In a single column it may as well be a value.
function createHeaderTest(header: readonly string[]): (row: readonly string[]) => boolean {
  const names = header.map((name) => name.trim());
  if (names.length < 2) return () => false;
  const first = names[0]!;
  return (row) =>
    row.length === names.length &&
    row[0]!.length >= first.length &&
    row.every((cell, place) => cell.trim() === names[place]);
}
