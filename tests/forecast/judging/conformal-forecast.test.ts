import {
  backtest,
  conformalForecast,
  createPeriodSales,
  createRng,
  forecastSales,
  meanForecast,
  naiveForecast,
  seriesForecast,
} from 'minimart';
import { expect, test } from 'vitest';

// Always 10, with a standard deviation of 2.
const ten = seriesForecast((_, horizon) => ({ means: Array(horizon).fill(10), variances: Array(horizon).fill(4) }), {
  name: 'ten',
});

test('quantiles are places among the errors that were', async () => {
  // Errors of one period ahead from the last seven origins: -3, -2 ... 3, over 2.
  const sales = createPeriodSales({ tea: [10, 10, 7, 8, 9, 10, 11, 12, 13] });
  const forecast = await forecastSales(sales, { method: conformalForecast(ten, { origins: 7 }), horizon: 1 });
  const at = (probability: number) => forecast.quantile('tea', probability)[0];
  // ceil(8 p): places 1 to 7.
  expect([0.125, 0.13, 0.25, 0.5, 0.75, 0.875].map(at)).toEqual([7, 8, 8, 10, 12, 13]);
  expect(() => at(0.9)).toThrow('`probability` must be at most 0.875, of 7 errors');
  expect(forecast.mean('tea')).toEqual([10]);
  expect(forecast.method).toBe('ten, conformal');
});

test('periods together have errors of their own', async () => {
  // Each period is 10 and 3 up or down, in turn: two together are never off.
  const sales = createPeriodSales({ tea: [10, 10, 7, 13, 7, 13, 7, 13, 7] });
  const forecast = await forecastSales(sales, { method: conformalForecast(ten, { origins: 5 }), horizon: 2 });
  const demand = forecast.demand('tea', { periods: 2 });
  expect([demand.mean, demand.deviation]).toEqual([20, 0]);
  expect(forecast.demand('tea', { periods: 2, together: false }).deviation).toBeGreaterThan(2);
});

test('errors are pooled over products, each by its own size', async () => {
  const sales = createPeriodSales({ small: [1, 1, 1, 2, 1], large: [100, 100, 100, 100, 90] });
  const scaled = seriesForecast(
    (series, horizon) => {
      const mean = series[0]!;
      return { means: Array(horizon).fill(mean), variances: Array(horizon).fill(mean ** 2) };
    },
    { name: 'first' },
  );
  const forecast = await forecastSales(sales, { method: conformalForecast(scaled, { origins: 2 }), horizon: 1 });
  // Errors over deviations: 1 and 0 of small, 0 and -0.1 of large. In order -0.1, 0, 0, 1.
  expect([0.2, 0.4, 0.6, 0.8].map((probability) => forecast.quantile('large', probability)[0])).toEqual([
    90, 100, 100, 200,
  ]);
});

test('covers what it says where sales go on as they were', async () => {
  // Exponential sales, skewed as the normal distribution of the same moments is not: 300 products, seeded.
  const rng = createRng(3);
  const series = Object.fromEntries(
    Array.from({ length: 300 }, (_, product) => [
      `p${product}`,
      Array.from({ length: 40 }, () => -20 * Math.log1p(-rng.uniform())),
    ]),
  );
  const sales = createPeriodSales(series);
  const levels = [0.1, 0.9];
  const methods = [meanForecast(), conformalForecast(meanForecast(), { origins: 8 })];
  const { methods: scores } = await backtest(sales, { methods, horizon: 2, levels });
  const [, plain, conformal] = scores.map(({ coverage }) => coverage.value);
  expect(conformal).toBeGreaterThan(0.76);
  expect(conformal).toBeLessThan(0.84);
  expect(Math.abs(conformal! - 0.8)).toBeLessThan(Math.abs(plain! - 0.8));
});

test('what never sold stays at 0, and refuses what cannot be', async () => {
  const sales = createPeriodSales({ dead: [0, 0, 0, 0], tea: [1, 2, 1, 2] });
  const forecast = await forecastSales(sales, {
    method: conformalForecast(meanForecast(), { origins: 2 }),
    horizon: 1,
  });
  expect(forecast.quantile('dead', 0.6)).toEqual([0]);
  const long = conformalForecast(naiveForecast(), { origins: 9 });
  await expect(forecastSales(sales, { method: long, horizon: 1 })).rejects.toThrow(
    '`sales.periods` must be at least 11',
  );
  const none = conformalForecast(naiveForecast(), { origins: 1 });
  await expect(forecastSales(createPeriodSales({ dead: [0, 0, 0, 0] }), { method: none, horizon: 1 })).rejects.toThrow(
    '`sales` must have a product with a forecast to be off from',
  );
  expect(() => conformalForecast(naiveForecast(), { origins: 0 })).toThrow('`origins` must be a positive integer');
  expect(() => conformalForecast('naive' as never)).toThrow('`method` must be a method');
});
