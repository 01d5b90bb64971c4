import fc from 'fast-check';
import { countColumn, moneyColumn, type NumberFormat, numberColumn } from 'minimart';
import { describe, expect, test } from 'vitest';
import { readCells as read } from './read-cells.js';

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
    expect(read(numberColumn(format), text)).toEqual({ values: [value], faults: [] });
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
    expect(read(numberColumn(format), text)).toEqual({ values: [], faults: ['is not a number'] });
  });

  test('reads what other programs write', () => {
    const finite = fc.double({ noNaN: true, noDefaultInfinity: true });
    fc.assert(
      fc.property(finite, (value) => {
        expect(read(numberColumn(), String(value)).values[0]! + 0).toBe(value + 0);
      }),
    );
    const cents = fc.integer({ min: -1e12, max: 1e12 }).map((each) => each / 100);
    fc.assert(
      fc.property(cents, (value) => {
        const german = value.toLocaleString('de-DE', { minimumFractionDigits: 2 });
        expect(read(numberColumn({ decimal: ',', thousands: '.' }), german).values[0]! + 0).toBe(value + 0);
      }),
    );
  });

  test('refuses formats that cannot be told apart', () => {
    expect(() => numberColumn({ decimal: ',', thousands: ',' })).toThrow(
      'numberColumn: `thousands` must differ from `decimal`',
    );
    // @ts-expect-error No such sign.
    expect(() => numberColumn({ decimal: ';' })).toThrow("numberColumn: `decimal` must be one of '.', ','");
    // @ts-expect-error No such sign.
    expect(() => numberColumn({ thousands: '_' })).toThrow('numberColumn: `thousands` must be one of');
  });
});

describe('count', () => {
  test('takes whole numbers that an int32 holds', () => {
    const { values, faults } = read(countColumn(), '6', '6.0', '-2', '2147483647', '6.5', '2147483648', 'six');
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
    const { values, faults } = read(moneyColumn({ thousands: ',' }), text);
    expect(values).toEqual(value === undefined ? [] : [value]);
    expect(faults).toEqual(value === undefined ? ['is not an amount of money'] : []);
  });

  test('knows letters and signs of many currencies', () => {
    for (const text of ['€3', '3 €', 'EUR 3', '3 EUR', 'US$3', 'R$ 3', '¥3', '3 PLN']) {
      expect(read(moneyColumn(), text).values).toEqual([3]);
    }
    expect(read(moneyColumn({ currency: 'kr' }), '3 kr', 'kr 4', '£5')).toEqual({
      values: [3, 4],
      faults: ['is not an amount of money'],
    });
    expect(read(moneyColumn({ decimal: ',', thousands: '.' }), '1.234,50 €').values).toEqual([1234.5]);
  });

  test('mixes no currencies, and begins anew in each load', () => {
    const price = moneyColumn();
    expect(read(price, '1', '£2', '€3', '£4')).toEqual({
      values: [1, 2, 4],
      faults: ['is in another currency than the first amount, £'],
    });
    expect(read(price, '€3').values).toEqual([3]);
  });

  test('refuses an empty currency', () => {
    expect(() => moneyColumn({ currency: ' ' })).toThrow('moneyColumn: `currency` must be a text that is not empty');
  });
});
