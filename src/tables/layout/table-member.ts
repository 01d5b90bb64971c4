import type { Column } from '../../data/table/column.js';
import type { Vocabulary } from '../../data/vocabulary.js';
import { isId } from '../../internal/require.js';
import { emptied } from '../coding/table-coding.js';

/** A column of a user's table. */
export interface TableMember {
  readonly name: string;
  /** What made it, without its rows. */
  readonly like: Column;
  /** Of ids. */
  readonly vocabulary: Vocabulary | undefined;
}

/** The cells of a row by name, as formulas get them: ids as text, `null` where one is missing; numbers, NaN where one is missing. */
export type RowCells = Readonly<Record<string, string | number | null>>;

/** The column of a table. */
export function memberOf(name: string, column: Column): TableMember {
  return { name, like: emptied(column), vocabulary: 'codes' in column ? column.vocabulary : undefined };
}

/** Reads the cells of a column of any table. */
export function cellReader(column: Column): (row: number) => string | number | null {
  if (!('codes' in column)) return (row) => column.values[row]!;
  return (row) => column.vocabulary.idAt(column.codes[row]!) ?? null;
}

/** The number that stands for a cell in {@link columnNumbers}; undefined for what cannot stand in the column. */
export function numberOfCell({ like, vocabulary }: TableMember, cell: unknown): number | undefined {
  if (vocabulary) {
    if (cell === null) return Number.NaN;
    return isId(cell) && vocabulary.has(cell) ? vocabulary.indexOf(cell) : undefined;
  }
  if (typeof cell !== 'number') return undefined;
  // A count is held in 32 bits.
  if (like.kind === 'count') return (cell | 0) === cell ? cell : undefined;
  return Number.isFinite(cell) || Number.isNaN(cell) ? cell : undefined;
}
