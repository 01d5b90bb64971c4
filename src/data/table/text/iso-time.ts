import { fractionOf, millisecondsOf, zoneOffset, zonePattern } from './time-parts.js';
import type { LocalZone } from './time-zone.js';

/**
 * A reader of `2026-03-01`, `2026-03-01 08:26`, `2026-03-01T08:26:00.5Z`, `2026-03-01 08:26:00 +0100` and the like; NaN for
 * others. A text without a zone is in `zone`.
 */
export function createIsoParser(zone: LocalZone): (text: string) => number {
  const clock = `(\\d\\d):(\\d\\d)(?::(\\d\\d)(?:[.,](\\d{1,9}))?)?\\s?(${zonePattern})?`;
  const form = new RegExp(`^(\\d{4})-(\\d\\d)-(\\d\\d)(?:[T ]${clock})?$`, 'i');
  return (text) => {
    const found = form.exec(text);
    if (!found) return Number.NaN;
    const [, year, month, day, hour = 0, minute = 0, second = 0, fraction = '', own] = found;
    const whole = millisecondsOf({
      year: Number(year),
      month: Number(month),
      day: Number(day),
      hour: Number(hour),
      minute: Number(minute),
      second: Number(second),
    });
    const local = whole + fractionOf(fraction);
    return own === undefined ? zone.toUtc(local) : local - zoneOffset(own);
  };
}
