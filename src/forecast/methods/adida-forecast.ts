import { mean } from '../../statistics/moments.js';
import { eachSeries, type ForecastMethod, type SeriesForecast } from '../forecast-method.js';
import { fitSmoothing, smooth } from './smoothing.js';

/**
 * Aggregates what seldom sells to buckets as long as the mean gap between sales, smooths these and divides again (ADIDA).
 *
 *     mean per period = SES of the buckets' sums / periods of a bucket
 *
 * Buckets end with the last period; a rest at the beginning is left out. The smoothing is that of least squared errors.
 *
 * @returns The method; its variance is that of sales about the forecast.
 * @see Nikolopoulos, Syntetos, Boylan, Petropoulos and Assimakopoulos, "An Aggregate-Disaggregate Intermittent Demand Approach
 *   (ADIDA) to Forecasting" (2011)
 * @example
 * const sales = createPeriodSales({ tea: [0, 2, 0, 2, 0, 2] }); // a sale in every second period: buckets of 2, 2 and 2
 * (await forecastSales(sales, { method: adidaForecast(), horizon: 2 })).mean('tea'); // [1, 1]
 */
export function adidaForecast(): ForecastMethod {
  return eachSeries('ADIDA', (series, horizon) => flat(series, horizon, byBuckets(series, meanGap(series))));
}

/**
 * The mean of {@link adidaForecast} over all buckets from a single period to the mean gap between sales (iMAPA).
 *
 * @returns The method; its variance is that of sales about the forecast.
 * @see Petropoulos and Kourentzes, "Forecast Combinations for Intermittent Demand" (2015)
 * @example
 * const sales = createPeriodSales({ tea: [0, 2, 0, 2, 0, 2] });
 * (await forecastSales(sales, { method: imapaForecast(), horizon: 1 })).mean('tea')[0]! > 0; // true
 */
export function imapaForecast(): ForecastMethod {
  return eachSeries('iMAPA', async (series, horizon, pause) => {
    const forecasts: number[] = [];
    for (let length = 1; length <= meanGap(series); length += 1) {
      forecasts.push(byBuckets(series, length));
      await pause();
    }
    return flat(series, horizon, mean(forecasts));
  });
}

// Periods from one sale to the next, their mean rounded; of a single sale from the beginning, and 1 without any.
function meanGap(series: Float64Array): number {
  const count = series.reduce((sum, value) => sum + (value > 0 ? 1 : 0), 0);
  const [first, last] = [series.findIndex((value) => value > 0), series.findLastIndex((value) => value > 0)];
  if (count < 2) return last + 1 || 1;
  return Math.max(1, Math.round((last - first) / (count - 1)));
}

function byBuckets(series: Float64Array, length: number): number {
  const buckets = Math.floor(series.length / length);
  const first = series.length - buckets * length;
  const sums = new Float64Array(buckets);
  for (let at = first; at < series.length; at += 1) sums[Math.floor((at - first) / length)]! += series[at]!;
  return smooth(sums, fitSmoothing(sums)).level / length;
}

function flat(series: Float64Array, horizon: number, level: number): SeriesForecast {
  const square = mean(series.map((value) => (value - level) ** 2));
  return {
    means: new Float64Array(horizon).fill(level),
    variances: new Float64Array(horizon).fill(Math.max(square, series.length > 1 ? 0 : level)),
  };
}
