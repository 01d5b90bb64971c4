import type { CodedColumn } from '../../data/table/column.js';
import type { Table } from '../../data/table/table.js';
import { createVocabulary, type Vocabulary } from '../../data/vocabulary.js';
import { refuse } from '../../internal/require.js';
import { columnNumbersIn } from '../coding/column-numbers.js';
import type { TableMember } from './table-member.js';

type Pause = () => Promise<void>;

/** Columns that are learned as one: each combination of their cells that a table has is an id. */
export interface JoinedColumns {
  /** Of the column of ids. */
  readonly name: string;
  readonly members: readonly TableMember[];
  /** `[V]` of each member: its cell in each combination, as a number. */
  readonly cells: readonly Float64Array[];
  /** Of the combinations: the numbers of their cells as text. */
  readonly vocabulary: Vocabulary;
}

/** Most combinations. */
export const mostCombinations = 2 ** 16;

/** Finds the combinations that a table has. */
export async function joinColumns(
  where: string,
  argument: string,
  name: string,
  members: readonly TableMember[],
  table: Table,
  pause: Pause,
): Promise<JoinedColumns> {
  const found = new Map<string, number>();
  const lists = members.map((): number[] => []);
  await visitCombinations(members, table, pause, (numbers, row) => {
    const key = keyOf(numbers, row);
    if (found.has(key)) return;
    found.set(key, found.size);
    for (const [place, own] of numbers.entries()) lists[place]!.push(own[row]!);
    if (found.size > mostCombinations) {
      refuse(where, argument, `have at most ${mostCombinations} different combinations`, `more up to row ${row}`);
    }
  });
  return joinedColumns(
    name,
    members,
    lists.map((list) => Float64Array.from(list)),
  );
}

/** Columns whose combinations are known. */
export function joinedColumns(
  name: string,
  members: readonly TableMember[],
  cells: readonly Float64Array[],
): JoinedColumns {
  const keys = Array.from(cells[0]!, (_, combination) => keyOf(cells, combination));
  return { name, members, cells, vocabulary: createVocabulary(keys) };
}

/**
 * The column of ids of a table. What the combinations do not hold has an index that no id has; cells that are all missing say nothing.
 */
export async function joinedColumn(
  { members, vocabulary }: JoinedColumns,
  table: Table,
  pause: Pause,
): Promise<CodedColumn> {
  const codes = new Int32Array(table.length);
  await visitCombinations(members, table, pause, (numbers, row) => {
    const code = vocabulary.indexOf(keyOf(numbers, row));
    const isUnknown = code < 0 && numbers.some((own) => !Number.isNaN(own[row]!));
    codes[row] = isUnknown ? vocabulary.size : code;
  });
  return { kind: 'id', codes, vocabulary };
}

async function visitCombinations(
  members: readonly TableMember[],
  table: Table,
  pause: Pause,
  visit: (numbers: readonly Float64Array[], row: number) => void,
): Promise<void> {
  const numbers = members.map(({ name, vocabulary }) => columnNumbersIn(table.columns[name]!, vocabulary));
  for (let row = 0; row < table.length; row += 1) {
    visit(numbers, row);
    if (row % 2 ** 10 === 0) await pause();
  }
}

function keyOf(numbers: readonly Float64Array[], row: number): string {
  return numbers.map((own) => own[row]).join(' ');
}
