import { requireOptions } from '../../internal/options.js';
import { refuse } from '../../internal/require.js';
import { rowsIn } from '../interactions/gather.js';
import type { NamesOf } from '../interactions/interaction-options.js';
import type { CodedColumn, Columns } from '../table/column.js';
import { requireTable } from '../table/require-rows.js';
import type { Table } from '../table/table.js';
import { drawParts, type RandomSplitOptions, randomSplitNames } from './draw-parts.js';
import { tableRows } from './table-rows.js';

/**
 * Draws rows of a table for the test at random, such as labelled rows.
 *
 * `testShare` of the rows, or of the ids of `together`, rounded to a whole number and at least one in either part. Rows keep
 * their order. Lines of one order say much of each other: a table of order lines wants `together`.
 *
 * @param table - The whole, 2 rows or more.
 * @param options - The share, the seed, and what is not to be cut.
 * @returns The parts; their reports are that of the whole.
 * @throws RangeError when there are fewer than 2 rows or ids, the share is not between 0 and 1, the seed is no safe integer,
 *   or `together` is no column of ids.
 * @example
 * const ratings = parseTable('user,stars\nann,5\nbob,1\ncat,4\ndan,2\n', { user: idColumn(), stars: numberColumn() });
 * const { train, test } = splitTable(ratings, { testShare: 0.25, seed: 7 });
 * [train.length, test.columns.stars.values.length]; // [3, 1]
 */
export function splitTable<C extends Columns>(
  table: Table<C>,
  options: RandomSplitOptions & {
    /**
     * A column whose rows of one id stay together, such as the one of order numbers or of users. Rows without an id stand
     * alone. By default every row does.
     */
    readonly together?: NamesOf<C, CodedColumn>;
  },
): {
  /** What a model may learn from. */
  readonly train: Table<C>;
  /** What it is judged by. */
  readonly test: Table<C>;
} {
  const where = 'splitTable';
  requireOptions(where, options, { ...randomSplitNames, together: true });
  requireTable(where, table);
  const { together } = options ?? {};
  if (together === undefined) return cut(table, drawParts(where, table.length, options, 'rows'));
  const { count, groupOf } = numberGroups(table, together);
  const drawn = drawParts(where, count, options, `ids of '${together}'`);
  return cut(
    table,
    Uint8Array.from(groupOf, (group) => drawn[group]!),
  );
}

// Groups by their first rows; a row without an id is a group.
function numberGroups({ columns, length }: Table, together: string) {
  const column = Object.hasOwn(columns, together) ? columns[together]! : undefined;
  if (!column || !('codes' in column)) {
    refuse('splitTable', 'together', 'name a column read with idColumn() or categoryColumn()', together);
  }
  const found = new Map<number, number>();
  const groupOf = new Uint32Array(length);
  let count = 0;
  for (let row = 0; row < length; row += 1) {
    const code = column.codes[row]!;
    const known = code < 0 ? undefined : found.get(code);
    groupOf[row] = known ?? count;
    if (known !== undefined) continue;
    found.set(code, count);
    count += 1;
  }
  return { count, groupOf };
}

function cut<C extends Columns>(table: Table<C>, parts: Uint8Array) {
  return { train: tableRows(table, rowsIn(parts, 0)), test: tableRows(table, rowsIn(parts, 1)) };
}
