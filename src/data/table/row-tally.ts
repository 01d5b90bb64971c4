import { refuse } from '../../internal/require.js';
import type { BadRow, TableReport } from './table.js';
import type { TableOptions } from './table-options.js';

/** Keeps count of what becomes of rows. */
export interface RowTally {
  /** A row that is in the table. */
  kept(): void;
  /** A row without a value in a column that must have one. */
  missing(column: string): void;
  /** A row that does not fit; throws when bad rows are to end the load. */
  bad(line: number, column: string | undefined, value: string, reason: string): void;
  /** What became of the rows so far. */
  report(): TableReport;
}

/** Begins with no row. */
export function createRowTally(where: string, { badRows = 'skip', listedBadRows = 100 }: TableOptions): RowTally {
  const listed: BadRow[] = [];
  const missing = new Map<string, number>();
  let kept = 0;
  let bad = 0;
  let incomplete = 0;
  return {
    kept() {
      kept += 1;
    },
    missing(column) {
      missing.set(column, (missing.get(column) ?? 0) + 1);
      incomplete += 1;
    },
    bad(line, column, value, reason) {
      const shown = value.length > 80 ? `${value.slice(0, 80)}…` : value;
      if (badRows === 'throw') {
        const place = column === undefined ? `line ${line}` : `'${column}' in line ${line}`;
        refuse(where, 'source', `hold rows that fit (${place} ${reason})`, shown);
      }
      bad += 1;
      if (listed.length < listedBadRows)
        listed.push({ line, ...(column !== undefined && { column }), value: shown, reason });
    },
    report: () => ({
      rows: kept + bad + incomplete,
      kept,
      missing: Object.fromEntries(missing),
      bad,
      badRows: [...listed],
    }),
  };
}
