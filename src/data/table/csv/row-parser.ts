import type { Dialect } from './dialect.js';
import { createPieceParser, type ParsedPiece } from './parse-piece.js';
import { countIn, type RowBatch } from './row-batch.js';

/** A parser that takes a text in pieces, cut anywhere. */
export interface RowParser {
  /** Takes a piece; gives rows that are whole by now. */
  push(text: string): Iterable<RowBatch>;
  /** Gives the rows that are left when no piece follows. */
  finish(): Iterable<RowBatch>;
}

// Larger pieces are slower: papaparse holds all rows of a piece at once.
const usualPiece = 2 ** 16;
// What is behind a fault is read again; a short piece keeps that cheap.
const pieceAfterFault = 2 ** 12;
// Only a quote that is never closed makes longer rows.
const longestRow = 2 ** 20;

/**
 * Cuts a text into rows and cells.
 *
 * Where quotes do not fit, that line is a fault and reading goes on behind it, so that a stray quote does not swallow
 * the rows that follow.
 */
export function createRowParser(dialect: Dialect): RowParser {
  const parsePiece = createPieceParser(dialect);
  let rest = '';
  // Where in `rest` the next row begins, and in which line.
  let start = 0;
  let line = 1;
  let isAtStart = true;
  let isInFaultyLine = false;

  function takeRows(piece: string, { rows, end }: ParsedPiece): RowBatch {
    const breaks = countIn(piece.slice(0, end), '\n');
    const closed = rows.length - (piece[end - 1] === '\n' ? 0 : 1);
    const batch = { rows, line, hasLongRows: breaks > closed };
    line += breaks;
    start += end;
    return batch;
  }

  function takeFaultyLine(reason: string): RowBatch {
    const lineEnd = rest.indexOf('\n', start);
    isInFaultyLine = lineEnd < 0;
    const text = rest.slice(start, isInFaultyLine ? rest.length : lineEnd);
    const batch = { rows: [], line, hasLongRows: false, fault: { text, reason } };
    line += 1;
    start = isInFaultyLine ? rest.length : lineEnd + 1;
    return batch;
  }

  function* readRows(isLast: boolean): Generator<RowBatch> {
    let size = usualPiece;
    start = 0;
    while (start < rest.length) {
      const piece = rest.slice(start, start + size);
      const isAll = start + piece.length === rest.length;
      const parsed = parsePiece(piece, isLast && isAll);
      const hasRows = parsed.rows.length > 0;
      if (hasRows) yield takeRows(piece, parsed);
      if (parsed.isMalformed || (!hasRows && piece.length >= longestRow)) {
        yield takeFaultyLine(parsed.isMalformed ? 'has a quote that does not fit' : 'does not end');
        size = pieceAfterFault;
      } else if (hasRows) {
        size = Math.min(2 * size, usualPiece);
      } else if (isAll) {
        break;
      } else {
        size *= 2;
      }
    }
    rest = rest.slice(start);
  }

  return {
    *push(text) {
      let added = isAtStart && text.startsWith('\ufeff') ? text.slice(1) : text;
      isAtStart &&= text === '';
      if (isInFaultyLine) {
        const lineEnd = added.indexOf('\n');
        isInFaultyLine = lineEnd < 0;
        added = isInFaultyLine ? '' : added.slice(lineEnd + 1);
      }
      rest += added;
      if (rest.length >= usualPiece) yield* readRows(false);
    },
    *finish() {
      // A line end that a missing \n cut short.
      if (rest.endsWith('\r')) rest += '\n';
      yield* readRows(true);
    },
  };
}
