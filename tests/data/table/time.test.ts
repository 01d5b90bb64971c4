import fc from 'fast-check';
import { time } from 'minimart';
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
    expect(read(time(options), text)).toEqual({ values: [value], faults: [] });
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
    expect(read(time({ format }), text)).toEqual({ values: [], faults: [`is not a time in the format '${format}'`] });
  });

  test('reads every date as Date does', () => {
    const date = fc.date({ min: new Date('1000-01-01'), max: new Date('9999-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(date, (each) => {
        expect(read(time(), each.toISOString()).values).toEqual([each.getTime()]);
        const [day, month, year] = [each.getUTCDate(), each.getUTCMonth() + 1, each.getUTCFullYear()];
        const clock = `${each.getUTCHours()}:${String(each.getUTCMinutes()).padStart(2, '0')}`;
        const whole = Math.floor(each.getTime() / 60_000) * 60_000;
        expect(read(time({ format: 'D/M/YYYY H:MM' }), `${day}/${month}/${year} ${clock}`).values).toEqual([whole]);
      }),
    );
  });

  test('refuses formats and zones that it does not know', () => {
    for (const format of ['DD/MM', 'YYYY-MM-DD DD', 'YYYY-MMMM-DD', 'dd.mm.yyyy', '']) {
      expect(() => time({ format })).toThrow(`time: \`format\` must hold YYYY, M and D once each`);
    }
    expect(() => time({ zone: 'Europe/Atlantis' })).toThrow(
      "time: `zone` must be 'utc', ahead of UTC, such as '+02:00', or a place, such as 'Europe/Berlin', received",
    );
    // @ts-expect-error No such policy.
    expect(() => time({ missing: 'now' })).toThrow("time: `missing` must be 'skip', 'keep' or a number");
  });
});
