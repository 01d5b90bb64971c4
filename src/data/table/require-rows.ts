import { plainText } from '../../internal/describe.js';
import { refuse } from '../../internal/require.js';
import { requireKept } from '../most-lost.js';
import { nameOfReason } from './row-tally.js';
import type { Table, TableReport } from './table.js';

/**
 * Refuses what is no table, and a table that lost all its rows when it was read, with the reason of most of them: a wrong
 * delimiter, another form of dates, another decimal sign.
 */
export function requireTable(where: string, table: Table, argument = 'table'): void {
  if (typeof table?.columns !== 'object' || typeof table.length !== 'number') {
    refuse(where, argument, 'be a table, such as parseTable gives', table);
  }
  const lost = table.length === 0 ? lostRows(table.report) : undefined;
  if (lost !== undefined) refuse(where, argument, `have rows, but ${lost}`, table.length);
}

/** Why no row of a source is in its table, if it has any. */
export function lostRows(report: TableReport | undefined): string | undefined {
  if (!report || report.rows === 0 || report.kept > 0) return undefined;
  return `all ${report.rows} were left out when it was read: ${commonest(report)}`;
}

/** Refuses a source of which more rows were left out than may be. */
export function requireRowsKept(where: string, report: TableReport, mostLost: number | undefined): void {
  const { rows, kept } = report;
  requireKept(where, 'source', { rows, lost: rows - kept, why: () => commonest(report), mostLost });
}

// What most rows were left out for, and the first of them.
function commonest({ missing, reasons, badRows }: TableReport): string {
  const [column, lacking] = most(missing);
  const [reason, faulty] = most(reasons);
  if (lacking > faulty) return `${lacking} have no value in '${plainText(column, 60)}'`;
  const first = badRows.find((row) => nameOfReason(row.column, row.reason) === reason);
  const example = first ? ` (line ${first.line}: '${plainText(first.value, 60)}')` : '';
  return `${faulty} because ${plainText(reason, 120)}${example}`;
}

function most(counts: Readonly<Record<string, number>> = {}): readonly [string, number] {
  return Object.entries(counts).reduce((one, other) => (other[1] > one[1] ? other : one), ['', 0] as [string, number]);
}
