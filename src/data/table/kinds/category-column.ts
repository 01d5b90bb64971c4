import type { CodedColumn } from '../column.js';
import type { ColumnKind } from '../column-kind.js';
import { type CodedOptions, codedKind } from './coded.js';

/**
 * A column that says which of a few values a row has, such as a country or a colour. Read like {@link idColumn}, but blanks
 * around the text do not count.
 *
 * @returns A column kind for {@link parseTable}.
 * @throws RangeError when an option is of the wrong kind.
 * @example
 * const { country } = parseTable('country\nUK\nEIRE \nUK \n', { country: categoryColumn() }).columns;
 * country.codes; // [0, 1, 0]
 */
export function categoryColumn(options: CodedOptions = {}): ColumnKind<CodedColumn> {
  return codedKind('category', options, (text) => text.trim());
}
