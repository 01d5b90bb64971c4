import type { Table } from '../../data/table/table.js';
import { refuse } from '../../internal/require.js';
import { columnNumbersIn } from '../coding/column-numbers.js';
import { type CodedTableColumn, codeRows } from '../coding/table-coding.js';
import type { JoinedColumns } from '../layout/joined-columns.js';
import { learnedTable } from '../layout/table-layout.js';
import type { ModelParts } from '../model-of-rows.js';

type Pause = () => Promise<void>;

/** The missing cells of one column that is learned. */
export interface ColumnGaps {
  /** Which of the learned columns. */
  readonly place: number;
  /** `[G]`: the rows. */
  readonly rows: Uint32Array;
  /** `[G]`: the states within the column that each may have. */
  readonly allowed: readonly Uint32Array[];
  /** `[G]`: whether something is known of the cell: one of several columns that are learned together. */
  readonly isPartial: Uint8Array;
}

/** The missing cells of a table. */
export interface Gaps {
  /** `[N, D]`: states of the known cells; -1 of the others, and of ids that the model does not know. */
  readonly known: Int32Array;
  /** Columns that have some, in the order in which they are filled: those that are learned together first. */
  readonly columns: readonly ColumnGaps[];
}

/** Finds what is to be filled in the columns that a model has learned. */
export async function findGaps(
  where: string,
  { columns, layout }: ModelParts,
  table: Table,
  pause: Pause,
): Promise<Gaps> {
  const learned = layout ? await learnedTable(layout, table, pause) : table;
  const known = await codeRows(columns, learned, pause);
  const found: ColumnGaps[] = [];
  for (const [place, column] of columns.entries()) {
    const joined = layout?.joined.find(({ name }) => name === column.name);
    const gaps = joined
      ? await joinedGaps(where, joined, column, table, pause)
      : await plainGaps(where, column, table, pause);
    for (let row = 0; row < table.length; row += 1) {
      const at = row * columns.length + place;
      known[at] = Math.max(-1, known[at]!);
    }
    for (const row of gaps.rows) known[row * columns.length + place] = -1;
    if (gaps.rows.length > 0) found[joined ? 'unshift' : 'push']({ place, ...gaps });
    await pause();
  }
  return { known, columns: found };
}

type FoundGaps = Omit<ColumnGaps, 'place'>;

async function plainGaps(where: string, column: CodedTableColumn, table: Table, pause: Pause): Promise<FoundGaps> {
  const numbers = columnNumbersIn(table.columns[column.name]!, column.vocabulary);
  await pause();
  const rows = Uint32Array.from(numbers.keys()).filter((row) => Number.isNaN(numbers[row]!));
  const { values, stateOf, offsets } = column.states;
  const isLeft = new Uint8Array(offsets.length - 1);
  for (const [place, value] of values.entries()) if (isValue(column, value)) isLeft[stateOf[place]!] = 1;
  const allowed = Uint32Array.from(isLeft.keys()).filter((state) => isLeft[state] === 1);
  if (rows.length > 0 && allowed.length === 0) refuse(where, 'model', `know an id of '${column.name}'`, 'none');
  return { rows, allowed: Array.from(rows, () => allowed), isPartial: new Uint8Array(rows.length) };
}

// What stands for unknown ids is none.
function isValue({ vocabulary }: Pick<CodedTableColumn, 'vocabulary'>, value: number): boolean {
  return !Number.isNaN(value) && (!vocabulary || vocabulary.idAt(value) !== undefined);
}

async function joinedGaps(
  where: string,
  joined: JoinedColumns,
  column: CodedTableColumn,
  table: Table,
  pause: Pause,
): Promise<FoundGaps> {
  const numbers = joined.members.map(({ name, vocabulary }) => columnNumbersIn(table.columns[name]!, vocabulary));
  const rows: number[] = [];
  const allowed: Uint32Array[] = [];
  const lists = new Map<string, Uint32Array>();
  for (let row = 0; row < table.length; row += 1) {
    if (row % 2 ** 10 === 0) await pause();
    const cells = numbers.map((own) => own[row]!);
    if (!cells.some(Number.isNaN)) continue;
    const key = cells.join(' ');
    const list = lists.get(key) ?? (await fittingStates(joined, column, cells, pause));
    if (list.length === 0) {
      const told = joined.members.map(({ name }) => `'${name}'`).join(', ');
      refuse(where, 'table', `have in row ${row} what stands in a combination of ${told} that the model knows`, key);
    }
    lists.set(key, list);
    rows.push(row);
    allowed.push(list);
  }
  const isPartial = Uint8Array.from(rows, (row) => (numbers.every((own) => Number.isNaN(own[row]!)) ? 0 : 1));
  return { rows: Uint32Array.from(rows), allowed, isPartial };
}

// States of the combinations that have what is known, and a value of what is not.
async function fittingStates(
  { members, cells }: JoinedColumns,
  { states }: CodedTableColumn,
  known: readonly number[],
  pause: Pause,
): Promise<Uint32Array> {
  const found: number[] = [];
  for (const [place, combination] of states.values.entries()) {
    const fits = members.every((member, at) => {
      const cell = cells[at]![combination]!;
      return Number.isNaN(known[at]!) ? isValue(member, cell) : cell === known[at];
    });
    if (fits) found.push(states.stateOf[place]!);
    if (place % 2 ** 12 === 0) await pause();
  }
  return Uint32Array.from(found);
}
