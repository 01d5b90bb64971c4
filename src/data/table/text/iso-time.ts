import { millisecondsOf, zoneOffset } from './time-parts.js';

/**
 * A reader of `2026-03-01`, `2026-03-01 08:26`, `2026-03-01T08:26:00.5Z` and the like; NaN for others. A text without a
 * zone is in the zone that is `offset` milliseconds ahead of UTC.
 */
export function createIsoParser(offset: number): (text: string) => number {
  const form = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?\s?(Z|[+-]\d\d:?\d\d)?)?$/i;
  return (text) => {
    const found = form.exec(text);
    if (!found) return Number.NaN;
    const [, year, month, day, hour = 0, minute = 0, second = 0, fraction = '', zone] = found;
    const whole = millisecondsOf({
      year: Number(year),
      month: Number(month),
      day: Number(day),
      hour: Number(hour),
      minute: Number(minute),
      second: Number(second),
    });
    // Whole milliseconds; finer digits are cut off.
    return whole + Number(fraction.padEnd(3, '0').slice(0, 3)) - (zone === undefined ? offset : zoneOffset(zone));
  };
}
