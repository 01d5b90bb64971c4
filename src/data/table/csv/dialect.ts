import { refuse } from '../../../internal/require.js';

/** How rows and cells are told apart. */
export interface Dialect {
  /**
   * What stands between two cells: one character or more, such as `';'`, `'\t'` or `'::'`. Default: what a first line
   * such as `sep=;` names, else `','`.
   */
  readonly delimiter?: string;
  /**
   * What may stand around a cell that holds a delimiter, a line break or a quote, doubled in that case; `false` where
   * quotes are characters like any other. Default `'"'`.
   */
  readonly quote?: string | false;
}

/** Checks a dialect. */
export function requireDialect(where: string, { delimiter = ',', quote = '"' }: Dialect): void {
  if (typeof delimiter !== 'string' || !/^[^\r\n\ufeff]+$/.test(delimiter)) {
    refuse(where, 'delimiter', 'be a text of one character or more without line breaks', delimiter);
  }
  if (quote !== false && (typeof quote !== 'string' || !/^[^\r\n\ufeff]$/.test(quote))) {
    refuse(where, 'quote', 'be one character or `false`', quote);
  }
  if (quote !== false && delimiter.includes(quote)) refuse(where, 'quote', 'not be part of the delimiter', quote);
}
