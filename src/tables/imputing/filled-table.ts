import { tableRows } from '../../data/splits/table-rows.js';
import type { Column } from '../../data/table/column.js';
import type { Table } from '../../data/table/table.js';
import { growVocabulary, type Vocabulary } from '../../data/vocabulary.js';
import { refuse } from '../../internal/require.js';
import { columnNumbersIn } from '../coding/column-numbers.js';
import { deriveCells } from '../layout/derived-columns.js';
import type { TableLayout } from '../layout/table-layout.js';
import type { ModelParts } from '../model-of-rows.js';
import type { ColumnGaps, Gaps } from './gaps.js';

type Pause = () => Promise<void>;

/** Cells of a column of the user's table, as numbers of the model: values, or codes of its vocabulary. */
interface NewCells {
  readonly name: string;
  readonly vocabulary: Vocabulary | undefined;
  readonly rows: Uint32Array;
  readonly cells: Float64Array;
}

/** The user's table with the cells that were found for its gaps, and with what is computed from them. */
export async function filledTable(
  where: string,
  { columns, layout }: ModelParts,
  table: Table,
  gaps: Gaps,
  cells: readonly Float64Array[],
  pause: Pause,
): Promise<Table> {
  const found: Record<string, Column> = { ...table.columns };
  for (const [turn, own] of gaps.columns.entries()) {
    const { name, vocabulary } = columns[own.place]!;
    const joined = layout?.joined.find((group) => group.name === name);
    const parts = joined
      ? joined.members.map((member, at) => memberCells(member, joined.cells[at]!, own, cells[turn]!, table))
      : [{ name, vocabulary, rows: own.rows, cells: cells[turn]! }];
    for (const part of parts) {
      found[part.name] = withCells(found[part.name]!, part);
      await pause();
    }
  }
  const filled = { ...table, columns: found };
  return layout ? withComputed(where, layout, table, filled, pause) : filled;
}

// Of one of several columns that are learned together: its cell in the combination, where it has none itself.
function memberCells(
  { name, vocabulary }: Pick<NewCells, 'name' | 'vocabulary'>,
  ofCombinations: Float64Array,
  { rows }: ColumnGaps,
  combinations: Float64Array,
  table: Table,
): NewCells {
  const numbers = columnNumbersIn(table.columns[name]!, vocabulary);
  const turns = [...rows.keys()].filter((turn) => Number.isNaN(numbers[rows[turn]!]!));
  return {
    ...{ name, vocabulary },
    rows: Uint32Array.from(turns, (turn) => rows[turn]!),
    cells: Float64Array.from(turns, (turn) => ofCombinations[combinations[turn]!]!),
  };
}

function withCells(column: Column, { vocabulary, rows, cells }: NewCells): Column {
  if (!('codes' in column)) {
    const values = column.values.slice();
    for (const [turn, row] of rows.entries()) values[row] = cells[turn]!;
    return { ...column, values } as Column;
  }
  const codes = column.codes.slice();
  const ids = Array.from(cells, (code) => vocabulary!.idAt(code));
  const own = column.vocabulary;
  const others = new Set(ids.filter((id) => id !== undefined && !own.has(id))) as Set<string>;
  const grown = others.size === 0 ? own : growVocabulary(own, others);
  // What is computed may be missing.
  for (const [turn, row] of rows.entries()) codes[row] = ids[turn] === undefined ? -1 : grown.indexOf(ids[turn]);
  return { ...column, codes, vocabulary: grown };
}

// Computes the computed columns of rows that had gaps; what is known there must agree.
async function withComputed(
  where: string,
  { members, derived }: TableLayout,
  table: Table,
  filled: Table,
  pause: Pause,
): Promise<Table> {
  const rows = await incompleteRows(members, table, pause);
  const columns: Record<string, Column> = { ...filled.columns };
  const names = derived.map(({ member }) => member.name);
  const known = members.filter(({ name }) => !names.includes(name)).map(({ name }) => [name, filled.columns[name]!]);
  const part = tableRows({ ...filled, columns: Object.fromEntries(known) }, rows);
  for (const column of derived) {
    const { name, vocabulary } = column.member;
    const cells = await deriveCells(where, column, part.columns, rows.length, pause);
    const before = columnNumbersIn(table.columns[name]!, vocabulary);
    for (const [turn, row] of rows.entries()) {
      if (Number.isNaN(before[row]!) || before[row] === cells[turn]) continue;
      const rule = `leave out what is computed (\`derived\`) from cells that are to be filled: row ${row} cannot have both`;
      refuse(where, `table.columns.${name}`, rule, before[row]);
    }
    columns[name] = withCells(columns[name]!, { name, vocabulary, rows, cells });
  }
  return { ...filled, columns };
}

async function incompleteRows(members: TableLayout['members'], table: Table, pause: Pause): Promise<Uint32Array> {
  const isIncomplete = new Uint8Array(table.length);
  for (const { name, vocabulary } of members) {
    const numbers = columnNumbersIn(table.columns[name]!, vocabulary);
    for (let row = 0; row < table.length; row += 1) if (Number.isNaN(numbers[row]!)) isIncomplete[row] = 1;
    await pause();
  }
  return Uint32Array.from(isIncomplete.keys()).filter((row) => isIncomplete[row] === 1);
}
