import fc from 'fast-check';
import { timeColumn } from 'minimart';
import { describe, expect, test } from 'vitest';
import { readCells as read } from './read-cells.js';

describe('time', () => {
  const march = (hour = 0, minute = 0, second = 0, rest = 0) => Date.UTC(2026, 2, 1, hour, minute, second, rest);

  test.each([
    ['2026-03-01', {}, march()],
    ['2026-03-01 08:26', {}, march(8, 26)],
    ['2026-03-01 08:26:05', {}, march(8, 26, 5)],
    ['2026-03-01T08:26:05Z', {}, march(8, 26, 5)],
    ['2026-03-01T08:26:05.5Z', {}, march(8, 26, 5, 500)],
    ['2026-03-01T08:26:05.123456', {}, march(8, 26, 5, 123)],
    ['2026-03-01T08:26:05+02:00', {}, march(6, 26, 5)],
    ['2026-03-01 08:26', { zone: '+02:00' }, march(6, 26)],
    ['2026-03-01 08:26Z', { zone: '+02:00' }, march(8, 26)],
    ['2026-03-01', { zone: '-0530' }, march(5, 30)],
    ['2026-03-01T08:26:05+02', {}, march(6, 26, 5)],
    ['2026-03-01 08:26:05 +0100', {}, march(7, 26, 5)],
    ['2026-03-01 08:26:05-0130', {}, march(9, 56, 5)],
    ['2026-03-01 08:26:05 UTC', {}, march(8, 26, 5)],
    ['2026-03-01 08:26 GMT', { zone: '+02:00' }, march(8, 26)],
    ['2026-03-01T08:26:05.25+02', {}, march(6, 26, 5, 250)],
    ['01-Mar-2026 08:26:05.25 +01', { format: 'DD-MMM-YYYY HH:MM:SS.SSS Z' }, march(7, 26, 5, 250)],
    ['March 1, 2026 8:26:05 p.m.', { format: 'MMM D, YYYY h:mm:ss A' }, march(20, 26, 5)],
    ['01.03.2026 08:26:05 UTC', { format: 'DD.MM.YYYY HH:MM:SS Z', zone: '+02:00' }, march(8, 26, 5)],
    ['03/01/2026 8:26 PM', { format: 'MM/DD/YYYY h:mm A' }, march(20, 26)],
    ['1772353565', { format: 'seconds' }, march(8, 26, 5)],
    ['1772353565500', { format: 'milliseconds' }, march(8, 26, 5, 500)],
    ['1/3/2026 8:26', { format: 'D/M/YYYY H:MM' }, march(8, 26)],
    ['01/03/2026 08:26', { format: 'D/M/YYYY H:MM' }, march(8, 26)],
    ['3/1/26 8:26 PM', { format: 'M/D/YY h:mm A' }, march(20, 26)],
    ['3/1/26 12:00 am', { format: 'M/D/YY h:mm A' }, march()],
    ['20260301', { format: 'YYYYMMDD' }, march()],
    ['20260301082605', { format: 'YYYYMMDDHHMMSS' }, march(8, 26, 5)],
    ['2026-03-01 08:26:05', { format: 'YYYY-MM-DD HH:MM:SS' }, march(8, 26, 5)],
    ['1.3.2026', { format: 'D.M.YYYY', zone: '+01:00' }, march() - 3_600_000],
    ['29.2.2024', { format: 'D.M.YYYY' }, Date.UTC(2024, 1, 29)],
    ['1/1/69', { format: 'D/M/YY' }, Date.UTC(1969, 0, 1)],
    ['1/1/68', { format: 'D/M/YY' }, Date.UTC(2068, 0, 1)],
  ])('reads %j with %j', (text, options, value) => {
    expect(read(timeColumn(options), text)).toEqual({ values: [value], faults: [] });
  });

  test.each([
    ['soon', 'iso'],
    ['2026-02-29', 'iso'],
    ['2026-13-01', 'iso'],
    ['2026-00-10', 'iso'],
    ['2026-03-01 24:00', 'iso'],
    ['2026-03-01 08:60', 'iso'],
    ['2026-03-01T08:00+99:00', 'iso'],
    ['01/03/2026', 'iso'],
    ['20260301', 'iso'],
    ['2026-03-01', 'seconds'],
    ['1.5.2026', 'seconds'],
    ['31/4/2026', 'D/M/YYYY'],
    ['001/4/2026', 'D/M/YYYY'],
    ['1-4-2026', 'D/M/YYYY'],
    ['1x4x2026', 'D.M.YYYY'],
    ['1/4/2026 13:00 PM', 'D/M/YYYY h:mm A'],
  ])('refuses %j as %j', (text, format) => {
    expect(read(timeColumn({ format }), text)).toEqual({
      values: [],
      faults: [`is not a time in the format '${format}'`],
    });
  });

  test.each([
    // 2026-03-01 08:26:05 in the other unit: as seconds that is the year 58133, as milliseconds 1970-01-21.
    ['seconds', '1772353565000', 'is no time before the year 10000 in seconds; are they milliseconds?'],
    ['milliseconds', '1772353565', 'is a time in 1970 in milliseconds; are they seconds?'],
    ['milliseconds', '1772353565000000', 'is no time before the year 10000 in milliseconds'],
  ])('refuses %s that are none: %s', (format, text, fault) => {
    expect(read(timeColumn({ format }), text)).toEqual({ values: [], faults: [fault] });
  });

  test('reads every date as Date does', () => {
    const date = fc.date({ min: new Date('1000-01-01'), max: new Date('9999-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(date, (each) => {
        expect(read(timeColumn(), each.toISOString()).values).toEqual([each.getTime()]);
        const [day, month, year] = [each.getUTCDate(), each.getUTCMonth() + 1, each.getUTCFullYear()];
        const clock = `${each.getUTCHours()}:${String(each.getUTCMinutes()).padStart(2, '0')}`;
        const whole = Math.floor(each.getTime() / 60_000) * 60_000;
        expect(read(timeColumn({ format: 'D/M/YYYY H:MM' }), `${day}/${month}/${year} ${clock}`).values).toEqual([
          whole,
        ]);
      }),
    );
  });

  // Clocks in Berlin were put forward on 2026-03-29 at 01:00 UTC, from 02:00 to 03:00, and back on 2026-10-25 at 01:00
  // UTC, from 03:00 to 02:00; on Lord Howe Island, back half an hour from +11:00 to +10:30 on 2026-04-04 at 15:00 UTC.
  test.each([
    ['Europe/Berlin', '2026-01-15 12:00', '2026-01-15T11:00Z'],
    ['Europe/Berlin', '2026-07-15 12:00', '2026-07-15T10:00Z'],
    ['Europe/Berlin', '2026-03-29 01:59:59', '2026-03-29T00:59:59Z'],
    // Does not come: read as if the clocks had not been put forward, which then show 03:30.
    ['Europe/Berlin', '2026-03-29 02:30', '2026-03-29T01:30Z'],
    ['Europe/Berlin', '2026-03-29 03:30', '2026-03-29T01:30Z'],
    ['Europe/Berlin', '2026-10-25 01:59', '2026-10-24T23:59Z'],
    // Comes twice: the first.
    ['Europe/Berlin', '2026-10-25 02:30', '2026-10-25T00:30Z'],
    ['Europe/Berlin', '2026-10-25 03:00', '2026-10-25T02:00Z'],
    ['Europe/Berlin', '2026-10-25 02:30:00+01', '2026-10-25T01:30Z'],
    ['America/New_York', '2025-12-31 14:05', '2025-12-31T19:05Z'],
    ['Asia/Kolkata', '2026-03-01 08:26', '2026-03-01T02:56Z'],
    ['Australia/Lord_Howe', '2026-04-05 01:45', '2026-04-04T14:45Z'],
    ['Australia/Lord_Howe', '2026-04-05 02:00', '2026-04-04T15:30Z'],
  ])('reads the clocks of %s at %s', (zone, text, utc) => {
    const local = new Date(read(timeColumn({ zone }), text).values[0]!).toISOString();
    expect(local).toBe(new Date(utc).toISOString());
  });

  test('a place gives every time back that its clocks show', () => {
    const shown = new Intl.DateTimeFormat('sv-SE', {
      timeZone: 'Europe/Berlin',
      dateStyle: 'short',
      timeStyle: 'medium',
    });
    const berlin = timeColumn({ zone: 'Europe/Berlin' });
    const hours = fc.integer({ min: 0, max: 24 * 365 * 60 }).map((hour) => Date.UTC(1975, 0, 1, hour, 30));
    fc.assert(
      fc.property(hours, (utc) => {
        const back = read(berlin, shown.format(utc)).values[0]!;
        // Of an hour that comes twice the first is meant.
        expect([utc, utc - 3_600_000]).toContain(back);
        expect(shown.format(back)).toBe(shown.format(utc));
      }),
    );
  });

  test('asks whether day and month are the other way round', () => {
    const { values, faults } = read(timeColumn({ format: 'D/M/YYYY H:MM' }), '12/31/2025 14:05', '12/32/2025 14:05');
    expect(values).toEqual([]);
    expect(faults).toEqual([
      "is not a time in the format 'D/M/YYYY H:MM' (is it 'M/D/YYYY H:MM'?)",
      "is not a time in the format 'D/M/YYYY H:MM'",
    ]);
    expect(read(timeColumn({ format: 'MM-DD-YYYY' }), '31-12-2025').faults[0]).toContain("(is it 'DD-MM-YYYY'?)");
  });

  test('numbers have no zone', () => {
    expect(() => timeColumn({ format: 'seconds', zone: 'utc' })).toThrow(
      'timeColumn: `zone` must be left out: seconds since 1970',
    );
  });

  test('refuses formats and zones that it does not know', () => {
    for (const format of ['DD/MM', 'YYYY-MM-DD DD', 'YYYY-MMMM-DD', 'dd.mm.yyyy', '']) {
      expect(() => timeColumn({ format })).toThrow(`timeColumn: \`format\` must hold YYYY, M and D once each`);
    }
    expect(() => timeColumn({ zone: 'Europe/Atlantis' })).toThrow(
      "timeColumn: `zone` must be 'utc', ahead of UTC, such as '+02:00', or a place, such as 'Europe/Berlin', received",
    );
    // @ts-expect-error No such policy.
    expect(() => timeColumn({ missing: 'now' })).toThrow("timeColumn: `missing` must be 'skip', 'keep' or a number");
  });
});
