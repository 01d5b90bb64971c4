import { refuse } from '../../../internal/require.js';
import { zoneOffset } from './time-parts.js';

/** The clocks of a place. */
export interface LocalZone {
  /** Milliseconds since 1970-01-01 UTC when the clocks there show `local`, which is read as if it were UTC. */
  toUtc(local: number): number;
}

const day = 86_400_000;
// More than a century; only a hostile file has more.
const mostDays = 50_000;

/**
 * The zone of that name: `'utc'`, an offset such as `'+02:00'`, or a place such as `'Europe/Berlin'`, whose clocks are put
 * forward and back.
 *
 * Where clocks are put back, an hour comes twice: the first one is meant. Where they are put forward, an hour does not
 * come: a time in it is read as if the clocks had not been put forward yet, so 02:30 is what they show as 03:30. This is the
 * rule of iCalendar (RFC 5545, section 3.3.5) and of Temporal ("compatible").
 */
export function createZone(where: string, zone: unknown): LocalZone {
  const fixed = typeof zone === 'string' ? zoneOffset(zone) : Number.NaN;
  if (!Number.isNaN(fixed)) return { toUtc: (local) => local - fixed };
  const offsetAt = createOffsets(where, zone);
  // Most days have one offset, so that the clocks need to be asked but once for it.
  const offsets = new Map<number, number | undefined>();

  function offsetOfDay(number: number): number | undefined {
    if (!offsets.has(number)) {
      if (offsets.size === mostDays) offsets.clear();
      const before = offsetAt((number - 1) * day);
      offsets.set(number, offsetAt((number + 2) * day) === before ? before : undefined);
    }
    return offsets.get(number);
  }

  return {
    toUtc(local) {
      if (Number.isNaN(local)) return local;
      const offset = offsetOfDay(Math.floor(local / day));
      if (offset !== undefined) return local - offset;
      const before = offsetAt(local - day);
      const after = offsetAt(local + day);
      if (offsetAt(local - before) === before) return local - before;
      return offsetAt(local - after) === after ? local - after : local - before;
    },
  };
}

function createOffsets(where: string, zone: unknown): (utc: number) => number {
  const format = createFormat(where, zone);
  return (utc) => {
    const parts = Object.fromEntries(format.formatToParts(utc).map(({ type, value }) => [type, Number(value)]));
    const { year = 0, month = 1, day: date = 1, hour = 0, minute = 0, second = 0 } = parts;
    const shown = Date.UTC(year, month - 1, date, hour, minute, second);
    return shown - Math.floor(utc / 1000) * 1000;
  };
}

function createFormat(where: string, zone: unknown): Intl.DateTimeFormat {
  try {
    if (typeof zone === 'string') {
      return new Intl.DateTimeFormat('en-US', {
        timeZone: zone,
        calendar: 'gregory',
        numberingSystem: 'latn',
        hourCycle: 'h23',
        year: 'numeric',
        month: 'numeric',
        day: 'numeric',
        hour: 'numeric',
        minute: 'numeric',
        second: 'numeric',
      });
    }
  } catch {
    // Refused below.
  }
  return refuse(where, 'zone', "be 'utc', ahead of UTC, such as '+02:00', or a place, such as 'Europe/Berlin'", zone);
}
