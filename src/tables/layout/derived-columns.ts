import type { Column } from '../../data/table/column.js';
import type { Table } from '../../data/table/table.js';
import { refuse } from '../../internal/require.js';
import { columnNumbersIn } from '../coding/column-numbers.js';
import { cellReader, numberOfCell, type RowCells, type TableMember } from './table-member.js';

type Pause = () => Promise<void>;

/** A column that is computed from others. */
export interface DerivedColumn {
  readonly member: TableMember;
  readonly compute: (row: RowCells) => unknown;
}

/** Refuses formulas that do not give what a table has, by the first row. */
export async function requireTrue(
  where: string,
  derived: readonly DerivedColumn[],
  table: Table,
  pause: Pause,
): Promise<void> {
  await compare(derived, table, pause, ({ member: { name } }, row, computed) => {
    const cell = cellReader(table.columns[name]!)(row);
    const has = typeof cell === 'string' ? `'${cell}'` : cell;
    refuse(where, `derived.${name}`, `give what the table has, to the last digit: ${has} in row ${row}`, computed);
  });
}

/** Which rows of a table contradict a formula; a missing cell does not. */
export async function contradictions(
  derived: readonly DerivedColumn[],
  table: Table,
  pause: Pause,
): Promise<Uint8Array> {
  const found = new Uint8Array(table.length);
  await compare(derived, table, pause, ({ member: { name } }, row) => {
    const cell = cellReader(table.columns[name]!)(row);
    if (cell !== null && !Number.isNaN(cell)) found[row] = 1;
  });
  return found;
}

/** Computes a column for each row of a table that has the others. */
export async function deriveCells(
  where: string,
  { member, compute }: DerivedColumn,
  columns: Readonly<Record<string, Column>>,
  length: number,
  pause: Pause,
): Promise<Float64Array> {
  const rowAt = rowReader(columns);
  const cells = new Float64Array(length);
  for (let row = 0; row < length; row += 1) {
    const computed = compute(rowAt(row));
    const number = numberOfCell(member, computed);
    if (number === undefined) {
      refuse(
        where,
        `derived.${member.name}`,
        `give what can stand in a column of the kind '${member.like.kind}'`,
        computed,
      );
    }
    cells[row] = number;
    if (row % 2 ** 10 === 0) await pause();
  }
  return cells;
}

async function compare(
  derived: readonly DerivedColumn[],
  table: Table,
  pause: Pause,
  onOther: (column: DerivedColumn, row: number, computed: unknown) => void,
): Promise<void> {
  const names = new Set(derived.map(({ member }) => member.name));
  const rowAt = rowReader(Object.fromEntries(Object.entries(table.columns).filter(([name]) => !names.has(name))));
  for (const column of derived) {
    const { member, compute } = column;
    const numbers = columnNumbersIn(table.columns[member.name]!, member.vocabulary);
    for (let row = 0; row < table.length; row += 1) {
      const computed = compute(rowAt(row));
      const number = numberOfCell(member, computed);
      const isSame = number === numbers[row] || (Number.isNaN(number) && Number.isNaN(numbers[row]));
      if (!isSame) onOther(column, row, computed);
      if (row % 2 ** 10 === 0) await pause();
    }
  }
}

// Formulas get an object of their own, which they may keep.
function rowReader(columns: Readonly<Record<string, Column>>): (row: number) => RowCells {
  const readers = Object.entries(columns).map(([name, column]) => [name, cellReader(column)] as const);
  return (row) => {
    const cells: Record<string, string | number | null> = {};
    for (const [name, read] of readers) cells[name] = read(row);
    return cells;
  };
}
