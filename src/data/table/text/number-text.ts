import { refuse, requireOneOf } from '../../../internal/require.js';

/** How numbers are written. */
export interface NumberFormat {
  /** What stands before the fraction. Default `'.'`. */
  readonly decimal?: '.' | ',';
  /**
   * What may stand between groups of digits: a full stop, a comma, a blank (a no-break one too) or an apostrophe. None by
   * default: `1,234` is refused rather than guessed at.
   */
  readonly thousands?: '.' | ',' | ' ' | "'";
}

/** A reader of numbers so written; NaN for what is no finite number. Blanks around it do not count. */
export function createNumberParser(where: string, format: NumberFormat): (text: string) => number {
  const { decimal = '.', thousands } = format;
  requireOneOf(where, 'decimal', ['.', ','], decimal);
  if (thousands !== undefined) requireOneOf(where, 'thousands', Object.keys(separators), thousands);
  if (decimal === thousands) refuse(where, 'thousands', 'differ from `decimal`', thousands);
  const separator = thousands && separators[thousands];
  // Groups of two are written in India, the last one always has three digits.
  const digits = separator ? `(?:\\d+|\\d{1,3}(?:${separator}\\d{2,3})*${separator}\\d{3})` : '\\d+';
  const point = `[${decimal}]`;
  const whole = new RegExp(`^\\s*[+-]?(?:${digits}(?:${point}\\d*)?|${point}\\d+)(?:e[+-]?\\d+)?\\s*$`, 'i');
  const groups = separator ? new RegExp(separator, 'g') : undefined;
  return (text) => {
    if (!whole.test(text)) return Number.NaN;
    const plain = groups ? text.trim().replace(groups, '') : text;
    const value = Number(decimal === ',' ? plain.replace(',', '.') : plain);
    return Number.isFinite(value) ? value : Number.NaN;
  };
}

const separators: Readonly<Record<string, string>> = {
  '.': '[.]',
  ',': '[,]',
  ' ': '[ \\u00a0\\u202f]',
  "'": "['\\u2019]",
};
