import { requireGivenOptions } from '../../internal/options.js';
import { requireWholeNumber } from '../../internal/require.js';
import { mean } from '../../statistics/moments.js';
import { eachSeries, type ForecastMethod, type SeriesForecast } from '../forecast-method.js';
import { meanSquare } from './smoothing.js';

/**
 * Says that nothing will be sold: what every other method must be better than, and on products that seldom sell few are.
 *
 * @returns The method; its variance is the mean square of the sales.
 * @example
 * const sales = createPeriodSales({ tea: [3, 0, 2] });
 * (await forecastSales(sales, { method: zeroForecast(), horizon: 2 })).mean('tea'); // [0, 0]
 */
export function zeroForecast(): ForecastMethod {
  return eachSeries('zero', (series, horizon) => {
    const square = mean(series.map((value) => value ** 2));
    return { means: new Float64Array(horizon), variances: new Float64Array(horizon).fill(square) };
  });
}

/**
 * Says that each period will be as the last one.
 *
 * @returns The method; variances grow with the horizon, as of a random walk.
 * @see Hyndman and Athanasopoulos, "Forecasting: Principles and Practice" (2021)
 * @example
 * const sales = createPeriodSales({ tea: [3, 0, 2] });
 * (await forecastSales(sales, { method: naiveForecast(), horizon: 2 })).mean('tea'); // [2, 2]
 */
export function naiveForecast(): ForecastMethod {
  return eachSeries('naive', (series, horizon) => lastSeason(series, horizon, 1));
}

/**
 * Says that each period will be as the one a season before.
 *
 * @returns The method. A product with less than a season of history is forecast by its mean, and `doubtful`.
 * @throws RangeError when `season` is out of range.
 * @see Hyndman and Athanasopoulos, "Forecasting: Principles and Practice" (2021)
 * @example
 * const sales = createPeriodSales({ tea: [3, 0, 2, 4, 1, 2] }, { period: 'day' });
 * (await forecastSales(sales, { method: seasonalNaiveForecast({ season: 3 }), horizon: 4 })).mean('tea'); // [4, 1, 2, 4]
 */
export function seasonalNaiveForecast(options: {
  /** Periods of a season, from 2 to 366: 7 of days, 12 of months. */
  readonly season: number;
}): ForecastMethod {
  requireGivenOptions('seasonalNaiveForecast', options, { season: true });
  const { season } = options;
  requireWholeNumber('seasonalNaiveForecast', 'season', season, 2, 366);
  return eachSeries(`seasonal naive (${season})`, (series, horizon) => {
    if (series.length >= season) return lastSeason(series, horizon, season);
    return { ...aboutMean(series, horizon), isTooShort: true };
  });
}

function lastSeason(series: Float64Array, horizon: number, season: number): SeriesForecast {
  let squares = 0;
  for (let at = season; at < series.length; at += 1) squares += (series[at]! - series[at - season]!) ** 2;
  const last = series.subarray(series.length - season);
  const square = meanSquare(squares, series.length - season, mean(last));
  let total = 0;
  const seasonsAhead = (step: number) => Math.floor(step / season) + 1;
  return {
    means: Array.from({ length: horizon }, (_, step) => last[step % season]!),
    variances: Array.from({ length: horizon }, (_, step) => square * seasonsAhead(step)),
    // What a walk gains in one season stays in all that follow: together they gain 1, 1 + 4, 1 + 4 + 9 ... squares.
    totals: Array.from({ length: horizon }, (_, step) => {
      total += square * seasonsAhead(step) ** 2;
      return total;
    }),
  };
}

/** The mean of a series as a forecast, with the variance of what it was taken from. */
export function aboutMean(series: Float64Array, horizon: number): SeriesForecast {
  const level = mean(series);
  const squares = series.reduce((sum, value) => sum + (value - level) ** 2, 0);
  const square = meanSquare(squares, series.length - 1, level);
  // The error of the mean is the same in all periods.
  const ofMean = square / series.length;
  return {
    means: new Float64Array(horizon).fill(level),
    variances: new Float64Array(horizon).fill(square + ofMean),
    totals: Array.from({ length: horizon }, (_, step) => (step + 1) * square + (step + 1) ** 2 * ofMean),
  };
}
