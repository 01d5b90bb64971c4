import { eachSeries, type ForecastMethod } from '../forecast-method.js';
import { fitSmoothing, levelVariances, meanSquare, smooth } from './smoothing.js';

/**
 * The theta method: simple exponential smoothing with a drift of half the slope of the line through the series.
 *
 *     mean of h periods ahead = level + slope / 2 * (h - 1 + (1 - (1 - a)^n) / a),  a the smoothing, n the periods
 *
 * Without seasons. The winner of the M3 competition, and a simple rival to {@link etsForecast}.
 *
 * @returns The method; sales below 0 are 0. A product of fewer than 3 periods gets no drift, and is `doubtful`.
 * @see Hyndman and Billah, "Unmasking the Theta Method" (2003)
 * @example
 * const sales = createPeriodSales({ tea: [2, 4, 6, 8, 10] });
 * const [first, second] = (await forecastSales(sales, { method: thetaForecast(), horizon: 2 })).mean('tea');
 * (second! - first!).toFixed(3); // '1.000'
 */
export function thetaForecast(): ForecastMethod {
  return eachSeries('theta', (series, horizon) => {
    const { length } = series;
    const alpha = fitSmoothing(series);
    const { level, squares } = smooth(series, alpha);
    const isTooShort = length < 3;
    const drift = isTooShort ? 0 : slopeOf(series) / 2;
    const start = (1 - (1 - alpha) ** length) / alpha;
    return {
      means: Array.from({ length: horizon }, (_, step) => level + drift * (step + start)),
      ...levelVariances(meanSquare(squares, length - 1, level), alpha, horizon),
      isTooShort,
    };
  });
}

// Of the line of least squares over places.
function slopeOf(series: Float64Array): number {
  const centre = (series.length - 1) / 2;
  let [together, squares] = [0, 0];
  for (let at = 0; at < series.length; at += 1) {
    together += (at - centre) * series[at]!;
    squares += (at - centre) ** 2;
  }
  return together / squares;
}
