import type { Columns } from '../../../data/table/column.js';
import type { Table } from '../../../data/table/table.js';
import { refuse } from '../../../internal/require.js';
import { columnNumbersIn } from '../../coding/column-numbers.js';
import { readCondition, requireColumnNamed } from '../../conditions.js';
import type { RowConditions } from '../../table-model.js';

/** What is to be foretold of a row: a column, or whether the row fulfils conditions. */
export type PredictionTarget<C extends Columns> = (keyof C & string) | RowConditions<C>;

/** A target as it is read from any table of the same columns. */
export interface ReadTarget {
  /** In words. */
  readonly name: string;
  /** Whether it is a number; otherwise a class. */
  readonly isNumber: boolean;
  /** Columns that would give it away. */
  readonly hidden: ReadonlySet<string>;
  /** `[N]`: numbers, or classes as codes; NaN where it is missing. */
  valuesOf(table: Table): Float64Array;
}

/** Reads a target, and refuses one that the tables do not have. */
export function readTarget<C extends Columns>(where: string, real: Table<C>, target: PredictionTarget<C>): ReadTarget {
  const names = Object.keys(real.columns);
  const read = typeof target === 'string' ? columnTarget(where, real, target) : conditionTarget(where, real, target);
  if (read.hidden.size === names.length) refuse(where, 'target', 'leave a column to learn from', read.name);
  return read;
}

function columnTarget(where: string, real: Table, name: string): ReadTarget {
  const columns = Object.keys(real.columns).map((own) => ({ name: own }));
  requireColumnNamed(where, 'target', columns, name);
  const like = real.columns[name]!;
  const vocabulary = 'codes' in like ? like.vocabulary : undefined;
  return {
    name,
    isNumber: vocabulary === undefined,
    hidden: new Set([name]),
    valuesOf: ({ columns: own }) => columnNumbersIn(own[name]!, vocabulary),
  };
}

function conditionTarget(where: string, real: Table, conditions: unknown): ReadTarget {
  if (typeof conditions !== 'object' || conditions === null || Object.keys(conditions).length === 0) {
    refuse(where, 'target', 'be the name of a column, or an object of conditions by column', conditions);
  }
  const columns = Object.entries(real.columns).map(([name, like]) => ({
    name,
    vocabulary: 'codes' in like ? like.vocabulary : undefined,
  }));
  const tests = Object.entries(conditions).map(([name, condition]) => {
    requireColumnNamed(where, 'target', columns, name);
    const column = columns.find((own) => own.name === name)!;
    return { ...column, fulfils: readCondition(where, column, condition, 'target') };
  });
  const valuesOf = ({ columns: own, length }: Table) => {
    const values = new Float64Array(length).fill(1);
    for (const { name, vocabulary, fulfils } of tests) {
      const numbers = columnNumbersIn(own[name]!, vocabulary);
      for (let row = 0; row < length; row += 1) if (!fulfils(numbers[row]!)) values[row] = 0;
    }
    return values;
  };
  const hidden = new Set(tests.map(({ name }) => name));
  return { name: JSON.stringify(conditions), isNumber: false, hidden, valuesOf };
}
