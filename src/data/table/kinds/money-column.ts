import { requireOptions } from '../../../internal/options.js';
import { refuse } from '../../../internal/require.js';
import type { NumberColumn } from '../column.js';
import type { ColumnKind } from '../column-kind.js';
import { startGroupDoubt } from '../text/group-doubt.js';
import { createMoneySplitter } from '../text/money-text.js';
import { createNumberGuess, createNumberParser } from '../text/number-text.js';
import type { numberColumn } from './number-column.js';
import { requireMissing, startNumeric } from './numeric-reader.js';

/**
 * A column of amounts of money, with or without the sign of a currency before or after: `2.55`, `£2.55`, `-$5`, `5.00 EUR`,
 * and `(5.00)` or `5.00-` for -5. Amounts of two currencies do not mix: a row with another sign than that of the first row
 * kept does not fit.
 *
 * @returns A column kind for {@link parseTable}.
 * @throws RangeError when an option is not one of those there are.
 * @example
 * const { price } = parseTable('price\n£2.55\n"£1,200.00"\n€3\n', { price: moneyColumn({ thousands: ',' }) }).columns;
 * price.values; // [2.55, 1200]
 */
export function moneyColumn(
  options: {
    /** The only sign that amounts may have, such as `'kr'`. By default, that of the first amount kept that has one. */
    readonly currency?: string;
  } & NonNullable<Parameters<typeof numberColumn>[0]> = {},
): ColumnKind<NumberColumn> {
  requireOptions('moneyColumn', options, { missing: true, decimal: true, thousands: true, currency: true });
  const { missing = 'skip', currency, ...format } = options;
  requireMissing('moneyColumn', missing);
  if (currency !== undefined && (typeof currency !== 'string' || currency.trim() === '')) {
    refuse('moneyColumn', 'currency', 'be a text that is not empty', currency);
  }
  const parseNumber = createNumberParser('moneyColumn', format);
  const guess = createNumberGuess('moneyColumn', format);
  const split = createMoneySplitter(currency);
  const kind = 'money';
  const start = () =>
    startNumeric({
      missing,
      ...startAmounts(parseNumber, split),
      otherwise: (text) => guess(text) ?? guess(split(text)?.digits ?? ''),
      groups: startGroupDoubt(format),
      make: (size) => new Float64Array(size),
      column: (values) => ({ kind, values }),
    });
  return { kind, start };
}

function startAmounts(parseNumber: (text: string) => number, split: ReturnType<typeof createMoneySplitter>) {
  let currency = '';
  let lastCurrency = '';
  return {
    parse(text: string): number | string {
      lastCurrency = '';
      const plain = parseNumber(text);
      if (!Number.isNaN(plain)) return plain;
      const amount = split(text);
      const value = amount ? parseNumber(amount.digits) : Number.NaN;
      if (!amount || Number.isNaN(value)) return 'is not an amount of money';
      lastCurrency = amount.currency;
      const isOther = lastCurrency !== '' && currency !== '' && lastCurrency !== currency;
      return isOther ? `is in another currency than the first amount, ${currency}` : value;
    },
    // Not before: a row that is left out says nothing about the column.
    onKeep(): void {
      currency ||= lastCurrency;
    },
  };
}
