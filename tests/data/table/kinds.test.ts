import fc from 'fast-check';
import { count, money, type NumberFormat, number, readTable, time } from 'minimart';
import { describe, expect, test } from 'vitest';

// One column without a header, so that any text but a delimiter or line break can stand in it.
const read = <K extends ReturnType<typeof number | typeof count | typeof time>>(kind: K, ...cells: string[]) => {
  const table = readTable(cells.join('\n'), { a: kind }, { names: ['a'], delimiter: '\t', quote: false });
  return { values: Array.from(table.columns.a.values), faults: table.report.badRows.map(({ reason }) => reason) };
};

describe('number', () => {
  test.each([
    ['12', {}, 12],
    ['-0.5', {}, -0.5],
    ['+3', {}, 3],
    ['.25', {}, 0.25],
    ['7.', {}, 7],
    ['1e3', {}, 1000],
    ['1.5E-2', {}, 0.015],
    [' 8 ', {}, 8],
    ['0,5', { decimal: ',' }, 0.5],
    ['-1.234.567,25', { decimal: ',', thousands: '.' }, -1_234_567.25],
    ['1234,5', { decimal: ',', thousands: '.' }, 1234.5],
    ['1,234,567.5', { thousands: ',' }, 1_234_567.5],
    ['12,34,567', { thousands: ',' }, 1_234_567],
    ['1 234', { thousands: ' ' }, 1234],
    ['1\u202f234\u00a0567', { thousands: ' ' }, 1_234_567],
    ["1'234.5", { thousands: "'" }, 1234.5],
    ['1\u2019234', { thousands: "'" }, 1234],
  ] as const)('reads %j with %j as %d', (text, format: NumberFormat, value) => {
    expect(read(number(format), text)).toEqual({ values: [value], faults: [] });
  });

  test.each([
    ['abc', {}],
    ['1,5', {}],
    ['1.5', { decimal: ',' }],
    ['1.2.3', {}],
    ['12 kg', {}],
    ['0x10', {}],
    ['Infinity', {}],
    ['1e999', {}],
    ['NaN', {}],
    ['-', {}],
    ['--1', {}],
    ['1,23', { thousands: ',' }],
    ['1,2345', { thousands: ',' }],
    [',234', { thousands: ',' }],
    ['1.234,5', { thousands: ',' }],
    ['1 234', {}],
  ] as const)('refuses %j with %j', (text, format: NumberFormat) => {
    expect(read(number(format), text)).toEqual({ values: [], faults: ['is not a number'] });
  });

  test('reads what other programs write', () => {
    const finite = fc.double({ noNaN: true, noDefaultInfinity: true });
    fc.assert(
      fc.property(finite, (value) => {
        expect(read(number(), String(value)).values[0]! + 0).toBe(value + 0);
      }),
    );
    const cents = fc.integer({ min: -1e12, max: 1e12 }).map((each) => each / 100);
    fc.assert(
      fc.property(cents, (value) => {
        const german = value.toLocaleString('de-DE', { minimumFractionDigits: 2 });
        expect(read(number({ decimal: ',', thousands: '.' }), german).values[0]! + 0).toBe(value + 0);
      }),
    );
  });

  test('refuses formats that cannot be told apart', () => {
    expect(() => number({ decimal: ',', thousands: ',' })).toThrow('number: `thousands` must differ from `decimal`');
    // @ts-expect-error No such sign.
    expect(() => number({ decimal: ';' })).toThrow("number: `decimal` must be one of '.', ','");
    // @ts-expect-error No such sign.
    expect(() => number({ thousands: '_' })).toThrow('number: `thousands` must be one of');
  });
});

describe('count', () => {
  test('takes whole numbers that an int32 holds', () => {
    const { values, faults } = read(count(), '6', '6.0', '-2', '2147483647', '6.5', '2147483648', 'six');
    expect(values).toEqual([6, 6, -2, 2_147_483_647]);
    expect(faults).toEqual(Array(3).fill('is not a whole number that an int32 holds'));
  });
});

describe('money', () => {
  test.each([
    ['2.55', 2.55],
    ['£2.55', 2.55],
    ['£ 2.55', 2.55],
    ['-£5', -5],
    ['£-5', -5],
    ['- 5', -5],
    ['(5.00)', -5],
    ['(£5.00)', -5],
    ['5 £', 5],
    ['£1,200.00', 1200],
    ['£5£', undefined],
    ['-(5)', undefined],
    ['(5', undefined],
    ['5 pounds', undefined],
    ['£', undefined],
    ['£5.5.5', undefined],
  ])('reads %j as %j', (text, value) => {
    const { values, faults } = read(money({ thousands: ',' }), text);
    expect(values).toEqual(value === undefined ? [] : [value]);
    expect(faults).toEqual(value === undefined ? ['is not an amount of money'] : []);
  });

  test('knows letters and signs of many currencies', () => {
    for (const text of ['€3', '3 €', 'EUR 3', '3 EUR', 'US$3', 'R$ 3', '¥3', '3 PLN']) {
      expect(read(money(), text).values).toEqual([3]);
    }
    expect(read(money({ currency: 'kr' }), '3 kr', 'kr 4', '£5')).toEqual({
      values: [3, 4],
      faults: ['is not an amount of money'],
    });
    expect(read(money({ decimal: ',', thousands: '.' }), '1.234,50 €').values).toEqual([1234.5]);
  });

  test('mixes no currencies, and begins anew in each load', () => {
    const price = money();
    expect(read(price, '1', '£2', '€3', '£4')).toEqual({
      values: [1, 2, 4],
      faults: ['is in another currency than the first amount, £'],
    });
    expect(read(price, '€3').values).toEqual([3]);
  });

  test('refuses an empty currency', () => {
    expect(() => money({ currency: ' ' })).toThrow('money: `currency` must be a text that is not empty');
  });
});

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
    ['1e300', 'seconds'],
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
    for (const format of ['DD/MM', 'YYYY-MM-DD DD', 'YYYY-MMM-DD', 'dd.mm.yyyy', '']) {
      expect(() => time({ format })).toThrow(`time: \`format\` must hold YYYY, M and D once each`);
    }
    expect(() => time({ zone: 'Europe/London' })).toThrow(
      "time: `zone` must be 'utc' or ahead of UTC, such as '+02:00'",
    );
    // @ts-expect-error No such policy.
    expect(() => time({ missing: 'now' })).toThrow("time: `missing` must be 'skip', 'keep' or a number");
  });
});
