import { requireGivenOptions } from '../../internal/options.js';
import { refuse, requireText } from '../../internal/require.js';
import { escapeHtml, oneLine } from '../page/escape-html.js';
import { movable } from './movable.js';
import type { ReportPart } from './report.js';
import { shownNumber } from './shown.js';

/** A column of a {@link DataTable}. */
export interface ReportColumn {
  /** Its head. */
  readonly name: string;
  /** Whether its cells stand at the right, as numbers do. Default `false`. */
  readonly isNumber?: boolean;
}

/** What {@link dataTable} shows. */
export interface DataTable {
  /** What the table is of. Default: nothing is said. */
  readonly caption?: string;
  /** The columns, one or more; the first names the rows. */
  readonly columns: readonly ReportColumn[];
  /** A cell for each column: text as it is, numbers to four digits. */
  readonly rows: readonly (readonly (string | number)[])[];
}

/**
 * A table as a part of a report; cells are shown letter by letter.
 *
 * @param table - Columns and rows.
 * @returns The part.
 * @throws RangeError when a row has other cells than there are columns, a cell is neither text nor number, or there is no column.
 * @example
 * const columns = [{ name: 'product' }, { name: 'sold', isNumber: true }];
 * dataTable({ columns, rows: [['tea', 1200], ['mug', 3]] }).text.split('\n'); // ['product   sold', 'tea      1,200', 'mug          3']
 */
export function dataTable(table: DataTable): ReportPart {
  return labelledTable(table);
}

/** A {@link dataTable} that is called `label` where it is moved sideways; by default its caption, or the head of its rows. */
export function labelledTable(table: DataTable, label?: string): ReportPart {
  const where = 'dataTable';
  requireGivenOptions(where, table, { caption: true, columns: true, rows: true }, 'table');
  const { caption, columns, rows } = table;
  if (!Array.isArray(columns) || columns.length === 0) refuse(where, 'columns', 'be an array of columns', columns);
  for (const [place, column] of columns.entries()) requireText(where, `columns[${place}].name`, column?.name);
  if (caption !== undefined) requireText(where, 'caption', caption);
  const cells = readRows(where, rows, columns.length);
  const isNumber = columns.map((column) => column.isNumber === true);
  const words = caption === undefined ? '' : `<caption>${escapeHtml(caption)}</caption>`;
  const head = columns.map(({ name }, at) => headHtml(name, isNumber[at]!)).join('');
  return {
    html: scrolling(
      label ?? (caption || columns[0]!.name || 'table'),
      `${words}<thead><tr>${head}</tr></thead>\n<tbody>${cells.map((row) => rowHtml(row, isNumber)).join('\n')}</tbody>`,
    ),
    text: [
      ...(caption === undefined ? [] : [oneLine(caption)]),
      ...aligned([columns.map(({ name }) => name), ...cells], isNumber),
    ].join('\n'),
  };
}

/**
 * Names and what is to say of each, as a part of a report.
 *
 * @param facts - Pairs of a name and a text or number.
 * @returns The part.
 * @throws RangeError when a fact is no such pair.
 * @example
 * factTable([['seed', 7], ['data', 'orders.csv']]).text.split('\n'); // ['seed  7', 'data  orders.csv']
 */
export function factTable(facts: readonly (readonly [name: string, value: string | number])[]): ReportPart {
  const cells = readRows('factTable', facts, 2, 'facts');
  const rows = cells.map((row) => rowHtml(row, [false, false])).join('\n');
  return { html: scrolling('facts', `<tbody>${rows}</tbody>`), text: aligned(cells, [false, false]).join('\n') };
}

function readRows(where: string, rows: DataTable['rows'], count: number, name = 'rows'): string[][] {
  if (!Array.isArray(rows)) refuse(where, name, 'be an array of rows', rows);
  return rows.map((row: DataTable['rows'][number], place) => {
    if (!Array.isArray(row) || row.length !== count) refuse(where, `${name}[${place}]`, `hold ${count} cells`, row);
    return row.map((cell: string | number, column) => {
      if (typeof cell === 'number') return shownNumber(cell);
      requireText(where, `${name}[${place}][${column}]`, cell);
      return cell;
    });
  });
}

function scrolling(name: string, content: string): string {
  return `${movable(name)}<table>${content}</table></div>`;
}

// The empty corner of a table heads nothing.
function headHtml(name: string, isNumber: boolean): string {
  return name === '' ? '<td></td>' : `<th scope="col"${kind(isNumber)}>${escapeHtml(name)}</th>`;
}

function rowHtml([name = '', ...others]: readonly string[], isNumber: readonly boolean[]): string {
  const rest = others.map((cell, at) => `<td${kind(isNumber[at + 1]!)}>${escapeHtml(cell)}</td>`);
  return `<tr><th scope="row"${kind(isNumber[0]!)}>${escapeHtml(name)}</th>${rest.join('')}</tr>`;
}

const kind = (isNumber: boolean) => (isNumber ? ' class="number"' : '');

function aligned(rows: readonly (readonly string[])[], isNumber: readonly boolean[]): string[] {
  const plain = rows.map((row) => row.map(oneLine));
  const lengthOf = (cell: string) => [...cell].length;
  const widths = isNumber.map((_, column) => plain.reduce((most, row) => Math.max(most, lengthOf(row[column]!)), 0));
  const padded = (cell: string, column: number) => {
    const space = ' '.repeat(widths[column]! - lengthOf(cell));
    return isNumber[column] ? space + cell : cell + space;
  };
  return plain.map((row) => row.map(padded).join('  ').trimEnd());
}
