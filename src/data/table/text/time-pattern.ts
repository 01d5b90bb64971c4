import { refuse } from '../../../internal/require.js';
import { millisecondsOf, type TimeParts } from './time-parts.js';

type PartName = keyof TimeParts | 'halfDay';

/** A reader of times written as `pattern` says, in the zone that is `offset` milliseconds ahead of UTC; NaN for others. */
export function createPatternParser(where: string, pattern: string, offset: number): (text: string) => number {
  const tokens = pattern.match(/YYYY|YY|MM?|DD?|HH?|hh?|mm?|SS?|ss?|A|T|[^A-Za-z\d]+/g) ?? [];
  const names: PartName[] = [];
  let source = '';
  for (const token of tokens) {
    const name = partName(token, names);
    source += name ? `(${digitsOf(token)})` : token.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
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
    return found ? millisecondsOf(readParts(names, found)) - offset : Number.NaN;
  };
}

// After hours, M stands for minutes.
function partName(token: string, before: readonly PartName[]): PartName | undefined {
  switch (token[0]) {
    case 'Y':
      return 'year';
    case 'M':
      return before.includes('hour') ? 'minute' : 'month';
    case 'D':
      return 'day';
    case 'H':
    case 'h':
      return 'hour';
    case 'm':
      return 'minute';
    case 'S':
    case 's':
      return 'second';
    case 'A':
      return 'halfDay';
    default:
      return undefined;
  }
}

function digitsOf(token: string): string {
  if (token === 'A') return '[ap]m';
  return token.length === 1 ? '\\d{1,2}' : `\\d{${token.length}}`;
}

function readParts(names: readonly PartName[], found: readonly string[]): TimeParts {
  const parts = { year: 0, month: 0, day: 0, hour: 0, minute: 0, second: 0 };
  let halfDay = '';
  names.forEach((name, index) => {
    const text = found[index + 1]!;
    if (name === 'halfDay') halfDay = text.toLowerCase();
    else parts[name] = name === 'year' && text.length === 2 ? fullYear(Number(text)) : Number(text);
  });
  return halfDay ? { ...parts, hour: hourOfDay(parts.hour, halfDay) } : parts;
}

// As POSIX has it: 69 to 99 are of the last century.
function fullYear(year: number): number {
  return year < 69 ? 2000 + year : 1900 + year;
}

// 12 am is midnight; 0 and 13 are no hours of a half day, and 24 is no hour at all.
function hourOfDay(hour: number, halfDay: string): number {
  if (hour < 1 || hour > 12) return 24;
  return (hour % 12) + (halfDay === 'pm' ? 12 : 0);
}
