import { tableRows } from '../../data/splits/table-rows.js';
import type { Column, Columns } from '../../data/table/column.js';
import type { Table } from '../../data/table/table.js';
import { piecemeal } from '../../internal/pieces.js';
import { refuse } from '../../internal/require.js';
import { permutationInPieces, type Rng } from '../../random/rng.js';
import { requireRows, requireSameColumns } from '../coding/table-coding.js';

/** Virtual rows, those that their model was learned from, and real ones that it was not. */
export interface JudgedTables<C extends Columns> {
  readonly virtual: Table<C>;
  readonly real: Table<C>;
  readonly heldOut: Table<C>;
}

/**
 * Refuses tables without the same columns, or with fewer rows than a judge needs; `why` ends the rule. Also the same rows as learned from and as
 * held out: beside themselves they give a floor that is none, and a leak that nobody finds.
 */
export async function requireJudged<C extends Columns>(
  where: string,
  tables: Pick<JudgedTables<C>, 'virtual' | 'real'> | JudgedTables<C>,
  least: number,
  why: string,
  pause: () => Promise<void>,
): Promise<void> {
  const { real, ...others } = tables;
  await requireRows(where, real, 'real', pause);
  const columns = Object.entries(real.columns).map(([name, like]) => ({ name, like }));
  for (const [name, table] of Object.entries(others)) requireSameColumns(where, columns, table, name);
  if ('heldOut' in others && areSame(real, others.heldOut)) {
    refuse(where, 'heldOut', 'be other rows than `real`: rows that the model was not learned from', 'the same rows');
  }
  for (const [name, { length }] of Object.entries(tables)) {
    if (length < least) refuse(where, name, `have ${least} rows or more, ${why}`, length);
  }
}

// The very same arrays. Columns of `real` are in both.
function areSame(real: Table, heldOut: Table): boolean {
  return Object.entries(real.columns).every(([name, column]) => cellsOf(column) === cellsOf(heldOut.columns[name]!));
}

function cellsOf(column: Column): ArrayLike<number> {
  return 'codes' in column ? column.codes : column.values;
}

/** So many of the rows of a table in random order, each at most once. */
export async function drawRows<C extends Columns>(
  table: Table<C>,
  count: number,
  rng: Rng,
  pause: () => Promise<void>,
): Promise<Table<C>> {
  const order = await piecemeal(permutationInPieces(rng, table.length), pause);
  return tableRows(table, order.subarray(0, count));
}
