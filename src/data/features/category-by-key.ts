import { plainText } from '../../internal/describe.js';
import { requireOptions } from '../../internal/options.js';
import { refuse, requireId, requireOneOf } from '../../internal/require.js';
import type { NamesOf } from '../interactions/interaction-options.js';
import type { CodedColumn, Columns } from '../table/column.js';
import { requireTable } from '../table/require-rows.js';
import type { Table } from '../table/table.js';
import type { Id, Vocabulary } from '../vocabulary.js';
import { findColumn, valuesByKey } from './rows-by-key.js';

/**
 * One category for each id of a vocabulary, from the rows of a table: the country that most orders of a customer went to.
 *
 * Rows whose id is not in the vocabulary count for its index of unknown ids, if it has one; missing values do not count.
 *
 * @param table - Any table with such columns.
 * @param options - Which columns, and which category of several.
 * @returns `codes`, `[V]`: indices into `vocabulary`, that of the column of categories.
 * @throws RangeError when a column is not there or of another kind, the table lost all its rows when it was read, or an id has
 *   no row and `otherwise` is missing or no category of the column.
 * @example
 * const text = 'Customer,Country\nann,UK\nbob,France\nann,EIRE\nann,UK\n';
 * const orders = parseTable(text, { Customer: idColumn(), Country: categoryColumn() });
 * const vocabulary = createVocabulary(['bob', 'ann']);
 * const countries = categoryByKey(orders, { key: 'Customer', value: 'Country', vocabulary, reduce: 'mostFrequent' });
 * Array.from(countries.codes, (code) => countries.vocabulary.idAt(code)); // ['France', 'UK']
 */
export function categoryByKey<C extends Columns>(
  table: Table<C>,
  options: {
    /** The column of ids, such as customers. */
    readonly key: NamesOf<C, CodedColumn>;
    /** The column of categories, such as countries. */
    readonly value: NamesOf<C, CodedColumn>;
    /** The ids to give a category each, such as the users of interactions. */
    readonly vocabulary: Vocabulary;
    /** Which category of an id is taken, in the order of the table; of equally frequent ones the first. */
    readonly reduce: 'mostFrequent' | 'first' | 'last';
    /** The category of ids that have no row. Without it, such ids are refused by default. */
    readonly otherwise?: Id;
  },
): CodedColumn {
  requireOptions('categoryByKey', options, { key: true, value: true, vocabulary: true, reduce: true, otherwise: true });
  requireTable('categoryByKey', table);
  const { key, value, vocabulary, reduce, otherwise } = options ?? {};
  requireOneOf('categoryByKey', 'reduce', Object.keys(reductions), reduce);
  const column = findColumn('categoryByKey', table.columns, 'value', value);
  if (!('codes' in column)) {
    refuse(
      'categoryByKey',
      'value',
      'name a column read with idColumn() or categoryColumn()',
      `${value}, read with ${column.kind}Column()`,
    );
  }
  const codeOf = (row: number) => (column.codes[row]! < 0 ? Number.NaN : column.codes[row]!);
  const { order, offsets, values } = valuesByKey('categoryByKey', table, key, vocabulary, codeOf);
  const codes = Int32Array.from({ length: vocabulary.size }, (_, index) => {
    const own = Array.from(order.subarray(offsets[index], offsets[index + 1]), (row) => values[row]!);
    if (own.length > 0) return reductions[reduce](own);
    return codeOtherwise(column.vocabulary, otherwise, vocabulary.idAt(index));
  });
  return { kind: column.kind, codes, vocabulary: column.vocabulary };
}

function codeOtherwise(categories: Vocabulary, otherwise: Id | undefined, id: string | undefined): number {
  if (otherwise !== undefined) requireId('categoryByKey', 'otherwise', otherwise);
  const code = otherwise === undefined ? -1 : categories.indexOf(otherwise);
  if (code < 0) {
    const shown = plainText(id ?? 'the unknown id', 60);
    refuse('categoryByKey', 'otherwise', `be a category of the column, because '${shown}' has no row`, otherwise);
  }
  return code;
}

const reductions: Readonly<
  Record<Parameters<typeof categoryByKey>[1]['reduce'], (codes: readonly number[]) => number>
> = {
  mostFrequent: (codes) => {
    const counts = new Map<number, number>();
    for (const code of codes) counts.set(code, (counts.get(code) ?? 0) + 1);
    // Maps keep the order of first appearance, and only a larger count replaces an earlier one.
    return [...counts].reduce((best, each) => (each[1] > best[1] ? each : best))[0];
  },
  first: (codes) => codes[0]!,
  last: (codes) => codes[codes.length - 1]!,
};
