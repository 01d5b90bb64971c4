import { requireOptions } from '../../internal/options.js';
import { requireWholeNumber } from '../../internal/require.js';
import { eachSeries, type ForecastMethod } from '../forecast-method.js';
import { aboutMean } from './naive-forecast.js';

/**
 * Says that each period will be as the mean of all periods, or of the last few.
 *
 * @returns The method. A product with fewer periods than the window is forecast by the mean of those it has, and is `doubtful`.
 * @throws RangeError when `window` is no whole number from 1 on.
 * @see Hyndman and Athanasopoulos, "Forecasting: Principles and Practice" (2021)
 * @example
 * const sales = createPeriodSales({ tea: [3, 0, 2, 4, 0, 0] });
 * (await forecastSales(sales, { method: meanForecast({ window: 3 }), horizon: 1 })).mean('tea')[0]!.toFixed(3); // '1.333'
 */
export function meanForecast(
  options: {
    /** The last so many periods are taken. Default: all. */
    readonly window?: number;
  } = {},
): ForecastMethod {
  requireOptions('meanForecast', options, { window: true });
  const { window } = options;
  if (window === undefined) return eachSeries('mean', aboutMean);
  requireWholeNumber('meanForecast', 'window', window, 1);
  return eachSeries(`mean of ${window}`, (series, horizon) => ({
    ...aboutMean(series.subarray(Math.max(0, series.length - window)), horizon),
    isTooShort: series.length < window,
  }));
}
