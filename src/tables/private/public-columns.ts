import type { CodedColumn, Column, Columns } from '../../data/table/column.js';
import type { Table } from '../../data/table/table.js';
import type { Id } from '../../data/vocabulary.js';
import { type OptionNames, requireGivenOptions } from '../../internal/options.js';
import {
  refuse,
  requireEachId,
  requireFilled,
  requireFinite,
  requireFlag,
  requireIds,
  requirePositive,
  requireRange,
  requireWholeNumber,
} from '../../internal/require.js';

/** What is known of a column of ids without looking at the rows. */
export interface PublicIds {
  /** All that may come. Others say nothing. Default: those that many rows have are found, which is paid for. */
  readonly ids?: readonly Id[];
  /** Whether missing values are a value of their own. Default false: they say nothing. */
  readonly missing?: boolean;
}

/** What is known of a column of numbers without looking at the rows. */
export interface PublicNumbers {
  /** The least that may come; what is below counts as this. */
  readonly from: number;
  /** The greatest that may come; what is above counts as this. */
  readonly to: number;
  /** Numbers lie `from`, `from + step`, `from + 2 step`, …, at most 2^17 of them; others count as the nearest. Default 1. */
  readonly step?: number;
  /** Whether missing values are a value of their own. Default false: they say nothing. */
  readonly missing?: boolean;
}

/** What is known of each column without looking at the rows. */
export type PublicColumns<C extends Columns> = {
  readonly [N in keyof C]: C[N] extends CodedColumn ? PublicIds : PublicNumbers;
};

/** What one column may hold: ids, or numbers of a grid; `undefined` where its ids have yet to be found. */
export interface Declared {
  readonly name: string;
  readonly column: Column;
  readonly missing: boolean;
  readonly ids?: readonly string[];
  /** `[V]`, rising. */
  readonly grid?: Float64Array;
}

const mostValues = 2 ** 17;
const idNames: OptionNames<PublicIds> = { ids: true, missing: true };
const numberNames: OptionNames<PublicNumbers> = { from: true, to: true, step: true, missing: true };

/** Reads what is said of the columns of a table; refuses what does not go with them. */
export function readDeclared(where: string, table: Table, columns: object | undefined): Declared[] {
  const declared = Object.entries(table.columns).map(([name, column]) => {
    const given = columns && Object.hasOwn(columns, name) ? (columns as Record<string, object>)[name] : undefined;
    const argument = `columns.${name}`;
    return 'codes' in column
      ? declaredIds(where, argument, { name, column }, given as PublicIds)
      : declaredNumbers(where, argument, { name, column }, given as PublicNumbers);
  });
  requireGivenOptions<object>(
    where,
    columns,
    Object.fromEntries(declared.map(({ name }) => [name, true])) as Record<string, true>,
    'columns',
  );
  requireFilled(where, 'table.columns', declared);
  return declared;
}

type Named = Pick<Declared, 'name' | 'column'>;

function declaredIds(where: string, argument: string, named: Named, given: PublicIds | undefined): Declared {
  requireGivenOptions(where, given, idNames, argument);
  const { ids, missing = false } = given;
  requireFlag(where, `${argument}.missing`, missing);
  if (ids === undefined) return { ...named, missing };
  requireIds(where, `${argument}.ids`, ids);
  requireEachId(where, `${argument}.ids`, ids);
  const list = [...new Set([...ids].map(String))];
  requireFilled(where, `${argument}.ids`, list);
  return { ...named, missing, ids: list };
}

function declaredNumbers(where: string, argument: string, named: Named, given: PublicNumbers | undefined): Declared {
  requireGivenOptions(where, given, numberNames, argument);
  const { from, to, step = 1, missing = false } = given;
  requireFinite(where, `${argument}.from`, from);
  requireFinite(where, `${argument}.to`, to);
  requireRange(where, `${argument}.to`, [from, to]);
  requirePositive(where, `${argument}.step`, step);
  requireFlag(where, `${argument}.missing`, missing);
  if (named.column.kind === 'count') {
    requireWholeNumber(where, `${argument}.from`, from, -(2 ** 31), 2 ** 31 - 1);
    requireWholeNumber(where, `${argument}.to`, to, -(2 ** 31), 2 ** 31 - 1);
    requireWholeNumber(where, `${argument}.step`, step, 1);
    if (missing) refuse(where, `${argument}.missing`, 'be false: counts have no missing values', missing);
  }
  // 0.1 goes three times into 0.3, though it does not to a computer.
  const count = Math.floor((to - from) / step + 1e-9) + 1;
  if (count > mostValues) refuse(where, `${argument}.step`, `leave at most ${mostValues} numbers, not ${count}`, step);
  return { ...named, missing, grid: gridOf(from, step, count) };
}

// With no more decimals than `from` and `step` have: 3 * 0.1 is 0.30000000000000004.
function gridOf(from: number, step: number, count: number): Float64Array {
  const scale = 10 ** Math.max(decimalsOf(from), decimalsOf(step));
  const [first, each] = [Math.round(from * scale), Math.round(step * scale)];
  const isExact = Number.isSafeInteger(first + count * each) && scale <= 1e15;
  return Float64Array.from({ length: count }, (_, place) =>
    isExact ? (first + place * each) / scale : from + place * step,
  );
}

function decimalsOf(value: number): number {
  const [digits, exponent = '0'] = String(Math.abs(value)).split('e') as [string, string?];
  return Math.max(0, (digits.split('.')[1]?.length ?? 0) - Number(exponent));
}
