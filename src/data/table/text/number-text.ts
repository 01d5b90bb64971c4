import { refuse, requireOneOf } from '../../../internal/require.js';

/** How numbers are written. */
export interface NumberFormat {
  /**
   * What stands before the fraction. Default `'.'`; where every number with a full stop could be thousands as well (`1.234`, `12.500`), it has
   * to be said.
   */
  readonly decimal?: '.' | ',';
  /**
   * What may stand between groups of digits: a full stop, a comma, a blank (a no-break or thin one too) or an apostrophe.
   * None by default: `1,234` is refused rather than guessed at.
   */
  readonly thousands?: '.' | ',' | ' ' | "'";
}

/** No number, amount or time is longer. What is longer is not looked at, however long it is. */
export const longestText = 100;

/**
 * A reader of numbers so written; NaN for what is no finite number. Blanks around it do not count; a minus may stand
 * before the number or behind it, or be brackets around it.
 */
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
  const parsePlain = (text: string) => {
    const plain = groups ? text.trim().replace(groups, '') : text;
    const value = Number(decimal === ',' ? plain.replace(',', '.') : plain);
    return Number.isFinite(value) ? value : Number.NaN;
  };
  return (text) => {
    if (text.length > longestText) return Number.NaN;
    if (whole.test(text)) return parsePlain(text);
    const size = negativeSize(text);
    return size !== undefined && whole.test(size) ? -parsePlain(size) : Number.NaN;
  };
}

/**
 * How numbers would have to be written for a text that is none as `own` has it, such as `` `decimal` ',' ``; `undefined` where it is
 * none in any way.
 *
 * @param isGood - Which numbers count.
 */
export function createNumberGuess(
  where: string,
  own: NumberFormat,
  isGood: (value: number) => boolean = Number.isFinite,
): (text: string) => string | undefined {
  const known = usualFormats().map((format) => ({
    name: nameOf(own, format),
    parse: createNumberParser(where, format),
  }));
  const parseOwn = createNumberParser(where, own);
  return (text) => {
    if (isGood(parseOwn(text))) return undefined;
    const names = known.filter(({ name, parse }) => name !== '' && isGood(parse(text))).map(({ name }) => name);
    // Every number with a decimal sign alone fits twice, with groups and without.
    const least = names.filter((name) => !names.some((other) => other !== name && name.includes(other)));
    return least.length === 0 ? undefined : least.join(', or ');
  };
}

function usualFormats(): NumberFormat[] {
  return [
    { decimal: '.' },
    { decimal: ',' },
    { decimal: '.', thousands: ',' },
    { decimal: ',', thousands: '.' },
    { decimal: '.', thousands: ' ' },
    { decimal: ',', thousands: ' ' },
    { decimal: '.', thousands: "'" },
  ];
}

// The options that differ.
function nameOf(own: NumberFormat, { decimal, thousands }: NumberFormat): string {
  const names = decimal === (own.decimal ?? '.') ? [] : [`\`decimal\` '${decimal}'`];
  if (thousands !== undefined && thousands !== own.thousands)
    names.push(`\`thousands\` ${thousands === "'" ? '"\'"' : `'${thousands}'`}`);
  return names.join(' and ');
}

// Of a negative number that does not begin with a hyphen, what follows the sign, comes before it or stands in brackets.
function negativeSize(text: string): string | undefined {
  const found = /^(?:\((.+)\)|\u2212(.+)|(.+)[-\u2212])$/.exec(text.trim());
  const size = (found?.[1] ?? found?.[2] ?? found?.[3])?.trim();
  return size !== undefined && /^[\d.,]/.test(size) ? size : undefined;
}

const separators: Readonly<Record<string, string>> = {
  '.': '[.]',
  ',': '[,]',
  ' ': '[ \\u00a0\\u2007\\u2009\\u202f]',
  "'": "['\\u2019]",
};
