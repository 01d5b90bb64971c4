import type { Column } from '../../data/table/column.js';
import type { Table } from '../../data/table/table.js';
import { refuse, requireGivenFunction } from '../../internal/require.js';
import { columnOfNumbers } from '../coding/column-numbers.js';
import { requireRows } from '../coding/table-coding.js';
import { type DerivedColumn, deriveCells, requireTrue } from './derived-columns.js';
import { type JoinedColumns, joinColumns, joinedColumn } from './joined-columns.js';
import { memberOf, type RowCells, type TableMember } from './table-member.js';

type Pause = () => Promise<void>;

/** What the options of a model say of its columns. */
export interface LayoutOptions {
  readonly together?: readonly (readonly string[])[] | undefined;
  readonly derived?: object | undefined;
}

/**
 * How a user's table and the one that is learned belong together: in the latter, columns that are learned together are one column of
 * ids, and those that are computed are not there.
 */
export interface TableLayout {
  /** All columns of the user's table. */
  readonly members: readonly TableMember[];
  readonly joined: readonly JoinedColumns[];
  readonly derived: readonly DerivedColumn[];
}

/** The table to learn from, and how it comes from the user's; without a layout it is that itself. */
export async function layOut(
  where: string,
  table: Table,
  { together = [], derived = {} }: LayoutOptions,
  pause: Pause,
): Promise<{ readonly learned: Table; readonly layout?: TableLayout }> {
  if (!Array.isArray(together)) refuse(where, 'together', 'be a list of lists of columns', together);
  if (typeof derived !== 'object' || derived === null || Array.isArray(derived)) {
    refuse(where, 'derived', 'be an object of formulas by column', derived);
  }
  if (together.length === 0 && Object.keys(derived).length === 0) return { learned: table };
  await requireRows(where, table, 'table', pause);
  const members = Object.entries(table.columns).map(([name, column]) => memberOf(name, column));
  const layout = { members, joined: [] as JoinedColumns[], derived: readDerived(where, members, derived) };
  const groups = readTogether(where, layout, together);
  for (const [place, group] of groups.entries()) {
    const name = freeName(table, group);
    layout.joined.push(await joinColumns(where, `together[${place}]`, name, group, table, pause));
  }
  await requireTrue(where, layout.derived, table, pause);
  return { learned: await learnedTable(layout, table, pause), layout };
}

/** The columns of a table as they are learned. */
export async function learnedTable(
  { members, joined, derived }: TableLayout,
  table: Table,
  pause: Pause,
): Promise<Table> {
  const columns: Record<string, Column> = {};
  for (const member of members) {
    const { name } = member;
    if (derived.some((column) => column.member.name === name)) continue;
    const group = joined.find((columnsOf) => columnsOf.members.some((each) => each.name === name));
    if (!group) columns[name] = table.columns[name]!;
    else if (group.members[0]!.name === name) columns[group.name] = await joinedColumn(group, table, pause);
  }
  return { ...table, columns };
}

/** The user's table of one that is learned. */
export async function usersTable(where: string, layout: TableLayout, learned: Table, pause: Pause): Promise<Table> {
  const found: Record<string, Column> = { ...learned.columns };
  for (const { name, members, cells } of layout.joined) {
    const { codes } = learned.columns[name] as Extract<Column, { codes: Int32Array }>;
    for (const [place, { name: member, like }] of members.entries()) {
      found[member] = columnOfNumbers(
        like,
        Float64Array.from(codes, (code) => cells[place]![code]!),
      );
      await pause();
    }
    delete found[name];
  }
  const known = { ...found };
  for (const column of layout.derived) {
    const cells = await deriveCells(where, column, known, learned.length, pause);
    found[column.member.name] = columnOfNumbers(column.member.like, cells);
  }
  return { ...learned, columns: Object.fromEntries(layout.members.map(({ name }) => [name, found[name]!])) };
}

function readDerived(where: string, members: readonly TableMember[], derived: object): DerivedColumn[] {
  const columns = Object.entries(derived).map(([name, compute]): DerivedColumn => {
    const member = members.find((each) => each.name === name);
    if (!member) refuse(where, 'derived', `name columns of the table (${namesOf(members)})`, name);
    requireGivenFunction(where, `derived.${name}`, compute);
    return { member, compute: compute as (row: RowCells) => unknown };
  });
  if (columns.length === members.length) refuse(where, 'derived', 'leave a column to learn', namesOf(members));
  return columns;
}

function readTogether(
  where: string,
  { members, derived }: TableLayout,
  together: readonly (readonly string[])[],
): TableMember[][] {
  const taken = new Map(derived.map(({ member }) => [member.name, 'computed (`derived`)']));
  return together.map((names, place) => {
    const argument = `together[${place}]`;
    if (!Array.isArray(names) || names.length < 2) refuse(where, argument, 'name two columns or more', names);
    return names.map((name: string) => {
      const member = members.find((each) => each.name === name);
      if (!member) refuse(where, argument, `name columns of the table (${namesOf(members)})`, name);
      const fate = taken.get(name);
      if (fate) refuse(where, argument, `leave out what is ${fate}`, name);
      taken.set(name, 'named before');
      return member;
    });
  });
}

function freeName(table: Table, group: readonly TableMember[]): string {
  let name = group.map((member) => member.name).join(' + ');
  while (Object.hasOwn(table.columns, name)) name += ' +';
  return name;
}

function namesOf(members: readonly TableMember[]): string {
  return members.map(({ name }) => `'${name}'`).join(', ');
}
