import { requireOptions } from '../../internal/options.js';
import { requireShare } from '../../internal/require.js';
import { eachSeries, type ForecastMethod, type SeriesForecast } from '../forecast-method.js';
import { fitSmoothing, levelVariances, meanSquare, smooth } from './smoothing.js';

/** Options of {@link sesForecast}. */
export interface SesForecastOptions {
  /** What share of an error goes into the level, in (0, 1]. Default: for each product that of least squared errors, in [0.01, 0.99]. */
  readonly smoothing?: number;
}

/**
 * Simple exponential smoothing: a level that follows sales, the old ones counting less and less.
 *
 *     level = level + smoothing (sales - level),  from the first period on
 *
 * On products that seldom sell, 0.1 was better than a smoothing fitted to each (`bench/forecast`): two dozen sales do not tell it.
 *
 * @returns The method.
 * @throws RangeError when `smoothing` is out of range.
 * @see Brown, "Statistical Forecasting for Inventory Control" (1959)
 * @example
 * const sales = createPeriodSales({ tea: [4, 2, 6] });
 * (await forecastSales(sales, { method: sesForecast({ smoothing: 0.5 }), horizon: 2 })).mean('tea'); // [4.5, 4.5]
 */
export function sesForecast(options: SesForecastOptions = {}): ForecastMethod {
  requireOptions('sesForecast', options, { smoothing: true });
  const { smoothing } = options;
  if (smoothing !== undefined) requireShare('sesForecast', 'smoothing', smoothing);
  return eachSeries(smoothing === undefined ? 'SES' : `SES (${smoothing})`, (series, horizon) =>
    smoothedLevel(series, horizon, smoothing ?? fitSmoothing(series)),
  );
}

function smoothedLevel(series: Float64Array, horizon: number, alpha: number): SeriesForecast {
  const { level, squares } = smooth(series, alpha);
  const square = meanSquare(squares, series.length - 1, level);
  return { means: new Float64Array(horizon).fill(level), ...levelVariances(square, alpha, horizon) };
}
