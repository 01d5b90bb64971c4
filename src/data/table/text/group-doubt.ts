import type { NumberFormat } from './number-text.js';

/** What looks out for numbers that may be thousands: `1.234` is 1.234 in one country and 1234 in another. */
export interface GroupDoubt {
  /** A cell that is in the column. */
  see(text: string): void;
  /** The first cell in doubt, while no other has shown what its full stop means. */
  doubtful(): string | undefined;
}

/**
 * Begins with no cell; `undefined` for a format that says what a full stop means. A cell such as `0.5`, `12.50` or `1234.567` shows that
 * it stands before fractions: from there on nothing is in doubt.
 */
export function startGroupDoubt({ decimal, thousands }: NumberFormat): GroupDoubt | undefined {
  if (decimal !== undefined || thousands !== undefined) return undefined;
  let first: string | undefined;
  let isShown = false;
  return {
    see(text) {
      if (isShown || !text.includes('.')) return;
      if (mayBeGroups.test(text)) first ??= text;
      else isShown = hasFraction.test(text);
    },
    doubtful: () => (isShown ? undefined : first),
  };
}

// One to three digits, of which the first is not 0, and three behind the full stop, with no digit, sign or exponent beside them.
const mayBeGroups = /(?:^|[^\d.,]|[^\d][.])[1-9]\d{0,2}[.]\d{3}(?![\d.,]|e[+-]?\d)/i;

// That of `Fr. 12` or `Rs.500` belongs to the currency.
const hasFraction = /\d[.]|^[^\p{L}]*[.]\d/u;
