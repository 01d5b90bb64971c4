/** Rows that follow one another, or one line that is no row. */
export interface RowBatch {
  /** The cells of each row. */
  readonly rows: readonly string[][];
  /** The line where the first one begins, from 1. */
  readonly line: number;
  /** Whether some cell holds a line break, so that rows take more than one line. */
  readonly hasLongRows: boolean;
  /** The text of a line that is no row, and why not; `rows` is empty then. */
  readonly fault?: { readonly text: string; readonly reason: string };
}

/** How many line breaks the cells of a row hold. */
export function countLineBreaks(cells: readonly string[]): number {
  let breaks = 0;
  for (const cell of cells) breaks += countIn(cell, '\n');
  return breaks;
}

/** How often `character` stands in `text`. */
export function countIn(text: string, character: string): number {
  let count = 0;
  for (let at = text.indexOf(character); at >= 0; at = text.indexOf(character, at + 1)) count += 1;
  return count;
}
