import { refuse } from '../../../internal/require.js';
import { fractionOf, millisecondsOf, type TimeParts, zoneOffset, zonePattern } from './time-parts.js';
import type { LocalZone } from './time-zone.js';

type PartName = keyof TimeParts | 'halfDay' | 'fraction' | 'zone';

/** A reader of times written as `pattern` says, in `zone` where they name none; NaN for others. */
export function createPatternParser(where: string, pattern: string, zone: LocalZone): (text: string) => number {
  const tokens = pattern.match(/YYYY|YY|M{1,3}|DD?|HH?|hh?|mm?|SSS|SS?|ss?|A|T|Z|[^A-Za-z\d]+/g) ?? [];
  const names: PartName[] = [];
  let source = '';
  for (const token of tokens) {
    const name = partName(token, names);
    source += name ? `(${formOf(token)})` : token.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    if (name) names.push(name);
  }
  const isWhole = ['year', 'month', 'day'].every((name) => names.filter((each) => each === name).length === 1);
  if (tokens.join('') !== pattern || !isWhole || new Set(names).size !== names.length) {
    refuse(
      where,
      'format',
      "hold YYYY, M and D once each, with H, MM and SS for the time of day, such as 'D/M/YYYY H:MM'",
      pattern,
    );
  }
  const form = new RegExp(`^${source}$`, 'i');
  return (text) => {
    const found = form.exec(text);
    if (!found) return Number.NaN;
    const { fraction, zone: own, ...parts } = readParts(names, found);
    const local = millisecondsOf(parts) + fractionOf(fraction);
    return own === '' ? zone.toUtc(local) : local - zoneOffset(own);
  };
}

// After hours, M stands for minutes.
function partName(token: string, before: readonly PartName[]): PartName | undefined {
  switch (token[0]) {
    case 'Y':
      return 'year';
    case 'M':
      return before.includes('hour') && token.length < 3 ? 'minute' : 'month';
    case 'D':
      return 'day';
    case 'H':
    case 'h':
      return 'hour';
    case 'm':
      return 'minute';
    case 'S':
    case 's':
      return token.length === 3 ? 'fraction' : 'second';
    case 'A':
      return 'halfDay';
    case 'Z':
      return 'zone';
    default:
      return undefined;
  }
}

function formOf(token: string): string {
  if (token === 'A') return '[ap]\\.?m\\.?';
  if (token === 'Z') return zonePattern;
  if (token === 'MMM') return '[a-z]{3,9}';
  if (token === 'SSS') return '\\d{1,9}';
  return token.length === 1 ? '\\d{1,2}' : `\\d{${token.length}}`;
}

function readParts(names: readonly PartName[], found: readonly string[]) {
  const parts = { year: 0, month: 0, day: 0, hour: 0, minute: 0, second: 0 };
  const texts = { halfDay: '', fraction: '', zone: '' };
  names.forEach((name, index) => {
    const text = found[index + 1]!;
    if (name === 'halfDay' || name === 'fraction' || name === 'zone') texts[name] = text.toLowerCase();
    else if (name === 'month') parts.month = /^\d/.test(text) ? Number(text) : monthOf(text);
    else parts[name] = name === 'year' && text.length === 2 ? fullYear(Number(text)) : Number(text);
  });
  const { halfDay, ...rest } = texts;
  return { ...parts, ...rest, hour: halfDay ? hourOfDay(parts.hour, halfDay) : parts.hour };
}

// The English name of a month or its first three letters, and `Sept`; 0, which is no month, for others.
function monthOf(text: string): number {
  const name = text.toLowerCase();
  const place = months.findIndex((month) => name === month || name === month.slice(0, 3));
  return name === 'sept' ? 9 : place + 1;
}

const months = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
];

// As POSIX has it: 69 to 99 are of the last century.
function fullYear(year: number): number {
  return year < 69 ? 2000 + year : 1900 + year;
}

// 12 am is midnight; 0 and 13 are no hours of a half day, and 24 is no hour at all.
function hourOfDay(hour: number, halfDay: string): number {
  if (hour < 1 || hour > 12) return 24;
  return (hour % 12) + (halfDay.startsWith('p') ? 12 : 0);
}
