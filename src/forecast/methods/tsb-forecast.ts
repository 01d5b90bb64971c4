import { requireOptions } from '../../internal/options.js';
import { requireShare } from '../../internal/require.js';
import { eachSeries, type ForecastMethod, type SeriesForecast } from '../forecast-method.js';
import { levelVariances, meanSquare } from './smoothing.js';

/** Options of {@link tsbForecast}. */
export interface TsbForecastOptions {
  /** What share of an error goes into the size of a sale, in (0, 1]. Default 0.1. */
  readonly sizeSmoothing?: number;
  /** What share of an error goes into the probability of a sale, in (0, 1]. Default 0.1. */
  readonly chanceSmoothing?: number;
}

/**
 * The method of Teunter, Syntetos and Babai for what seldom sells: the probability of a sale is smoothed in every period, the size of a
 * sale at sales only.
 *
 *     mean per period = probability * size
 *
 * It falls while nothing is sold, so it is right for products that die. The probability begins with what the first period was, 0 or 1, the
 * size with the first sale.
 *
 * @returns The method. A product without a sale gets 0.
 * @throws RangeError when an option is out of range.
 * @see Teunter, Syntetos and Babai, "Intermittent Demand: Linking Forecasting to Inventory Obsolescence" (2011)
 * @example
 * const sales = createPeriodSales({ tea: [4, 0, 2] }); // probability 1, 0.9, 0.91; size 4, then 3.8
 * (await forecastSales(sales, { method: tsbForecast(), horizon: 1 })).mean('tea')[0]!.toFixed(3); // '3.458'
 */
export function tsbForecast(options: TsbForecastOptions = {}): ForecastMethod {
  requireOptions('tsbForecast', options, { sizeSmoothing: true, chanceSmoothing: true });
  const { sizeSmoothing = 0.1, chanceSmoothing = 0.1 } = options;
  requireShare('tsbForecast', 'sizeSmoothing', sizeSmoothing);
  requireShare('tsbForecast', 'chanceSmoothing', chanceSmoothing);
  return eachSeries('TSB', (series, horizon) => byChanceAndSize(series, horizon, sizeSmoothing, chanceSmoothing));
}

function byChanceAndSize(series: Float64Array, horizon: number, ofSize: number, ofChance: number): SeriesForecast {
  let chance = series[0]! > 0 ? 1 : 0;
  let [size, squares, count] = [series[0]!, 0, 0];
  for (let at = 1; at < series.length; at += 1) {
    const value = series[at]!;
    if (size > 0) {
      squares += (value - chance * size) ** 2;
      count += 1;
    }
    chance += ofChance * ((value > 0 ? 1 : 0) - chance);
    if (value > 0) size = size === 0 ? value : size + ofSize * (value - size);
  }
  const level = chance * size;
  return {
    means: new Float64Array(horizon).fill(level),
    ...levelVariances(meanSquare(squares, count, level), ofChance, horizon),
  };
}
