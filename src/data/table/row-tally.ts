import { plainText } from '../../internal/describe.js';
import { refuse } from '../../internal/require.js';
import type { TableReport } from './table.js';
import type { TableOptions } from './table-options.js';

/** Keeps count of what becomes of text and rows. */
export interface RowTally {
  /** A piece of the text. */
  text(piece: string): void;
  /** A row that is in the table. */
  kept(): void;
  /** A row that is the header once more. */
  header(): void;
  /** A row without a value in a column that must have one. */
  missing(column: string): void;
  /** A row that does not fit, and how its column would have to be read for it; throws when such rows are to end the load. */
  bad(line: number, column: string | undefined, value: string, reason: string, otherwise?: string): void;
  /** What became of the rows so far. */
  report(): TableReport;
}

/** Begins with no row. */
export function createRowTally(where: string, { badRows, listedBadRows = 100 }: TableOptions): RowTally {
  const listed: TableReport['badRows'][number][] = [];
  const missing = new Map<string, number>();
  // By column; those of a row as a whole stand at `undefined`.
  const reasons = new Map<string | undefined, Map<string, number>>();
  let kept = 0;
  let bad = 0;
  let incomplete = 0;
  let repeatedHeaders = 0;
  let lostCharacters = 0;
  return {
    text(piece) {
      lostCharacters += countReplacements(piece);
    },
    kept() {
      kept += 1;
    },
    header() {
      repeatedHeaders += 1;
    },
    missing(column) {
      addOne(missing, column);
      incomplete += 1;
    },
    bad(line, column, value, reason, otherwise) {
      const shown = value.length > 80 ? `${value.slice(0, 80)}…` : value;
      if (badRows === 'throw' || (badRows === undefined && otherwise !== undefined)) {
        const place = column === undefined ? `line ${line}` : `'${plainText(column, 60)}' in line ${line}`;
        const way = otherwise === undefined ? '' : `: is it ${otherwise}? \`badRows: 'skip'\` leaves such rows out`;
        refuse(where, 'source', `hold rows that fit (${place} ${reason})${way}`, shown);
      }
      bad += 1;
      const own = reasons.get(column) ?? new Map<string, number>();
      reasons.set(column, own);
      addOne(own, own.has(reason) || own.size < mostReasons ? reason : 'does not fit for other reasons');
      if (listed.length < listedBadRows)
        listed.push({ line, ...(column !== undefined && { column }), value: copyText(shown), reason });
    },
    report: () => ({
      rows: kept + bad + incomplete,
      kept,
      missing: Object.fromEntries(missing),
      bad,
      badRows: [...listed],
      reasons: Object.fromEntries(
        [...reasons].flatMap(([column, own]) =>
          [...own].map(([reason, count]) => [nameOfReason(column, reason), count]),
        ),
      ),
      repeatedHeaders,
      lostCharacters,
    }),
  };
}

/** How a reason is called in a report. */
export function nameOfReason(column: string | undefined, reason: string): string {
  return column === undefined ? reason : `'${column}' ${reason}`;
}

/** A text in memory of its own: a cell is a view into the text it was cut from, and would keep all of it. */
export function copyText(text: string): string {
  return JSON.parse(JSON.stringify(text));
}

// A file of rows of a thousand different lengths has a thousand reasons.
const mostReasons = 20;

function addOne(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function countReplacements(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\ufffd'); at >= 0; at = text.indexOf('\ufffd', at + 1)) count += 1;
  return count;
}
