import { createPeriodSales, type EtsModel, etsForecast, forecastSales } from 'minimart';
import { describe, expect, test } from 'vitest';

const tea = [
  12, 9, 11, 14, 19, 27, 8, 13, 10, 12, 13, 22, 29, 7, 15, 11, 12, 17, 20, 31, 10, 14, 12, 16, 16, 25, 30, 9, 17, 12,
  15, 19, 23, 34, 11, 16,
];
const rising = [5, 6, 4, 8, 7, 9, 10, 8, 12, 11, 11, 14, 12, 13, 16, 15, 15, 14, 18, 17];

const ahead = (series: readonly number[], horizon: number, model: EtsModel, season?: number) =>
  etsForecast({ models: [model], ...(season && { season }) }).forecast(createPeriodSales({ product: series }), {
    horizon,
    pause: async () => {},
  });

// statsmodels 0.15.0, ETSModel with additive errors and estimated first states: the sum of squared errors, the mean, and how the
// variance grows over that of one period ahead. Its damped trends end up to 0.1% above the least squares.
const peers: readonly [string, readonly number[], EtsModel, number | undefined, number[], number[], number][] = [
  ['a level', rising, 'ANN', undefined, [16.861, 16.861, 16.861], [1, 1.3883, 1.7766], 0.001],
  ['a trend', rising, 'AAN', undefined, [18.126, 18.781, 19.436], [1, 1, 1], 0.001],
  ['a damped trend', rising, 'AAdN', undefined, [17.569, 18.072, 18.565], [1, 1, 1], 0.01],
  ['a season', tea, 'ANA', 7, [13.194, 15.471, 17.949], [1, 1.0836, 1.1671], 0.003],
  ['a season and a damped trend', tea, 'AAdA', 7, [13.638, 15.981, 18.526], [1, 1, 1], 0.02],
];

describe('agrees with statsmodels on', () => {
  test.each(peers)('%s', async (_, series, model, season, means, growth, tolerance) => {
    const found = await ahead(series, 3, model, season);
    for (const [step, expected] of means.entries()) {
      expect(Math.abs(found.means[step]! - expected), `mean ${step}`).toBeLessThan(tolerance);
      expect(found.variances[step]! / found.variances[0]!).toBeCloseTo(growth[step]!, 2);
    }
  });

  test('the variance of one period ahead', async () => {
    // Sum of squares 72.2634 over 20 - 2 degrees of freedom: smoothing and first level.
    expect((await ahead(rising, 1, 'ANN')).variances[0]).toBeCloseTo(72.2634 / 18, 4);
    // 57.4052 over 36 - 9: two smoothings, a level and six parts of the season.
    expect((await ahead(tea, 1, 'ANA', 7)).variances[0]).toBeCloseTo(57.4052 / 27, 3);
  });
});

test('chooses by the corrected criterion of Akaike', async () => {
  const named = async (series: readonly number[], models: readonly EtsModel[], season?: number) => {
    const method = etsForecast({ models, ...(season && { season }) });
    return (await forecastSales(createPeriodSales({ product: series }), { method, horizon: 2 })).mean('product');
  };
  const only = (series: readonly number[], model: EtsModel, season?: number) => named(series, [model], season);
  // n log(SSE / n) + 2 k + 2 k (k + 1) / (n - k - 1), variance counted: 31.87 of a level (SSE 72.26, k 3), 23.85 of a damped trend (27.52, 6).
  expect(await named(rising, ['ANN', 'AAdN'])).toEqual(await only(rising, 'AAdN'));
  // 146.13 and 45.60.
  expect(await named(tea, ['ANN', 'ANA'], 7)).toEqual(await only(tea, 'ANA', 7));
  // Of what never moves, the model with fewer numbers.
  expect(await named([3, 4, 3, 4, 4, 3, 3, 4, 3, 4], ['ANN', 'AAdN'])).toEqual(
    await only([3, 4, 3, 4, 4, 3, 3, 4, 3, 4], 'ANN'),
  );
});

test('the total of a trend has the variance of sums', async () => {
  // By errors one by one: that of period i moves all behind it by a + b (d + d^2 + ...).
  const { variances, totals } = await ahead([2, 9, 4, 11, 6, 13, 25, 15, 10, 17, 31, 19], 4, 'AAdN');
  const moves = [1, 2, 3].map((step) => Math.sqrt((variances[step]! - variances[step - 1]!) / variances[0]!));
  const reach = [1, 1 + moves[0]!, 1 + moves[0]! + moves[1]!, 1 + moves[0]! + moves[1]! + moves[2]!];
  let sum = 0;
  for (const [step, each] of reach.entries()) {
    sum += each ** 2 * variances[0]!;
    expect(totals[step]! / sum).toBeCloseTo(1, 6);
  }
});

test('what is too short for a model is left to simpler ones, then to the mean, and named', async () => {
  const sales = createPeriodSales({ short: [Number.NaN, Number.NaN, Number.NaN, 2, 4, 0], long: [1, 2, 1, 2, 1, 2] });
  const forecast = await forecastSales(sales, { method: etsForecast({ season: 4 }), horizon: 5 });
  expect(forecast.mean('short')).toEqual([2, 2, 2, 2, 2]);
  expect(forecast.doubtful).toEqual(['short']);
});

test.each([
  [[0, 0, 0, 0, 0, 0, 0, 0]],
  [[0, 0, 0, 7, 0, 0, 0, 0]],
  [[5, 5, 5, 5, 5, 5, 5, 5]],
  [[9, 8, 7, 6, 5, 4, 3, 2, 1, 0]],
])('has an answer to %j', async (series) => {
  const method = etsForecast({ season: 3, models: ['ANN', 'AAN', 'AAdN', 'ANA', 'AAA', 'AAdA'] });
  const found = await method.forecast(createPeriodSales({ product: series }), { horizon: 30, pause: async () => {} });
  for (const numbers of [found.means, found.variances, found.totals]) {
    expect(numbers.every((value) => Number.isFinite(value) && value >= 0)).toBe(true);
  }
  if (new Set(series).size === 1) expect(Math.abs(found.means[0]! - series[0]!)).toBeLessThan(1e-6);
});

test.each([
  ['`season` must be a whole number from 2 to 60', () => etsForecast({ season: 1 })],
  ["`season` must be given with 'ANA'", () => etsForecast({ models: ['ANA'] })],
  ['`models` must not be empty', () => etsForecast({ models: [] })],
  ["`models` must be one of 'ANN'", () => etsForecast({ models: ['MNM' as 'ANN'] })],
])('etsForecast: %s', (message, make) => {
  expect(make).toThrow(`etsForecast: ${message}`);
});
