import { type OptionNames, requireGivenOptions } from '../internal/options.js';
import { requireWholeNumber } from '../internal/require.js';
import { pauseFor } from '../internal/signal.js';
import { type Forecast, type ForecastCells, makeForecast } from './forecast.js';
import { type ForecastMethod, requireForecastNumbers, requireMethod } from './forecast-method.js';
import { type PeriodSales, requireSales } from './series/period-sales.js';

/** Options of {@link forecastSales}. */
export interface ForecastSalesOptions {
  /** How to forecast: `tsbForecast()`, `etsForecast()` … */
  readonly method: ForecastMethod;
  /** Periods to forecast, from 1 to 1,000. */
  readonly horizon: number;
  /** Stops the work; it then rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

const names: OptionNames<ForecastSalesOptions> = { method: true, horizon: true, signal: true };

/** Longest horizon. */
export const mostAhead = 1000;

/**
 * Forecasts what follows the sales of some products, by one method for all.
 *
 * Which method is any good here, {@link backtest} tells; and whether any is better than 0. Distributions are negative binomial, Poisson
 * where the variance is not above the mean, and normal of numbers that are not whole; a {@link conformalForecast} has them as its errors
 * were. A forecast assumes that what was sold is what was asked for: days on which a product was sold out make it too low.
 *
 * @param sales - Sales by period.
 * @returns The forecast; `doubtful` names the products that it knows too little of.
 * @throws RangeError when `sales` are none, the horizon is out of range, a method gives what is no forecast, or an option is wrong.
 * @example
 * const sales = createPeriodSales({ tea: [3, 0, 2, 4, 1, 2], mug: [0, 0, 0, 1, 0, 0] });
 * const forecast = await forecastSales(sales, { method: meanForecast(), horizon: 2 });
 * forecast.mean('tea'); // [2, 2]
 * forecast.quantile('tea', 0.9); // [4, 4]
 * forecast.demand('tea', { periods: 2 }).mean.toFixed(3); // '4.000'
 */
export async function forecastSales(sales: PeriodSales, options: ForecastSalesOptions): Promise<Forecast> {
  const where = 'forecastSales';
  requireGivenOptions(where, options, names);
  const { method, horizon, signal } = options;
  const pause = pauseFor(where, signal);
  requireSales(where, sales);
  requireMethod(where, 'method', method);
  requireWholeNumber(where, 'horizon', horizon, 1, mostAhead);
  return learnForecast(where, sales, { method, horizon, pause });
}

/** As {@link forecastSales}, of what was checked. */
export async function learnForecast(
  where: string,
  sales: PeriodSales,
  {
    method,
    ...work
  }: { readonly method: ForecastMethod; readonly horizon: number; readonly pause: () => Promise<void> },
): Promise<Forecast & ForecastCells> {
  const numbers = await method.forecast(sales, work);
  requireForecastNumbers(where, method, numbers, sales.products.size * work.horizon);
  return makeForecast(where, sales, { method: method.name, horizon: work.horizon, numbers });
}
