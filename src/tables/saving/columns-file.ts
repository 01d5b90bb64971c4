import type { SafetensorInput } from '../../data/safetensors/encode-safetensors.js';
import type { Column } from '../../data/table/column.js';
import type { Vocabulary } from '../../data/vocabulary.js';
import { refuseFile } from '../../internal/file-fault.js';
import type { Pieces } from '../../internal/pieces.js';
import type { Document } from '../../saving/document/document.js';
import { type Reader, requireIndicesBelow, tensorOf } from '../../saving/document/reader.js';
import { type VocabularyList, vocabularyAt } from '../../saving/document/vocabularies.js';
import { type ColumnStates, groupByState } from '../coding/column-states.js';
import type { CodedTableColumn } from '../coding/table-coding.js';
import type { TableMember } from '../layout/table-member.js';

type Tensors = Record<string, SafetensorInput>;

const kinds: readonly string[] = ['id', 'category', 'number', 'money', 'count', 'time'] satisfies Column['kind'][];

/** Rows that doubles count, and whose sums they hold. */
const mostRows = 2 ** 53;

/** What a file says of a column of a table. */
export function describeMember({ name, like, vocabulary }: TableMember, list: VocabularyList): object {
  return { name, kind: like.kind, ...(vocabulary && { vocabulary: list.place(vocabulary) }) };
}

/** Reads columns of a table, whose names differ. */
export function readMembers(parts: readonly Reader[], vocabularies: readonly Vocabulary[]): readonly TableMember[] {
  const members = parts.map((part) => readMember(part, vocabularies));
  if (members.length === 0) refuseFile('hold columns', 'none');
  const names = new Set(members.map(({ name }) => name));
  if (names.size < members.length) refuseFile('hold columns of different names', [...names]);
  return members;
}

function readMember(part: Reader, vocabularies: readonly Vocabulary[]): TableMember {
  const [name, kind] = [part.text('name'), part.text('kind') as Column['kind']];
  if (!kinds.includes(kind)) refuseFile('hold columns of a kind that is known', kind);
  if (kind !== 'id' && kind !== 'category') {
    const like: Column = kind === 'count' ? { kind, values: new Int32Array(0) } : { kind, values: new Float64Array(0) };
    return { name, like, vocabulary: undefined };
  }
  const vocabulary = vocabularyAt(vocabularies, part, 'vocabulary');
  return { name, like: { kind, codes: new Int32Array(0), vocabulary }, vocabulary };
}

/** What a file says of the states of columns, and their tensors. */
export function describeStates(columns: readonly CodedTableColumn[], tensors: Tensors): object[] {
  return columns.map(({ states: { values, counts, stateOf } }, place) => {
    const isMissing = Number.isNaN(values.at(-1)!);
    const present = values.length - (isMissing ? 1 : 0);
    const arrays = { values, counts, states: stateOf };
    for (const [name, array] of Object.entries(arrays)) {
      tensors[`columns/${place}/${name}`] = { shape: [present], values: array.slice(0, present) };
    }
    return { different: present, missing: isMissing ? counts.at(-1)! : 0 };
  });
}

/** Reads the columns that are learned. */
export function* readStates(
  file: Document,
  members: readonly TableMember[],
  parts: readonly Reader[],
): Pieces<readonly CodedTableColumn[]> {
  if (parts.length !== members.length) refuseFile(`hold states of ${members.length} columns`, parts.length);
  const columns: CodedTableColumn[] = [];
  let base = 0;
  for (const [place, member] of members.entries()) {
    const states = yield* readColumnStates(file, `columns/${place}`, member, parts[place]!);
    columns.push({ ...member, states, base });
    base += states.offsets.length - 1;
  }
  return columns;
}

function* readColumnStates(
  file: Document,
  path: string,
  { like, vocabulary }: TableMember,
  part: Reader,
): Pieces<ColumnStates> {
  const different = part.whole('different', 1, 2 ** 32 - 1);
  const missing = part.number('missing');
  if (!(missing >= 0 && missing <= mostRows)) refuseFile('hold a number of rows without a value', missing);
  const present = tensorOf(file, `${path}/values`, Float64Array, [different]);
  const rows = tensorOf(file, `${path}/counts`, Float64Array, [different]);
  const states = tensorOf(file, `${path}/states`, Int32Array, [different]);
  requireIndicesBelow(`${path}/states`, states, different);
  requireValues(path, present, like, vocabulary);
  // Of a private model they are noisy, and no whole numbers.
  if (rows.some((count) => !(count > 0 && count <= mostRows))) {
    refuseFile(`hold numbers of rows in '${path}/counts'`, 'one that is none');
  }
  yield;
  const groups = yield* groupByState(Uint32Array.from(states), missing > 0);
  for (let state = 0; state + 1 < groups.offsets.length; state += 1) {
    if (groups.offsets[state] === groups.offsets[state + 1])
      refuseFile(`hold a value of each state in '${path}'`, state);
  }
  const [values, counts] = [new Float64Array(groups.stateOf.length), new Float64Array(groups.stateOf.length)];
  values.fill(Number.NaN).set(present);
  counts.fill(missing).set(rows);
  return { ...groups, values, counts, takesNearest: vocabulary === undefined };
}

// Rising, and such as can stand in the column.
function requireValues(path: string, values: Float64Array, like: Column, vocabulary: Vocabulary | undefined): void {
  for (let place = 0; place < values.length; place += 1) {
    const value = values[place]!;
    const isCode = !vocabulary || (Number.isInteger(value) && value >= 0 && value < vocabulary.size);
    const isCount = like.kind !== 'count' || (value | 0) === value;
    const isRising = place === 0 || value > values[place - 1]!;
    if (!(isCode && isCount && isRising))
      refuseFile(`hold rising values of a '${like.kind}' in '${path}/values'`, value);
  }
}
