import { type ColumnKind, type CountColumn, type NumberColumn, parseTable, type TimeColumn } from 'minimart';

/** Reads cells of one column, which may hold anything but tabs and line breaks; gives its values and what was wrong. */
export function readCells(kind: ColumnKind<NumberColumn | CountColumn | TimeColumn>, ...cells: string[]) {
  const table = parseTable(
    cells.join('\n'),
    { a: kind },
    {
      ...{ names: ['a'], delimiter: '\t', quote: false },
      ...({ badRows: 'skip', mostLost: 1 } as const),
    },
  );
  return { values: Array.from(table.columns.a.values), faults: table.report.badRows.map(({ reason }) => reason) };
}
