import { createPatternParser } from './time-pattern.js';
import type { LocalZone } from './time-zone.js';

/**
 * The formats of `timeColumn` in which a text would be a time: several where day and month may be the other way round, none where
 * it looks like no time.
 */
export function formatsOf(text: string, zone: LocalZone): string[] {
  const number = formatOfNumber(text);
  if (number !== undefined) return [number];
  const fitting = patternsOf(text).filter(
    (pattern) => !Number.isNaN(createPatternParser('timeColumn', pattern, zone)(text)),
  );
  // Nobody writes months first with full stops, where both would do.
  return fitting[0]?.startsWith('D.') ? fitting.slice(0, 1) : fitting;
}

// Of digits alone: eight are a date, ten are seconds since 1970 from 2001 on, and Excel's days of 1954 to 2064 begin with 2 to 5.
function formatOfNumber(text: string): string | undefined {
  if (/^(19|20)\d{6}$/.test(text)) return 'YYYYMMDD';
  if (/^(19|20)\d{12}$/.test(text)) return 'YYYYMMDDHHMMSS';
  if (/^1\d{9}$/.test(text)) return 'seconds';
  if (/^1\d{12}$/.test(text)) return 'milliseconds';
  if (/^[2-5]\d{4}(?:[.,]\d+)?$/.test(text)) return 'excel';
  return undefined;
}

const clockForm =
  /^(.*?)([,T]?\s*)(\d{1,2}):(\d\d)(:\d\d)?([.,]\d{1,9})?(?:(\s?)([ap]\.?m\.?))?(?:(\s?)(?:Z|UTC|GMT|[+-]\d\d(?::?\d\d)?))?$/i;

function patternsOf(text: string): string[] {
  const found = clockForm.exec(text);
  if (!found) return datePatterns(text);
  const [, date = '', gap = '', , , seconds, fraction, beforeHalf, half, beforeZone] = found;
  const clock = [
    half === undefined ? 'H:MM' : 'h:mm',
    seconds && ':SS',
    fraction && `${fraction[0]}SSS`,
    half && `${beforeHalf}A`,
    beforeZone !== undefined && `${beforeZone}Z`,
  ];
  return datePatterns(date).map((pattern) => pattern + gap + clock.filter(Boolean).join(''));
}

function datePatterns(text: string): string[] {
  const found = /^(\d{1,4}|[a-z]{3,9})([^a-z\d]+)(\d{1,2}|[a-z]{3,9})([^a-z\d]+)(\d{2}|\d{4})$/i.exec(text);
  if (!found) return [];
  const [, first = '', gap, second = '', nextGap, last = ''] = found;
  const year = last.length === 4 ? 'YYYY' : 'YY';
  const join = (...parts: [string, string, string]) => parts[0] + gap + parts[1] + nextGap + parts[2];
  if (/^[a-z]/i.test(first)) return [join('MMM', 'D', year)];
  if (/^[a-z]/i.test(second)) return [join('D', 'MMM', year)];
  if (first.length === 4) return [join('YYYY', 'M', 'D')];
  return first.length > 2 ? [] : [join('D', 'M', year), join('M', 'D', year)];
}
