import Papa, { type ParseConfig, type ParseResult } from 'papaparse';
import type { Dialect } from './dialect.js';

/** What one piece of text holds. */
export interface ParsedPiece {
  /** The cells of the rows that are whole, up to the first that is not well formed. */
  readonly rows: readonly string[][];
  /** Where they end. */
  readonly end: number;
  /** Whether a row begins at `end` whose quotes do not fit. */
  readonly isMalformed: boolean;
}

/** A reader of pieces of text, each of which begins where a row begins. `isLast` says that the text ends there. */
export function createPieceParser(dialect: Dialect): (piece: string, isLast: boolean) => ParsedPiece {
  const { delimiter = ',', quote = '"' } = dialect;
  const config: ParseConfig = {
    delimiter,
    newline: '\n',
    ...(quote === false ? { fastMode: true } : { quoteChar: quote }),
  };
  const parser = new Papa.Parser(config);
  return (piece, isLast) => {
    const { data, errors, meta }: ParseResult<string[]> = parser.parse(piece, 0, !isLast);
    if (piece.includes('\r')) for (const row of data) dropReturn(row);
    const malformed = errors[0]?.row;
    if (malformed !== undefined && malformed < data.length) {
      return { rows: data.slice(0, malformed), end: endOf(piece, malformed, config), isMalformed: true };
    }
    // Behind the last line end, papaparse finds one more row, an empty one.
    if (isLast && piece.endsWith('\n')) data.pop();
    // A piece may end just behind a closing quote, which looks like a stray one until the next piece is there.
    return { rows: data, end: meta.cursor, isMalformed: errors.length > 1 };
  };
}

function endOf(piece: string, rows: number, config: ParseConfig): number {
  if (rows === 0) return 0;
  const before: ParseResult<string[]> = new Papa.Parser({ ...config, preview: rows }).parse(piece, 0, true);
  return before.meta.cursor;
}

// Of line ends \r\n, the cut at \n leaves the \r.
function dropReturn(row: string[]): void {
  const last = row[row.length - 1]!;
  if (last.endsWith('\r')) row[row.length - 1] = last.slice(0, -1);
}
