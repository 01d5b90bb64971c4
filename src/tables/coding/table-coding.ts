import type { Column } from '../../data/table/column.js';
import { requireTable } from '../../data/table/require-rows.js';
import type { Table } from '../../data/table/table.js';
import type { Vocabulary } from '../../data/vocabulary.js';
import { inStretches, type Pieces, piecemeal } from '../../internal/pieces.js';
import { refuse, refuseEmpty, requireLength } from '../../internal/require.js';
import { columnNumbers, columnNumbersIn } from './column-numbers.js';
import { type ColumnStates, findStates, stateOfValue } from './column-states.js';

/** A column of a model. */
export interface CodedTableColumn {
  readonly name: string;
  /** What made it, without its rows. */
  readonly like: Column;
  /** Of ids. */
  readonly vocabulary: Vocabulary | undefined;
  readonly states: ColumnStates;
  /** States of the columns before it: its state `s` is state `base + s` of the table. */
  readonly base: number;
}

/** The rows of a table as states. */
export interface TableCoding {
  /** Number of rows, N. */
  readonly length: number;
  /** One for each column, D. */
  readonly columns: readonly CodedTableColumn[];
  /** `[N, D]`: states of the table; -1 for what says nothing, -2 for what no state holds. */
  readonly rows: Int32Array;
  /** States of all columns together, S. */
  readonly states: number;
  /** `[S]`: the share of the rows that are in each. */
  readonly shares: Float64Array;
}

/** Finds the states of a table, and codes its rows. */
export async function codeTable(
  where: string,
  table: Table,
  bins: number,
  pause: () => Promise<void>,
  argument = 'table',
): Promise<TableCoding> {
  await requireRows(where, table, argument, pause);
  const columns: CodedTableColumn[] = [];
  let base = 0;
  for (const [name, column] of Object.entries(table.columns)) {
    const isCoded = 'codes' in column;
    await pause();
    const states = await findStates(columnNumbers(column), { isCoded, bins }, pause);
    columns.push({ name, like: emptied(column), vocabulary: isCoded ? column.vocabulary : undefined, states, base });
    base += states.offsets.length - 1;
  }
  const rows = await codeRows(columns, table, pause);
  const shares = new Float64Array(base);
  for (const { base: first, states } of columns) {
    shares.set(await piecemeal(stateShares(states, table.length), pause), first);
  }
  return { length: table.length, columns, rows, states: base, shares };
}

/** Codes the rows of another table. */
export async function codeRows(
  columns: readonly CodedTableColumn[],
  table: Table,
  pause: () => Promise<void>,
  stateOf = stateOfValue,
): Promise<Int32Array> {
  const rows = new Int32Array(table.length * columns.length);
  for (const [place, { name, vocabulary, states, base }] of columns.entries()) {
    const numbers = columnNumbersIn(table.columns[name]!, vocabulary);
    for (let row = 0; row < table.length; row += 1) {
      const state = stateOf(states, numbers[row]!);
      rows[row * columns.length + place] = state < 0 ? state : base + state;
      if (row % 2 ** 12 === 0) await pause();
    }
  }
  return rows;
}

/** Refuses a table that lacks a column of the model, or has no value in one. */
export function requireSameColumns(
  where: string,
  columns: readonly Pick<CodedTableColumn, 'name' | 'like'>[],
  table: Table,
  argument = 'table',
): void {
  requireKinds(where, columns, table, argument);
  for (const { name } of columns) requireValues(where, `${argument}.columns.${name}`, table.columns[name]!);
}

/** Refuses a table that lacks a column of the model. */
export function requireKinds(
  where: string,
  columns: readonly Pick<CodedTableColumn, 'name' | 'like'>[],
  table: Table,
  argument = 'table',
): void {
  requireTable(where, table, argument);
  for (const { name, like } of columns) {
    const column = Object.hasOwn(table.columns, name) ? table.columns[name] : undefined;
    if (column?.kind !== like.kind) {
      refuse(
        where,
        `${argument}.columns.${name}`,
        `be a column of the kind '${like.kind}', as in the model`,
        column?.kind,
      );
    }
    requireCells(where, `${argument}.columns.${name}`, column, table.length);
  }
}

/** Refuses what is no table, and one without rows, columns or values. */
export async function requireRows(
  where: string,
  table: Table,
  argument: string,
  pause: () => Promise<void>,
): Promise<void> {
  requireTable(where, table, argument);
  if (table.length === 0) refuseEmpty(where, argument, 'no rows');
  if (Object.keys(table.columns).length === 0) refuse(where, `${argument}.columns`, 'name at least one column', 'none');
  for (const [name, column] of Object.entries(table.columns)) {
    requireCells(where, `${argument}.columns.${name}`, column, table.length);
    requireValues(where, `${argument}.columns.${name}`, column);
    await pause();
  }
}

function requireCells(where: string, argument: string, column: Column, length: number): void {
  const cells: ArrayLike<number> = 'codes' in column ? column.codes : column.values;
  requireLength(where, argument, cells, length);
  for (let row = 0; row < length; row += 1) {
    const value = cells[row]!;
    if (!Number.isNaN(value) && !Number.isFinite(value)) {
      refuse(where, argument, `hold finite numbers (row ${row} does not)`, value);
    }
  }
}

function requireValues(where: string, argument: string, column: Column): void {
  const isThere = (cell: number) => ('codes' in column ? cell >= 0 : !Number.isNaN(cell));
  const cells: ArrayLike<number> = 'codes' in column ? column.codes : column.values;
  let row = 0;
  while (row < cells.length && !isThere(cells[row]!)) row += 1;
  if (cells.length > 0 && row === cells.length) {
    refuse(where, argument, 'have a value in at least one row, or be left out of the table', 'missing values only');
  }
}

/** A column without its rows. */
export function emptied(column: Column): Column {
  if ('codes' in column) return { ...column, codes: new Int32Array(0) };
  if (column.kind === 'count') return { ...column, values: new Int32Array(0) };
  return { ...column, values: new Float64Array(0) };
}

/** The share of `length` rows that are in each state of a column. */
export function* stateShares({ stateOf, counts, offsets }: ColumnStates, length: number): Pieces<Float64Array> {
  const shares = new Float64Array(offsets.length - 1);
  yield* inStretches(stateOf.length, (from, to) => {
    for (let place = from; place < to; place += 1) shares[stateOf[place]!]! += counts[place]! / length;
  });
  return shares;
}
