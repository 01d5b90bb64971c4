import { createPeriodSales, forecastSales, naiveForecast } from 'minimart';
import { describe, expect, test } from 'vitest';
import { periodNumber, periodStart } from '../../../src/forecast/series/calendar.js';

test('a product counts from the first number on', () => {
  const sales = createPeriodSales({ tea: [0, 3, 0], mug: [Number.NaN, 0, 2] }, { period: 'day' });
  expect(sales.series('tea')).toEqual([0, 3, 0]);
  expect(sales.series('mug')).toEqual([0, 2]);
  expect([...sales.sales]).toEqual([0, 3, 0, 0, 0, 2]);
  expect(() => sales.series('pot')).toThrow('series: `product` must be one of the products');
});

test('periods begin where the calendar has them', () => {
  const time = Date.UTC(2026, 1, 18, 15); // a Wednesday
  expect(periodStart('day', time, 0)).toBe(Date.UTC(2026, 1, 18));
  expect(periodStart('week', time, 0)).toBe(Date.UTC(2026, 1, 16));
  expect(periodStart('week', time, 2)).toBe(Date.UTC(2026, 2, 2));
  expect(periodStart('month', time, 0)).toBe(Date.UTC(2026, 1, 1));
  expect(periodStart('month', time, 11)).toBe(Date.UTC(2027, 0, 1));
  expect(periodNumber('week', Date.UTC(2026, 1, 16) - 1)).toBe(periodNumber('week', time) - 1);
  expect(periodNumber('month', Date.UTC(1969, 11, 31))).toBe(periodNumber('month', 0) - 1);
  expect(createPeriodSales({ tea: [1] }, { start: time }).start).toBe(Date.UTC(2026, 1, 16));
});

describe('createPeriodSales refuses', () => {
  test.each([
    ['`series` must not be empty', {}],
    ['`series.tea[1]` must be a number: a period without sales is 0', { tea: [1, Number.NaN, 2] }],
    ['`series.tea[0]` must be finite and not below 0: goods that come back are no sales', { tea: [-1, 2] }],
    ['`series.tea[1]` must be finite', { tea: [1, Number.POSITIVE_INFINITY] }],
    ['`series.tea[1]` must be at most 1e+150, whose square a number can hold', { tea: [1, 2e150] }],
    ['`series.tea` must hold a number', { tea: [Number.NaN, Number.NaN] }],
    ['`series.mug` must hold 2 numbers, as the first', { tea: [1, 2], mug: [1] }],
    ['`series.tea.length` must be a positive integer', { tea: [] }],
    ['`series` must be an object of lists by product', null],
  ])('%s', (message, series) => {
    expect(() => createPeriodSales(series as Record<string, number[]>)).toThrow(`createPeriodSales: ${message}`);
  });

  test('other periods', () => {
    expect(() => createPeriodSales({ tea: [1] }, { period: 'year' as 'day' })).toThrow(
      "`period` must be one of 'day', 'week', 'month'",
    );
    expect(() => createPeriodSales({ tea: [1] }, { start: Number.NaN })).toThrow('`start` must be a finite number');
  });
});

test('a product that is not on sale yet is forecast by 0, and named', async () => {
  const sales = createPeriodSales({ tea: [1, 2, 3], mug: [Number.NaN, Number.NaN, 4] });
  const early = { ...sales, periods: 2, sales: Float64Array.of(1, 2, 0, 0), onSale: Int32Array.of(0, 2) };
  const forecast = await forecastSales(early, { method: naiveForecast(), horizon: 1 });
  expect(forecast.mean('mug')).toEqual([0]);
  expect(forecast.doubtful).toEqual(['mug']);
});
