/** How the text ends a line leaves a row: it is whole, a quoted cell goes on in the next line, or its quotes do not fit. */
export type RowState = 'whole' | 'open' | 'malformed';

/** Cuts lines into cells. */
export interface LineReader {
  /** Begins a row with a line, which is given without its line end; `hasQuotes` is false where it is known to have none. */
  begin(line: string, hasQuotes: boolean): RowState;
  /** Goes on with the quoted cell that the line before left open; `lineBreak` stands between the two. */
  goOn(lineBreak: string, line: string): RowState;
  /** The cells so far; all of them when the row is whole. */
  cells(): string[];
  /** Whether a text has quotes. */
  hasQuotes(text: string): boolean;
}

/** A reader of lines. Where `quote` is `undefined`, quotes are characters like any other. */
export function createLineReader(delimiter: string, quote: string | undefined): LineReader {
  const isBlank = (character: string | undefined) => character === ' ' && !delimiter.startsWith(' ');
  let cells: string[] = [];
  // What is read of a quoted cell that is not closed yet.
  let open = '';

  // Blanks between a delimiter and a quote do not count.
  function quoteAt(line: string, start: number): number {
    let at = start;
    while (isBlank(line[at])) at += 1;
    return line[at] === quote ? at : -1;
  }

  // Reads on behind an opening quote; where its cell ends, or why it does not.
  function closeCell(line: string, start: number): number | 'open' | 'malformed' {
    let at = start;
    while (true) {
      const found = line.indexOf(quote!, at);
      if (found < 0) {
        open += line.slice(at);
        return 'open';
      }
      open += line.slice(at, found);
      at = found + 1;
      if (line[at] !== quote) break;
      // A doubled quote stands for one.
      open += quote;
      at += 1;
    }
    while (isBlank(line[at])) at += 1;
    if (at < line.length && !line.startsWith(delimiter, at)) return 'malformed';
    cells.push(open);
    open = '';
    return at;
  }

  // Reads the cells from `start`, where one begins.
  function readCells(line: string, start: number): RowState {
    let at = start;
    while (true) {
      const opening = quoteAt(line, at);
      const end = opening < 0 ? line.indexOf(delimiter, at) : closeCell(line, opening + 1);
      if (typeof end === 'string') return end;
      if (opening < 0) cells.push(end < 0 ? line.slice(at) : line.slice(at, end));
      if (end < 0 || end === line.length) return 'whole';
      at = end + delimiter.length;
    }
  }

  return {
    begin(line, hasQuotes) {
      open = '';
      if (!hasQuotes || quote === undefined || !line.includes(quote)) {
        cells = line.split(delimiter);
        return 'whole';
      }
      cells = [];
      return readCells(line, 0);
    },
    goOn(lineBreak, line) {
      open += lineBreak;
      const end = closeCell(line, 0);
      if (typeof end === 'string') return end;
      return end === line.length ? 'whole' : readCells(line, end + delimiter.length);
    },
    cells: () => cells,
    hasQuotes: (text) => quote !== undefined && text.includes(quote),
  };
}
