/** Where the lines of a text lie. A line ends at `\n`, at `\r\n`, or at a `\r` alone. */
export interface Lines {
  /** How many lines there are. */
  readonly length: number;
  /** Where each begins; one more entry says where the last one's line end ends. */
  readonly starts: readonly number[];
  /** Where each ends, before its line end. */
  readonly ends: readonly number[];
}

/**
 * Finds the lines that are whole. What stands behind the last line end is a line only when the text ends there
 * (`isLast`); so is one that ends with the text's last character, a `\r`, behind which a `\n` may come.
 */
export function findLines(text: string, isLast: boolean): Lines {
  const starts = [0];
  const ends: number[] = [];
  const nextNewline = createSearch(text, '\n');
  const nextReturn = createSearch(text, '\r');
  let start = 0;
  while (true) {
    const newline = nextNewline(start);
    const end = Math.min(newline, nextReturn(start));
    if (end === text.length || (end === text.length - 1 && end !== newline && !isLast)) break;
    start = end + 1 === newline ? end + 2 : end + 1;
    ends.push(end);
    starts.push(start);
  }
  if (isLast && start < text.length) {
    ends.push(text.length);
    starts.push(text.length);
  }
  return { length: ends.length, starts, ends };
}

/** How many line ends a text has. */
export function countLineEnds(text: string): number {
  const { length, ends } = findLines(text, true);
  return ends[length - 1] === text.length ? length - 1 : length;
}

// Where a character comes next, from places that never go back; the text's length when it does not come. What was found
// is kept: to look again for what comes late, from every line anew, would take a text's length for every line.
function createSearch(text: string, character: string): (from: number) => number {
  let found = -1;
  return (from) => {
    if (found < from) {
      const place = text.indexOf(character, from);
      found = place < 0 ? text.length : place;
    }
    return found;
  };
}
