import { refuse } from '../../../internal/require.js';
import type { TimeColumn } from '../column.js';
import type { ColumnKind } from '../column-kind.js';
import { createIsoParser } from '../text/iso-time.js';
import { createNumberParser } from '../text/number-text.js';
import { zoneOffset } from '../text/time-parts.js';
import { createPatternParser } from '../text/time-pattern.js';
import { type MissingNumber, requireMissing, startNumeric } from './numeric-reader.js';

/** Options of {@link time}. */
export interface TimeOptions {
  /**
   * How times are written: `'iso'` for `YYYY-MM-DD`, alone or with `HH:MM`, `HH:MM:SS`, a fraction and a zone, after a blank
   * or a `T`; `'seconds'` or `'milliseconds'` since 1970-01-01 UTC; or a pattern such as `'D/M/YYYY H:MM'`, `'YYYYMMDD'` or
   * `'MM/DD/YY h:mm A'`. In a pattern one letter takes one or two digits, two letters take two, M after H means minutes, and
   * years YY are 1969 to 2068. Default `'iso'`.
   */
  readonly format?: string;
  /** The zone of times that name none: `'utc'`, or how far it is ahead of UTC, such as `'+02:00'`. Default `'utc'`. */
  readonly zone?: string;
  /** What becomes of a row without a value: left out, kept with NaN, or kept with this time. Default `'skip'`. */
  readonly missing?: MissingNumber;
}

/**
 * A column of points of time, held as milliseconds since 1970-01-01 UTC.
 *
 * @returns A column kind for {@link readTable}.
 * @throws RangeError when an option is not one of those there are.
 * @example
 * const text = 'iso,german\n2026-03-01 08:26:00,1.3.2026 9:26\n';
 * const { iso, german } = readTable(text, { iso: time(), german: time({ format: 'D.M.YYYY H:MM', zone: '+01:00' }) }).columns;
 * new Date(iso.values[0]!).toISOString(); // '2026-03-01T08:26:00.000Z'
 * iso.values[0] === german.values[0]; // true
 */
export function time(options: TimeOptions = {}): ColumnKind<TimeColumn> {
  const { format = 'iso', zone = 'utc', missing = 'skip' } = options;
  requireMissing('time', missing);
  const offset = typeof zone === 'string' ? zoneOffset(zone) : Number.NaN;
  if (Number.isNaN(offset)) refuse('time', 'zone', "be 'utc' or ahead of UTC, such as '+02:00'", zone);
  const parseTime = createTimeParser(format, offset);
  const kind = 'time';
  return {
    kind,
    start: () =>
      startNumeric({
        missing,
        parse: repeatingLast(parseTime, `is not a time in the format '${format}'`),
        make: (size) => new Float64Array(size),
        column: (values) => ({ kind, values }),
      }),
  };
}

function createTimeParser(format: string, offset: number): (text: string) => number {
  if (typeof format !== 'string') refuse('time', 'format', 'be a text', format);
  if (format === 'iso') return createIsoParser(offset);
  if (format !== 'seconds' && format !== 'milliseconds') return createPatternParser('time', format, offset);
  const parseNumber = createNumberParser('time', {});
  const unit = format === 'seconds' ? 1000 : 1;
  return (text) => {
    const milliseconds = parseNumber(text) * unit;
    return Math.abs(milliseconds) <= latestDate ? milliseconds : Number.NaN;
  };
}

// The end of what a Date can hold, in the year 275760.
const latestDate = 8.64e15;

// Rows of one order have one time, and orders lie together: most cells repeat the cell above.
function repeatingLast(parse: (text: string) => number, fault: string): (text: string) => number | string {
  let lastText = '';
  let last: number | string = fault;
  return (text) => {
    if (text === lastText) return last;
    const value = parse(text.trim());
    lastText = text;
    last = Number.isNaN(value) ? fault : value;
    return last;
  };
}
