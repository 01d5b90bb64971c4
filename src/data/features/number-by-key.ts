import { plainText } from '../../internal/describe.js';
import { requireOptions } from '../../internal/options.js';
import { refuse, requireFinite, requireOneOf } from '../../internal/require.js';
import { mean, median } from '../../statistics/moments.js';
import type { NamesOf } from '../interactions/interaction-options.js';
import type { CodedColumn, Columns, CountColumn, NumberColumn, TimeColumn } from '../table/column.js';
import { requireTable } from '../table/require-rows.js';
import type { Table } from '../table/table.js';
import type { Vocabulary } from '../vocabulary.js';
import { findColumn, valuesByKey } from './rows-by-key.js';

/**
 * One number for each id of a vocabulary, from the rows of a table: the median price of a product, the pieces a customer
 * bought.
 *
 * Rows whose id is not in the vocabulary count for its index of unknown ids, if it has one; missing values do not count. The
 * median of an even number of values is the mean of the middle two.
 *
 * @param table - Any table with such columns.
 * @param options - Which columns, and how.
 * @returns `[V]`, float32: a numeric feature of each id.
 * @throws RangeError when a column is not there or of another kind, the table lost all its rows when it was read, an id has no
 *   row and `otherwise` is missing, or a result is more than a float32 holds.
 * @example
 * const orders = parseTable('Product,Price\ntea,2\nmug,5\ntea,3\ntea,9\n', { Product: idColumn(), Price: moneyColumn() });
 * const vocabulary = createVocabulary(['mug', 'tea', 'pot']);
 * numberByKey(orders, { key: 'Product', value: 'Price', vocabulary, reduce: 'median', otherwise: 0 }); // [5, 3, 0]
 */
export function numberByKey<C extends Columns>(
  table: Table<C>,
  options: {
    /** The column of ids, such as products. */
    readonly key: NamesOf<C, CodedColumn>;
    /** The column of numbers, such as prices. */
    readonly value: NamesOf<C, NumberColumn | CountColumn | TimeColumn>;
    /** The ids to give a number each, such as the items of interactions. */
    readonly vocabulary: Vocabulary;
    /** How the numbers of an id become one; first and last in the order of the table. */
    readonly reduce: 'mean' | 'median' | 'sum' | 'count' | 'first' | 'last' | 'smallest' | 'largest';
    /** The number of ids that have no row. Without it, such ids are refused by default. */
    readonly otherwise?: number;
  },
): Float32Array {
  requireOptions('numberByKey', options, { key: true, value: true, vocabulary: true, reduce: true, otherwise: true });
  requireTable('numberByKey', table);
  const { key, value, vocabulary, reduce, otherwise } = options ?? {};
  requireOneOf('numberByKey', 'reduce', Object.keys(reductions), reduce);
  if (otherwise !== undefined) requireFinite('numberByKey', 'otherwise', otherwise);
  const column = findColumn('numberByKey', table.columns, 'value', value);
  if (!('values' in column)) {
    refuse('numberByKey', 'value', 'name a column of numbers', `${value}, read with ${column.kind}Column()`);
  }
  const { order, offsets, values } = valuesByKey('numberByKey', table, key, vocabulary, (row) => column.values[row]!);
  return Float32Array.from({ length: vocabulary.size }, (_, index) => {
    const own = Array.from(order.subarray(offsets[index], offsets[index + 1]), (row) => values[row]!);
    if (own.length > 0 || reduce === 'count') return requireFloat32(value, reductions[reduce](own));
    if (otherwise === undefined) {
      const id = plainText(vocabulary.idAt(index) ?? 'the unknown id', 60);
      refuse('numberByKey', 'otherwise', `be given, because '${id}' has no row`, otherwise);
    }
    return requireFloat32('otherwise', otherwise);
  });
}

function requireFloat32(name: string, value: number): number {
  if (Number.isFinite(Math.fround(value))) return value;
  return refuse('numberByKey', name, 'give numbers that a float32 holds', value);
}

const reductions: Readonly<Record<Parameters<typeof numberByKey>[1]['reduce'], (values: number[]) => number>> = {
  mean,
  median,
  sum: sumOf,
  count: (values) => values.length,
  first: (values) => values[0]!,
  last: (values) => values[values.length - 1]!,
  smallest: (values) => values.reduce((least, value) => Math.min(least, value)),
  largest: (values) => values.reduce((most, value) => Math.max(most, value)),
};

function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
