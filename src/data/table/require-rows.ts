import { plainText } from '../../internal/describe.js';
import { refuse } from '../../internal/require.js';
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
  const [column, lacking] = most(report.missing);
  const [reason, faulty] = most(report.reasons);
  const lost = `all ${report.rows} were left out when it was read`;
  if (lacking > faulty) return `${lost}: ${lacking} have no value in '${plainText(column, 60)}'`;
  const [first] = report.badRows;
  const example = first ? ` (line ${first.line}: '${plainText(first.value, 60)}')` : '';
  return `${lost}: ${faulty} because ${plainText(reason, 120)}${example}`;
}

function most(counts: Readonly<Record<string, number>> = {}): readonly [string, number] {
  return Object.entries(counts).reduce((one, other) => (other[1] > one[1] ? other : one), ['', 0] as [string, number]);
}
