import { requireOptions } from '../../internal/options.js';
import { requireShare } from '../../internal/require.js';
import { eachSeries, type ForecastMethod, type SeriesForecast } from '../forecast-method.js';
import { levelVariances, meanSquare } from './smoothing.js';

/** Options of {@link crostonForecast} and {@link sbaForecast}. */
export interface CrostonForecastOptions {
  /** What share of an error goes into the size of a sale and into the gap between two, in (0, 1]. Default 0.1. */
  readonly smoothing?: number;
}

/**
 * Croston's method for what seldom sells: the size of a sale and the gap between two are smoothed apart, at sales only.
 *
 *     mean per period = size / gap
 *
 * It says too much by a factor of about 1 / (1 - smoothing / 2), which {@link sbaForecast} takes off, and nothing of a product that
 * no longer sells, since without a sale nothing moves: {@link tsbForecast} does. Sizes and gaps begin with the first sale;
 * of a product that counts from there ({@link salesByPeriod}) the first gap is 1, and few sales later the forecast is still far too high.
 *
 * @returns The method. A product without a sale gets 0.
 * @throws RangeError when `smoothing` is out of range.
 * @see Croston, "Forecasting and Stock Control for Intermittent Demands" (1972)
 * @example
 * const sales = createPeriodSales({ tea: [0, 4, 0, 0, 2] }); // size 4, then 4 - 0.2; gap 2, then 2 + 0.1
 * (await forecastSales(sales, { method: crostonForecast(), horizon: 1 })).mean('tea')[0]!.toFixed(5); // '1.80952'
 */
export function crostonForecast(options: CrostonForecastOptions = {}): ForecastMethod {
  const alpha = readSmoothing('crostonForecast', options);
  return eachSeries('Croston', (series, horizon) => bySizeAndGap(series, horizon, alpha, 1));
}

/**
 * Forecasts as {@link crostonForecast} does, without most of its bias, by the approximation of Syntetos and Boylan.
 *
 *     mean per period = (1 - smoothing / 2) size / gap
 *
 * @returns The method. A product without a sale gets 0.
 * @throws RangeError when `smoothing` is out of range.
 * @see Syntetos and Boylan, "The Accuracy of Intermittent Demand Estimates" (2005)
 * @example
 * const sales = createPeriodSales({ tea: [0, 4, 0, 0, 2] });
 * (await forecastSales(sales, { method: sbaForecast(), horizon: 1 })).mean('tea')[0]!.toFixed(5); // '1.71905'
 */
export function sbaForecast(options: CrostonForecastOptions = {}): ForecastMethod {
  const alpha = readSmoothing('sbaForecast', options);
  return eachSeries('SBA', (series, horizon) => bySizeAndGap(series, horizon, alpha, 1 - alpha / 2));
}

function readSmoothing(where: string, options: CrostonForecastOptions): number {
  requireOptions(where, options, { smoothing: true });
  const { smoothing = 0.1 } = options;
  requireShare(where, 'smoothing', smoothing);
  return smoothing;
}

function bySizeAndGap(series: Float64Array, horizon: number, alpha: number, factor: number): SeriesForecast {
  let [size, gap, last, squares, count] = [0, 1, -1, 0, 0];
  for (let at = 0; at < series.length; at += 1) {
    const value = series[at]!;
    if (size > 0) {
      squares += (value - (factor * size) / gap) ** 2;
      count += 1;
    }
    if (value === 0) continue;
    [size, gap] = size === 0 ? [value, at + 1] : [size + alpha * (value - size), gap + alpha * (at - last - gap)];
    last = at;
  }
  const level = (factor * size) / gap;
  // The level moves as one that is smoothed, roughly.
  return {
    means: new Float64Array(horizon).fill(level),
    ...levelVariances(meanSquare(squares, count, level), alpha, horizon),
  };
}
