/** Parts of a point of time as a calendar and a clock show it. */
export interface TimeParts {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

/** Milliseconds since 1970-01-01, read as UTC; NaN when there is no such day or time of day. */
export function millisecondsOf({ year, month, day, hour, minute, second }: TimeParts): number {
  const isClock = hour < 24 && minute < 60 && second < 60;
  if (!isClock || year < 100 || month < 1 || month > 12 || day < 1 || day > 31) return Number.NaN;
  const midnight = Date.UTC(year, month - 1, day);
  // Of 31 April, Date makes 1 May.
  if (day > 28 && new Date(midnight).getUTCDate() !== day) return Number.NaN;
  return midnight + ((hour * 60 + minute) * 60 + second) * 1000;
}

/** How a text may name a zone by how far it is ahead of UTC, for a pattern. */
export const zonePattern = 'Z|UTC|GMT|[+-]\\d\\d(?::?\\d\\d)?';

/** Milliseconds that a zone such as `+02:00`, `+02` or `Z` is ahead of UTC; NaN for what is no such zone. */
export function zoneOffset(zone: string): number {
  if (/^(utc|gmt|z)$/i.test(zone)) return 0;
  const found = /^([+-])(\d{2})(?::?(\d{2}))?$/.exec(zone);
  if (!found || Number(found[2]) > 15 || Number(found[3] ?? 0) > 59) return Number.NaN;
  const minutes = Number(found[2]) * 60 + Number(found[3] ?? 0);
  return (found[1] === '-' ? -minutes : minutes) * 60_000;
}

/** Milliseconds of a fraction of a second, such as `5` for half a second; finer digits are cut off. */
export function fractionOf(digits: string): number {
  return Number(digits.padEnd(3, '0').slice(0, 3));
}
