import { refuse } from '../../../internal/require.js';
import type { Dialect } from './dialect.js';
import { createLineReader, type LineReader } from './line-cells.js';
import { countLineEnds, findLines, type Lines } from './lines.js';

/** A row, or a line that is none. */
export interface ParsedRow {
  /** The line where it begins, from 1. */
  readonly line: number;
  /** Its cells; of a line that is no row, its text alone. */
  readonly cells: readonly string[];
  /** Why the line is no row. */
  readonly fault?: string | undefined;
}

/** A parser that takes a text in pieces, cut anywhere. */
export interface RowParser {
  /** Takes a piece; gives rows that are whole by now. Work between two batches is bounded. */
  push(text: string): Iterable<readonly ParsedRow[]>;
  /** Gives the rows that are left when no piece follows. */
  finish(): Iterable<readonly ParsedRow[]>;
  /** What stands between two cells. Known when the first rows are. */
  delimiter(): string;
  /** The line where the text taken so far ends. */
  lastLine(): number;
}

// Enough for a few thousand rows, and a few milliseconds of work.
const usualPiece = 2 ** 16;
// Rows of few characters are many in a piece.
const rowsAtOnce = 4096;
// Only a quote that is never closed makes longer rows.
const longestRow = 2 ** 20;

/**
 * Cuts a text into rows and cells.
 *
 * Where quotes do not fit, that line is a fault and reading goes on with the next one, so that a stray quote does not
 * swallow the rows that follow. The time this takes grows with the text, whatever the text: see {@link readLines}.
 */
export function createRowParser(where: string, dialect: Dialect): RowParser {
  let reader: LineReader | undefined;
  let delimiter = dialect.delimiter ?? ',';
  let rest = '';
  let line = 1;
  // How much text there must be before it is looked at: twice as much as what did not make a row the last time.
  let enough = usualPiece;
  let isInFaultyLine = false;

  function begin(lines: Lines): LineReader {
    const own = lines.length > 0 ? ownDelimiter(rest.slice(0, lines.ends[0])) : undefined;
    if (own !== undefined && own !== (dialect.delimiter ?? own)) {
      refuse(where, 'delimiter', `be the one that the text itself names in its first line, '${own}'`, delimiter);
    }
    delimiter = own ?? delimiter;
    // A line that names the delimiter is no row. What is put in its place is an empty line.
    if (own !== undefined) rest = rest.slice(lines.ends[0]);
    return createLineReader(delimiter, dialect.quote === false ? undefined : (dialect.quote ?? '"'));
  }

  function* readRest(isLast: boolean): Generator<readonly ParsedRow[]> {
    reader ??= begin(findLines(rest, isLast));
    const lines = findLines(rest, isLast);
    const used = yield* readLines(reader, rest, lines, line, isLast);
    rest = rest.slice(lines.starts[used]);
    line += used;
    if (used === 0 && lines.length === 0 && rest.length > longestRow) {
      yield [{ line, cells: [rest.slice(0, 100)], fault: tooLong }];
      isInFaultyLine = true;
      rest = '';
    }
    enough = Math.max(usualPiece, Math.min(2 * rest.length, longestRow + 1));
  }

  function* take(piece: string): Generator<readonly ParsedRow[]> {
    if (isInFaultyLine) {
      // The line end stays, and ends the faulty line.
      const lineEnd = piece.search(/[\r\n]/);
      isInFaultyLine = lineEnd < 0;
      rest = isInFaultyLine ? '' : piece.slice(lineEnd);
    } else {
      rest += piece;
    }
    if (rest.length >= enough) yield* readRest(false);
  }

  return {
    *push(text) {
      for (let at = 0; at < text.length; at += usualPiece) yield* take(text.slice(at, at + usualPiece));
    },
    finish: () => readRest(true),
    delimiter: () => delimiter,
    lastLine: () => line + countLineEnds(rest),
  };
}

// Excel writes and reads a first line `sep=;`.
function ownDelimiter(line: string): string | undefined {
  return /^\ufeff?"?sep=([^"\s\ufeff]|\t)"?$/i.exec(line)?.[1];
}

const misquoted = 'has a quote that does not fit';
const tooLong = `does not end within ${longestRow} characters`;

/**
 * Reads the rows of whole lines; `used` is how many of these are done with.
 *
 * A row may go through many lines before it turns out that its quotes do not fit; then only its first line is left out,
 * and the others are read again. So that they are not read again and again, `failed` keeps how far the attempt came: a
 * quoted cell that is open at the start of one of these lines stays open as it did then, and cannot end well. Each line is
 * so read at most twice, once as the beginning of a row and once within a quoted cell.
 */
function* readLines(
  reader: LineReader,
  text: string,
  lines: Lines,
  line: number,
  isLast: boolean,
): Generator<readonly ParsedRow[], number> {
  const { starts, ends, length } = lines;
  const hasZeros = text.includes('\0');
  const hasQuotes = reader.hasQuotes(text);
  let rows: ParsedRow[] = [];
  let failed = -1;
  let first = 0;
  while (first < length) {
    if (first % rowsAtOnce === 0) {
      yield rows;
      rows = [];
    }
    if (starts[first] === ends[first]) {
      first += 1;
      continue;
    }
    // Of files put together, each may bring a byte order mark.
    const start = text.charCodeAt(starts[first]!) === 0xfeff ? starts[first]! + 1 : starts[first]!;
    const firstText = text.slice(start, ends[first]);
    let state = reader.begin(firstText, hasQuotes);
    let next = first + 1;
    while (state === 'open' && next < length && next > failed) {
      state = reader.goOn(text.slice(ends[next - 1], starts[next]), text.slice(starts[next], ends[next]));
      next += 1;
      // A pause for others, in a row of very many lines.
      if (next % rowsAtOnce === 0) yield [];
    }
    const size = (state === 'open' ? text.length : ends[next - 1]!) - start;
    const fits = size <= longestRow;
    // Its end may be in the text that follows.
    if (state === 'open' && next === length && next > failed && !isLast && fits) break;
    if (state === 'whole' && fits) {
      const isBroken = hasZeros && text.slice(start, ends[next - 1]).includes('\0');
      const cells = isBroken ? [firstText] : reader.cells();
      rows.push({ line: line + first, cells, fault: isBroken ? 'holds a NUL character' : undefined });
      first = next;
    } else {
      const fault = state === 'malformed' || fits ? misquoted : tooLong;
      rows.push({ line: line + first, cells: [firstText], fault });
      if (next > first + 1) failed = Math.max(failed, next - 1);
      first += 1;
    }
  }
  if (rows.length > 0) yield rows;
  return first;
}
