import type { CodedColumn } from '../column.js';
import type { ColumnKind } from '../column-kind.js';
import { type CodedOptions, codedKind } from './coded.js';

/**
 * A column of ids, such as customers and products, as they are written: `17850`, `17850.0` and ` 17850` are three.
 *
 * @returns A column kind for {@link parseTable}.
 * @throws RangeError when an option is of the wrong kind.
 * @example
 * const text = 'customer\nb7\na1\nb7\n';
 * const { customer } = parseTable(text, { customer: idColumn() }).columns;
 * customer.codes; // [0, 1, 0]
 * customer.vocabulary.idAt(1); // 'a1'
 */
export function idColumn(options: CodedOptions = {}): ColumnKind<CodedColumn> {
  return codedKind('id', options);
}

/**
 * Writes an id that a spreadsheet took for a number as a whole number again: `17850.0` as `17850`. Others stay as they
 * are.
 *
 * @param text - The id as it is written.
 * @returns The id without a fraction of zeros.
 * @example
 * ['17850.0', '17850', '1.5'].map(wholeNumberId); // ['17850', '17850', '1.5']
 */
export function wholeNumberId(text: string): string {
  return text.replace(/^(\d+)\.0*$/, '$1');
}
