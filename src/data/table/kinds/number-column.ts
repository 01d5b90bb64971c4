import { requireOptions } from '../../../internal/options.js';
import type { NumberColumn } from '../column.js';
import type { ColumnKind } from '../column-kind.js';
import { startGroupDoubt } from '../text/group-doubt.js';
import { createNumberGuess, createNumberParser, type NumberFormat } from '../text/number-text.js';
import { requireMissing, startNumeric } from './numeric-reader.js';

/**
 * A column of numbers, such as `12`, `-0.5` or `1e3`; as bookkeepers write them, `5-` and `(5)` are -5.
 *
 * @returns A column kind for {@link parseTable}.
 * @throws RangeError when an option is not one of those there are.
 * @example
 * const { weight } = parseTable('weight\n1.234,5\n', { weight: numberColumn({ decimal: ',', thousands: '.' }) }, { delimiter: ';' })
 *   .columns;
 * weight.values; // [1234.5]
 */
export function numberColumn(
  options: {
    /** What becomes of a row without a value: left out, kept with NaN, or kept with this number. Default `'skip'`. */
    readonly missing?: 'skip' | 'keep' | number;
  } & NumberFormat = {},
): ColumnKind<NumberColumn> {
  requireOptions('numberColumn', options, { missing: true, decimal: true, thousands: true });
  const { missing = 'skip', ...format } = options;
  requireMissing('numberColumn', missing);
  const parseNumber = createNumberParser('numberColumn', format);
  const otherwise = createNumberGuess('numberColumn', format);
  const parse = (text: string) => {
    const value = parseNumber(text);
    return Number.isNaN(value) ? 'is not a number' : value;
  };
  const kind = 'number';
  return {
    kind,
    start: () =>
      startNumeric({
        missing,
        parse,
        otherwise,
        groups: startGroupDoubt(format),
        make: (size) => new Float64Array(size),
        column: (values) => ({ kind, values }),
      }),
  };
}
