import type { ForecastMethod } from '../forecast-method.js';
import { learningMethod } from '../learned/learned-method.js';
import { networksMethod, networksName } from '../learned/learned-networks.js';
import { learnNetworks } from './learn-networks.js';
import { type NetworkForecastOptions, networkOptions } from './network-options.js';

/**
 * One network for all products: an MLP over what a product sold lately, how the shop as a whole did, the calendar and what is known ahead,
 * beside embeddings of the product, its groups and the step ahead.
 *
 *     output = MLP([lags and means over the level, calendar, numbers known ahead, embeddings]);  mean = level * exp(output 0)
 *
 * A row is a product, an origin and a step ahead. Nothing of an origin or behind it is looked at but the calendar and what is `known`; the
 * day of the year only where the sales cover two years. How many passes are worth it is measured on the last `horizon` periods, by networks
 * that learned from those before; then networks learn from all. With `'negativeBinomial'` each row has a variance of its own, mean + excess
 * mean^2; with `'quantiles'` those of single periods are learned, which cannot cross, and sums of periods are by mean and variance. Sums of
 * periods vary by how errors went together in the periods that were held out.
 *
 * It was not ahead of exponential smoothing at the mean where nothing is known ahead, and its distribution was better than that of
 * {@link boostedForecast} on one set of data and worse on another (`bench/forecast`): begin with these.
 *
 * The gradients of both likelihoods are written out for the wasm backend (`useBackend('wasm')`); others work, many times slower.
 *
 * @returns The method. It takes seconds to minutes, unless it learned before ({@link learnForecastMethod}); sales of fewer than horizon * (origins + 1) + 8 periods, or of too few rows, are refused.
 * @throws RangeError when an option is wrong.
 * @see Salinas, Flunkert, Gasthaus and Januschowski, "DeepAR: Probabilistic Forecasting with Autoregressive Recurrent Networks" (2020), for
 *   the likelihood; Wen, Torkkola, Narayanaswamy and Madeka, "A Multi-Horizon Quantile Recurrent Forecaster" (2017), for quantiles
 * @example
 * const series = Object.fromEntries(Array.from({ length: 20 }, (_, p) => [`p${p}`, Array.from({ length: 40 }, (_, t) => (t * (p + 3)) % 5)]));
 * const sales = createPeriodSales(series);
 * const method = networkForecast({ networks: 1, epochs: 3, hidden: [8] });
 * const forecast = await forecastSales(sales, { method, horizon: 2 });
 * forecast.mean('p1').every((mean) => mean > 0 && mean < 5); // true
 */
export function networkForecast(options: NetworkForecastOptions = {}): ForecastMethod {
  const full = networkOptions(options);
  return learningMethod(networksName(full.head), async (sales, work) =>
    networksMethod(await learnNetworks(sales, work, full)),
  );
}
