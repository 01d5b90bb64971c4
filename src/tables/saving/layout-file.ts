import type { SafetensorInput } from '../../data/safetensors/encode-safetensors.js';
import type { Vocabulary } from '../../data/vocabulary.js';
import { refuseFile } from '../../internal/file-fault.js';
import { refuse, requireGivenFunction } from '../../internal/require.js';
import type { Document } from '../../saving/document/document.js';
import { type Reader, tensorOf } from '../../saving/document/reader.js';
import type { VocabularyList } from '../../saving/document/vocabularies.js';
import type { DerivedColumn } from '../layout/derived-columns.js';
import { type JoinedColumns, joinedColumns, mostCombinations } from '../layout/joined-columns.js';
import type { TableLayout } from '../layout/table-layout.js';
import type { RowCells, TableMember } from '../layout/table-member.js';
import { describeMember, readMembers } from './columns-file.js';

/** Formulas by column, given where a model is read. */
export type Formulas = Readonly<Record<string, unknown>>;

/** What a file says of a layout, and its tensors. */
export function describeLayout(
  { members, joined, derived }: TableLayout,
  list: VocabularyList,
  tensors: Record<string, SafetensorInput>,
): object {
  for (const [place, { cells }] of joined.entries()) {
    for (const [at, own] of cells.entries()) {
      const shape = [own.length];
      tensors[`joined/${place}/${at}/cells`] = { shape, values: own.map((cell) => (Number.isNaN(cell) ? 0 : cell)) };
      tensors[`joined/${place}/${at}/missing`] = { shape, values: Uint8Array.from(own, (cell) => +Number.isNaN(cell)) };
    }
  }
  return {
    members: members.map((member) => describeMember(member, list)),
    joined: joined.map((group) => ({
      name: group.name,
      members: group.members.map(({ name }) => name),
      combinations: group.cells[0]!.length,
    })),
    derived: derived.map(({ member }) => member.name),
  };
}

/** Reads a layout; formulas are those that are given. */
export function readLayout(
  where: string,
  file: Document,
  part: Reader,
  vocabularies: readonly Vocabulary[],
  formulas: Formulas,
): TableLayout {
  const members = readMembers(part.parts('members'), vocabularies);
  const free = new Map(members.map((member) => [member.name, member]));
  const take = (name: string): TableMember => {
    const member = free.get(name);
    if (!member) refuseFile('name each column once, of those that are there', name);
    free.delete(name);
    return member;
  };
  const joined = part.parts('joined').map((group, place) => readJoined(file, group, place, take, members));
  const derived = part.texts('derived').map((name): DerivedColumn => {
    const member = take(name);
    if (!Object.hasOwn(formulas, name)) {
      refuse(where, 'derived', `give a formula for '${name}', which a file cannot hold`, Object.keys(formulas));
    }
    requireGivenFunction(where, `derived.${name}`, formulas[name]);
    return { member, compute: formulas[name] as (row: RowCells) => unknown };
  });
  return { members, joined, derived };
}

/** The columns of the table that is learned, in their order. */
export function learnedMembers({ members, joined, derived }: TableLayout): readonly TableMember[] {
  return members.flatMap((member): TableMember[] => {
    if (derived.some((column) => column.member === member)) return [];
    const group = joined.find((columns) => columns.members.includes(member));
    if (!group) return [member];
    if (group.members[0] !== member) return [];
    const { name, vocabulary } = group;
    return [{ name, like: { kind: 'id', codes: new Int32Array(0), vocabulary }, vocabulary }];
  });
}

function readJoined(
  file: Document,
  part: Reader,
  place: number,
  take: (name: string) => TableMember,
  all: readonly TableMember[],
): JoinedColumns {
  const name = part.text('name');
  if (all.some((member) => member.name === name)) refuseFile('name joined columns as no other', name);
  const members = part.texts('members').map(take);
  if (members.length < 2) refuseFile('join two columns or more', members.length);
  const count = part.whole('combinations', 1, mostCombinations);
  const cells = members.map((member, at) => readCells(file, `joined/${place}/${at}`, member, count));
  const joined = joinedColumns(name, members, cells);
  if (joined.vocabulary.size !== count) refuseFile('hold each combination once', joined.vocabulary.size);
  return joined;
}

function readCells(file: Document, path: string, { like, vocabulary }: TableMember, count: number): Float64Array {
  const cells = tensorOf(file, `${path}/cells`, Float64Array, [count]);
  const missing = tensorOf(file, `${path}/missing`, Uint8Array, [count]);
  return cells.map((cell, at) => {
    if (missing[at] === 1 && cell === 0 && like.kind !== 'count') return Number.NaN;
    const isCode = !vocabulary || (Number.isInteger(cell) && cell >= 0 && cell < vocabulary.size);
    const isCount = like.kind !== 'count' || (cell | 0) === cell;
    if (missing[at] !== 0 || !isCode || !isCount) refuseFile(`hold cells of a '${like.kind}' in '${path}/cells'`, cell);
    return cell;
  });
}
