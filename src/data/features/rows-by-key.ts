import { plainText } from '../../internal/describe.js';
import { refuse } from '../../internal/require.js';
import { createGrowingArray } from '../growing-array.js';
import { type GroupedRows, groupRows } from '../interactions/group-rows.js';
import { indicesIn } from '../interactions/used-part.js';
import type { Column, Columns } from '../table/column.js';
import type { Table } from '../table/table.js';
import type { Vocabulary } from '../vocabulary.js';
import { requireVocabulary } from '../vocabulary.js';

/** Values of rows, grouped by the index of the row's id. */
export interface ValuesByKey extends GroupedRows {
  /** In the order of the table. */
  readonly values: Float64Array;
}

/** Groups the values that `numberOf` gives by the ids of a column; leaves out rows without an id that is known, and NaN. */
export function valuesByKey(
  where: string,
  table: Table,
  key: string,
  vocabulary: Vocabulary,
  numberOf: (row: number) => number,
): ValuesByKey {
  requireVocabulary(where, 'vocabulary', vocabulary);
  const column = findColumn(where, table.columns, 'key', key);
  if (!('codes' in column))
    refuse(
      where,
      'key',
      'name a column read with idColumn() or categoryColumn()',
      `${key}, read with ${column.kind}Column()`,
    );
  const indices = indicesIn(vocabulary, column.vocabulary);
  const keys = createGrowingArray((size) => new Int32Array(size));
  const values = createGrowingArray((size) => new Float64Array(size));
  for (let row = 0; row < table.length; row += 1) {
    const index = indices[column.codes[row]!] ?? -1;
    const value = numberOf(row);
    if (index < 0 || Number.isNaN(value)) continue;
    keys.push(index);
    values.push(value);
  }
  return { ...groupRows(keys.take(), vocabulary.size), values: values.take() };
}

/** The column of that name. */
export function findColumn(where: string, columns: Columns, option: string, name: string): Column {
  const column = Object.hasOwn(columns, name) ? columns[name] : undefined;
  if (column) return column;
  const known = Object.keys(columns).map((each) => `'${plainText(each, 40)}'`);
  return refuse(where, option, `name a column of the table (${known.join(', ')})`, name);
}
