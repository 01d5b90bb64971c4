import { createPeriodSales, type ForecastMethod, forecastSales, meanForecast, seriesForecast } from 'minimart';
import { describe, expect, test } from 'vitest';

const given = (mean: number, variance: number, total = 2 * variance): ForecastMethod =>
  seriesForecast(
    (_, horizon) => ({
      means: Array(horizon).fill(mean),
      variances: Array(horizon).fill(variance),
      totals: Array.from({ length: horizon }, (_, step) => (step === 0 ? variance : total)),
    }),
    { name: 'given' },
  );
const whole = createPeriodSales({ tea: [1, 2, 3] });
const money = createPeriodSales({ tea: [1.5, 2, 3] });
const quantiles = async (method: ForecastMethod, probabilities: readonly number[], sales = whole) => {
  const forecast = await forecastSales(sales, { method, horizon: 1 });
  return probabilities.map((probability) => forecast.quantile('tea', probability)[0]!);
};

describe('quantiles of whole numbers', () => {
  test('are those of Poisson where the variance is not above the mean', async () => {
    // P(D <= 0, 1, 2 ...) of mean 2: .1353, .4060, .6767, .8571, .9473, .9834.
    expect(await quantiles(given(2, 1), [0.13, 0.14, 0.41, 0.85, 0.86, 0.95])).toEqual([0, 1, 2, 3, 4, 5]);
  });

  test('are those of the negative binomial distribution elsewhere', async () => {
    // Mean 3 and variance 12 are geometric: P(D <= k) = 1 - 0.75^(k + 1).
    const probabilities = [0.1, 0.24, 0.26, 0.5, 0.9, 0.999];
    const expected = probabilities.map((probability) => Math.ceil(Math.log(1 - probability) / Math.log(0.75)) - 1);
    expect(await quantiles(given(3, 12), probabilities)).toEqual(expected);
  });

  test('of many pieces are near the normal ones', async () => {
    for (const mean of [15_000, 50_000]) {
      const [low, middle, high] = await quantiles(given(mean, mean), [0.025, 0.5, 0.975]);
      expect(Math.abs(middle! - mean)).toBeLessThan(2);
      expect(Math.abs(high! - mean - 1.96 * Math.sqrt(mean))).toBeLessThan(3);
      expect(Math.abs(low! - mean + 1.96 * Math.sqrt(mean))).toBeLessThan(3);
    }
  });

  test('end somewhere, however little is left', async () => {
    expect(await quantiles(given(0.01, 100), [0.5, 1 - 1e-15])).toEqual([0, expect.any(Number)]);
    expect(await quantiles(given(0, 0), [0.5, 0.999])).toEqual([0, 0]);
  });
});

test('quantiles of other numbers are normal, nothing below 0', async () => {
  const [low, middle, high] = await quantiles(given(2, 4), [0.025, 0.5, 0.975], money);
  expect(low).toBe(0);
  expect(middle).toBeCloseTo(2, 12);
  expect(high).toBeCloseTo(2 + 2 * 1.959964, 5);
});

describe('as demand', () => {
  test('it has the moments of the periods together, or of one alone', async () => {
    const forecast = await forecastSales(whole, { method: given(3, 12, 40), horizon: 2 });
    const [together, alone] = [
      forecast.demand('tea', { periods: 2 }),
      forecast.demand('tea', { periods: 2, together: false }),
    ];
    expect(together.mean).toBeCloseTo(6, 8);
    expect(together.deviation ** 2).toBeCloseTo(40, 6);
    expect(alone.mean).toBeCloseTo(3, 8);
    expect(alone.deviation ** 2).toBeCloseTo(12, 6);
    expect(forecast.demand('tea').quantile(0.9)).toBe(forecast.quantile('tea', 0.9)[0]);
  });

  test.each([
    [0, 0],
    [2, 1],
    [0.001, 500],
    [30_000, 9_000_000],
  ])('of mean %d and variance %d it is a distribution', async (mean, variance) => {
    const demand = (await forecastSales(whole, { method: given(mean, variance), horizon: 1 })).demand('tea');
    expect(demand.mean).toBeCloseTo(mean, -1);
    expect(demand.cumulative(demand.quantile(0.99))).toBeGreaterThanOrEqual(0.99 - 1e-9);
  });
});

describe('refuses', () => {
  const method = meanForecast();
  const run = (sales: unknown, options: object) =>
    forecastSales(sales as typeof whole, { method, horizon: 1, ...options });

  test.each([
    ['`sales` must be sales by period', () => run([1, 2, 3], {})],
    ['`method` must be a method, such as tsbForecast()', () => run(whole, { method: 'tsb' })],
    ['`horizon` must be a whole number from 1 to 1000', () => run(whole, { horizon: 0 })],
    ['`means` must be finite and not below 0', () => run(whole, { method: given(Number.NaN, 1) })],
    ['`variances` must be finite and not below 0', () => run(whole, { method: given(1, -1) })],
    ['`sales.sales[1]` must be finite and not below 0', () => run({ ...whole, sales: Float64Array.of(1, -2, 3) }, {})],
  ])('%s', async (message, call) => {
    await expect(call()).rejects.toThrow(`forecastSales: ${message}`);
  });

  test('what is asked of a forecast for no reason', async () => {
    const forecast = await forecastSales(whole, { method, horizon: 2 });
    expect(() => forecast.mean('mug')).toThrow('mean: `product` must be one of the products');
    expect(() => forecast.quantile('tea', 1)).toThrow('quantile: `probability` must be a number in');
    expect(() => forecast.demand('tea', { periods: 3 })).toThrow(
      'demand: `periods` must be a whole number from 1 to 2',
    );
  });
});
