import type { OptionNames } from '../../internal/options.js';
import { requireOneOf, requireTexts, requireWholeNumber } from '../../internal/require.js';
import { requireMostLost } from '../most-lost.js';
import { type Dialect, requireDialect } from './csv/dialect.js';

/** Options of {@link parseTable}. */
export interface TableOptions extends Dialect {
  /** The names of the columns, for a source without a header line. By default its first line holds them. */
  readonly names?: readonly string[];
  /** Texts that mean a missing value in any column, such as `'NA'`; an empty or blank cell always does. Default none. */
  readonly missingTexts?: readonly string[];
  /**
   * Whether rows that do not fit are left out and reported (`'skip'`), or end the load with an error (`'throw'`). By default they are
   * left out, but for a cell that another option of its column would read, such as `31.12.2025` under `'iso'` or `12,50` under a decimal
   * point: it ends the load, because the rows that fit may have been read wrongly.
   */
  readonly badRows?: 'skip' | 'throw';
  /**
   * Largest share of the rows that may be left out, in [0, 1], for whatever reason: more is an error, which says why most of them
   * were. With 1 all may. Default 0.5.
   */
  readonly mostLost?: number;
  /** How many of them the report lists at most; it counts them all. Default 100. */
  readonly listedBadRows?: number;
}

/** The names of the options. */
export const tableOptionNames: OptionNames<TableOptions> = {
  delimiter: true,
  quote: true,
  names: true,
  missingTexts: true,
  badRows: true,
  mostLost: true,
  listedBadRows: true,
};

/** Checks the values of options whose names are known. */
export function requireTableOptions(where: string, options: TableOptions): void {
  const { names, missingTexts, badRows = 'skip', mostLost, listedBadRows = 100 } = options;
  requireDialect(where, options);
  if (names !== undefined) requireTexts(where, 'names', names);
  if (missingTexts !== undefined) requireTexts(where, 'missingTexts', missingTexts);
  requireOneOf(where, 'badRows', ['skip', 'throw'], badRows);
  requireMostLost(where, mostLost);
  requireWholeNumber(where, 'listedBadRows', listedBadRows);
}
