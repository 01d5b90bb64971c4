import { longestText } from './number-text.js';

/** An amount and the sign of its currency, if it has one. */
export interface Amount {
  /** The number as text, with its sign in front. */
  readonly digits: string;
  /** Such as `'£'` or `'EUR'`; empty where there is none. */
  readonly currency: string;
}

/**
 * Takes an amount apart: `£5.00`, `-£5`, `5,00 €`, `EUR 5`, `(5.00)` or `5.00-` for -5; `undefined` for what has no such
 * form. The currency is a currency sign, with up to two letters before it (`US$`), or three capitals; or `own`, and then no
 * other.
 */
export function createMoneySplitter(own?: string): (text: string) => Amount | undefined {
  const currency = own === undefined ? '(?:[A-Z]{1,2})?\\p{Sc}|[A-Z]{3}' : escapePattern(own.trim());
  const form = new RegExp(
    `^(-?)(\\()?(-?)(${currency})?\\s*([+-]?)([\\d.,\\s'\\u2019]*\\d[.,]?)\\s*(-?)\\s*(${currency})?(-?)(\\))?$`,
    'u',
  );
  return (text) => {
    if (text.length > longestText) return undefined;
    const found = form.exec(text.trim().replaceAll('\u2212', '-'));
    if (!found) return undefined;
    const [, outer, open, inner, before = '', sign, digits, behind, after = '', last, close] = found;
    const minuses = [outer, open, inner, sign === '-' ? sign : '', behind, last].filter(Boolean).length;
    const isWhole = (open === undefined) === (close === undefined) && minuses <= 1 && !(before && after);
    return isWhole ? { digits: (minuses ? '-' : '') + digits!, currency: before || after } : undefined;
  };
}

function escapePattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');
}
