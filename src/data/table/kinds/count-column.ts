import { requireOptions } from '../../../internal/options.js';
import { refuse } from '../../../internal/require.js';
import type { CountColumn } from '../column.js';
import type { ColumnKind } from '../column-kind.js';
import { startGroupDoubt } from '../text/group-doubt.js';
import { createNumberGuess, createNumberParser, type NumberFormat } from '../text/number-text.js';
import { startNumeric } from './numeric-reader.js';

/**
 * A column of whole numbers from -2,147,483,648 to 2,147,483,647, such as quantities; below 0 for what came back. `6.0` is
 * one, `6.5` does not fit.
 *
 * @returns A column kind for {@link parseTable}.
 * @throws RangeError when an option is not one of those there are.
 * @example
 * const { pieces } = parseTable('pieces\n6\n-2\n', { pieces: countColumn() }).columns;
 * pieces.values; // [6, -2]
 */
export function countColumn(
  options: {
    /** What becomes of a row without a value: left out, or kept with this whole number. Default `'skip'`. */
    readonly missing?: 'skip' | number;
  } & NumberFormat = {},
): ColumnKind<CountColumn> {
  requireOptions('countColumn', options, { missing: true, decimal: true, thousands: true });
  const { missing = 'skip', ...format } = options;
  if (missing !== 'skip' && !isCount(missing)) {
    refuse('countColumn', 'missing', "be 'skip' or a whole number that an int32 holds", missing);
  }
  const parseNumber = createNumberParser('countColumn', format);
  const otherwise = createNumberGuess('countColumn', format, isCount);
  const parse = (text: string) => {
    const value = parseNumber(text);
    return isCount(value) ? value : 'is not a whole number that an int32 holds';
  };
  const kind = 'count';
  return {
    kind,
    start: () =>
      startNumeric({
        missing,
        parse,
        otherwise,
        groups: startGroupDoubt(format),
        make: (size) => new Int32Array(size),
        column: (values) => ({ kind, values }),
      }),
  };
}

// Minus zero counts as a whole number, and is stored as 0.
function isCount(value: unknown): boolean {
  return Number.isInteger(value) && (value as number) >= -(2 ** 31) && (value as number) < 2 ** 31;
}
