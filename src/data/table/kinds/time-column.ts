import { requireOptions } from '../../../internal/options.js';
import { refuse, requireText } from '../../../internal/require.js';
import type { TimeColumn } from '../column.js';
import type { ColumnKind } from '../column-kind.js';
import { createExcelParser } from '../text/excel-time.js';
import { createIsoParser } from '../text/iso-time.js';
import { createNumberParser, longestText } from '../text/number-text.js';
import { formatsOf } from '../text/time-guess.js';
import { createPatternParser } from '../text/time-pattern.js';
import { createZone, type LocalZone } from '../text/time-zone.js';
import { requireMissing, startNumeric } from './numeric-reader.js';

/**
 * A column of points of time, held as milliseconds since 1970-01-01 UTC.
 *
 * Seconds and milliseconds that would be far from any shop's time do not fit, because they are the other of the two: seconds
 * behind the year 9999, and milliseconds within 116 days of 1970-01-01.
 *
 * @returns A column kind for {@link parseTable}.
 * @throws RangeError when an option is not one of those there are.
 * @example
 * const text = 'iso,german\n2026-03-01 08:26:00,1.3.2026 9:26\n';
 * const german = timeColumn({ format: 'D.M.YYYY H:MM', zone: 'Europe/Berlin' });
 * const { columns } = parseTable(text, { iso: timeColumn(), german });
 * new Date(columns.iso.values[0]!).toISOString(); // '2026-03-01T08:26:00.000Z'
 * columns.iso.values[0] === columns.german.values[0]; // true
 */
export function timeColumn(
  options: {
    /**
     * How times are written: `'iso'` for `YYYY-MM-DD`, alone or with `HH:MM`, `HH:MM:SS`, a fraction and a zone (`Z`, `UTC`,
     * `+02`, `+0200`, `+02:00`), after a blank or a `T`; `'seconds'` or `'milliseconds'` since 1970-01-01 UTC; `'excel'` for days since
     * 1899-12-30 with the time of day as their fraction, as spreadsheets store dates (`46022.5` is noon of 2025-12-31); or a pattern
     * such as `'D/M/YYYY H:MM'`, `'YYYYMMDD'`, `'MM/DD/YY h:mm A'` or `'DD-MMM-YYYY HH:MM:SS.SSS Z'`. In a pattern one letter
     * takes one or two digits, two letters take two, M after H means minutes, MMM is the English name of a month, SSS a
     * fraction of a second, Z a zone, and years YY are 1969 to 2068. So `31.12.2025 14:05` is `'D.M.YYYY H:MM'`, `12/31/2025` is
     * `'M/D/YYYY'` and `Dec 31, 2025` is `'MMM D, YYYY'`: what `03/04/2025` means is never guessed. Default `'iso'`.
     */
    readonly format?: string;
    /**
     * The zone of times that name none: `'utc'`, how far it is ahead of UTC, such as `'+02:00'`, or a place whose clocks they
     * were, such as `'Europe/Berlin'`. Of an hour that comes twice because clocks were put back the first is meant; one that
     * does not come because they were put forward is read as if they had not been. Not beside `'seconds'` and
     * `'milliseconds'`. Default `'utc'`.
     */
    readonly zone?: string;
    /** What becomes of a row without a value: left out, kept with NaN, or kept with this time. Default `'skip'`. */
    readonly missing?: 'skip' | 'keep' | number;
  } = {},
): ColumnKind<TimeColumn> {
  requireOptions('timeColumn', options, { format: true, zone: true, missing: true });
  const { format = 'iso', zone, missing = 'skip' } = options;
  requireMissing('timeColumn', missing);
  const { parse, otherwise } = createTimeParser(format, zone);
  const kind = 'time';
  const start = () =>
    startNumeric({
      missing,
      parse: repeatingLast(parse),
      otherwise,
      make: (size) => new Float64Array(size),
      column: (values) => ({ kind, values }),
    });
  return { kind, start };
}

/** Reads a text or says why it does not fit, and says in what formats it would. */
interface TimeParser {
  readonly parse: (text: string) => number | string;
  readonly otherwise: (text: string) => string | undefined;
}

function createTimeParser(format: string, zoneName: string | undefined): TimeParser {
  requireText('timeColumn', 'format', format);
  const isEpoch = format === 'seconds' || format === 'milliseconds';
  if (isEpoch && zoneName !== undefined) {
    refuse('timeColumn', 'zone', `be left out: ${format} since 1970 have none`, zoneName);
  }
  const zone = createZone('timeColumn', zoneName ?? 'utc');
  return {
    parse: isEpoch ? createEpochParser(format) : createTextParser(format, zone),
    otherwise: createGuess(format, zone),
  };
}

function createTextParser(format: string, zone: LocalZone): (text: string) => number | string {
  const parse = parserOf(format, zone);
  const fault = `is not a time in the format '${format}'`;
  const swapped = swapDayAndMonth(format);
  const parseSwapped = swapped === format ? undefined : parserOf(swapped, zone);
  return (text) => {
    if (text.length > longestText) return fault;
    const value = parse(text.trim());
    if (!Number.isNaN(value)) return value;
    // Then the rows of the first 12 days of a month fit, and are wrong: worth a word.
    const fits = parseSwapped !== undefined && !Number.isNaN(parseSwapped(text.trim()));
    return fits ? `${fault} (is it '${swapped}'?)` : fault;
  };
}

function parserOf(format: string, zone: LocalZone): (text: string) => number {
  if (format === 'iso') return createIsoParser(zone);
  return format === 'excel' ? createExcelParser(zone) : createPatternParser('timeColumn', format, zone);
}

function createGuess(format: string, zone: LocalZone): (text: string) => string | undefined {
  const parseIso = createIsoParser(zone);
  return (text) => {
    const cell = text.trim();
    if (cell.length > longestText) return undefined;
    const formats = Number.isNaN(parseIso(cell)) ? formatsOf(cell, zone) : ['iso'];
    const others = formats.filter((each) => each !== format).map((each) => `'${each}'`);
    return others.length === 0 ? undefined : `\`format\` ${others.join(' or ')}`;
  };
}

// `YYYY-MM-DD` stays: nobody writes `YYYY-DD-MM`.
function swapDayAndMonth(pattern: string): string {
  return pattern.replace(/^(DD?|MM?)([^A-Za-z\d]+)(DD?|MM?)(?=[^A-Za-z\d])/, '$3$2$1');
}

// What 9999-12-31 ends with, and 10^10, which seconds reach in 2286 and milliseconds reached in April 1970.
const lastTime = 253_402_300_799_999;
const mostSeconds = 1e10;

function createEpochParser(format: 'seconds' | 'milliseconds'): (text: string) => number | string {
  const parseNumber = createNumberParser('timeColumn', {});
  const unit = format === 'seconds' ? 1000 : 1;
  return (text) => {
    const value = parseNumber(text) * unit;
    if (Number.isNaN(value)) return `is not a time in the format '${format}'`;
    if (Math.abs(value) > lastTime) {
      return `is no time before the year 10000 in ${format}${unit === 1000 ? '; are they milliseconds?' : ''}`;
    }
    if (unit === 1 && Math.abs(value) < mostSeconds) return 'is a time in 1970 in milliseconds; are they seconds?';
    return value;
  };
}

// Rows of one order have one time, and orders lie together: most cells repeat the cell above.
function repeatingLast(parse: (text: string) => number | string): (text: string) => number | string {
  let lastText: string | undefined;
  let last: number | string = '';
  return (text) => {
    if (text !== lastText) {
      last = parse(text);
      lastText = text;
    }
    return last;
  };
}
