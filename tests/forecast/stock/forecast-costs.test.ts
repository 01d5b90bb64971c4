import { createPeriodSales, forecastCosts, seriesForecast } from 'minimart';
import { describe, expect, test } from 'vitest';
import { quantileOfSums } from '../../../src/forecast/stock/quantile-of-sums.js';

// Sure of so many in each period: the quantile of one period at 0.8 is Poisson's.
const about = (mean: number) =>
  seriesForecast((_, horizon) => ({ means: Array(horizon).fill(mean), variances: Array(horizon).fill(0) }), {
    name: `about ${mean}`,
  });
const sales = createPeriodSales({ tea: [2, 4, 3, 5, 1, 6] });

test('orders up to the quantile, pays for what is left and what was missing', async () => {
  // Poisson of 2: P(D <= 2) = .677, P(D <= 3) = .857, so 3 at 0.8. Without lead time stock is 3 in each period that counts, of which
  // 5, 1 and 6 are asked for: 2 short, 2 left, 3 short.
  const { methods, periods, ratio } = await forecastCosts(sales, {
    methods: [about(2)],
    periods: 4,
    holding: 1,
    penalty: 4,
  });
  expect([periods, ratio]).toEqual([3, 0.8]);
  expect(methods[1]!.cost.value).toBeCloseTo((4 * 2 + 2 + 4 * 3) / 3, 12);
  expect(methods[1]!.fillRate).toBeCloseTo((3 + 1 + 3) / 12, 12);
  expect(methods[1]!.held).toBeCloseTo(2 / 3, 12);
  // The rule without a forecast: at 0.8 of 2, 4 and 3 the third, 4; of 2, 4, 3 and 5 the fourth, 5; of five the fourth, 4.
  // 5 are asked for of 4, 1 of 5, 6 of 4.
  expect(methods[0]!.method).toBe('sums that were');
  expect(methods[0]!.cost.value).toBeCloseTo((4 + 4 + 4 * 2) / 3, 12);
  expect(methods[1]!.difference.value).toBeCloseTo((22 - 16) / 3, 12);
});

test('with a lead time the periods until delivery are covered together', async () => {
  // Poisson of 4, two periods: P(D <= 5) = .785, P(D <= 6) = .889, so 6 at 0.8. Ordered up to 6 before 5, 1 and 6 are asked for:
  // 6 come for the second, of which 5 are left; ordered then 5 (6 - 0 - 0 at first; then 6 - 0 - 6).
  const { methods } = await forecastCosts(sales, {
    methods: [about(2)],
    periods: 3,
    leadTime: 1,
    holding: 1,
    penalty: 4,
  });
  // Period 1: stock 0, order 6. Period 2: stock 6, order 0, asked 1, left 5. Period 3 counts: stock 5, order 1, asked 6, 1 short.
  expect(methods[1]!.cost.value).toBeCloseTo(4, 12);
});

test('unmet demand may wait, and an order may have a limit', async () => {
  const given = { methods: [about(2)], periods: 3, holding: 1, penalty: 4 } as const;
  // 3 in stock for 5: 2 wait. 5 ordered for them and 3 more: left 2. Then 1 ordered: 3 for 6.
  const waiting = await forecastCosts(sales, { ...given, unmet: 'backordered' });
  expect(waiting.methods[1]!.cost.value).toBeCloseTo((2 + 4 * 3) / 2, 12);
  // One piece each period: 5, 1 and 6 are asked for.
  const limited = await forecastCosts(sales, { ...given, maxOrder: 1 });
  expect(limited.methods[1]!.cost.value).toBeCloseTo((0 + 4 * 5) / 2, 12);
});

test('products that come later are not played', async () => {
  const two = createPeriodSales({ tea: [2, 4, 3, 5, 1, 6], late: [Number.NaN, Number.NaN, Number.NaN, 5, 1, 6] });
  expect((await forecastCosts(two, { methods: [about(2)], periods: 4, holding: 1, penalty: 4 })).products).toBe(1);
});

test('quantiles of sums', () => {
  const series = Float64Array.of(1, 2, 3, 4);
  // Sums of two: 3, 5, 7.
  expect([0.1, 0.34, 0.67, 1].map((probability) => quantileOfSums(series, 2, probability))).toEqual([3, 5, 7, 7]);
  expect(quantileOfSums(Float64Array.of(2), 3, 0.5)).toBe(6);
  expect(quantileOfSums(new Float64Array(0), 3, 0.5)).toBe(0);
});

describe('forecastCosts refuses', () => {
  const run = (options: object) =>
    forecastCosts(sales, { methods: [about(2)], periods: 3, holding: 1, penalty: 4, ...options });

  test.each([
    ['`holding` must be a positive number', { holding: 0 }],
    ['`penalty` must be a positive number', { penalty: 0 }],
    ['`periods` must be more than the 3 that do not count', { leadTime: 2 }],
    ['`sales.periods` must be at least 7', { periods: 6 }],
    ['`methods` must not be empty', { methods: [] }],
    ['`methods[0]` must be a method', { methods: ['tsb'] }],
    ['`leadTime` must be a whole number', { leadTime: -1 }],
  ])('%s', async (message, options) => {
    await expect(run(options)).rejects.toThrow(`forecastCosts: ${message}`);
  });
});
