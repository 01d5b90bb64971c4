import {
  adidaForecast,
  backtest,
  boostedForecast,
  conformalForecast,
  createPeriodSales,
  createRng,
  decodeForecastMethod,
  encodeForecastMethod,
  etsForecast,
  forecastCosts,
  forecastSales,
  imapaForecast,
  learnForecastMethod,
  meanForecast,
  networkForecast,
  reconciledForecast,
  salesByPeriod,
  sesForecast,
  topDownForecast,
  tsbForecast,
} from 'minimart';
import { type EventLoopRows, often } from './event-loop-rows.js';
import { orderLines } from './order-lines.js';

/** Sales of so many products, most of them seldom. */
export function madeSales(products: number, periods: number) {
  const rng = createRng(9);
  const own = () => Array.from({ length: periods }, () => Math.max(0, Math.round(3 * rng.normal())));
  return createPeriodSales(Object.fromEntries(Array.from({ length: products }, (_, place) => [`P${place}`, own()])));
}

/** Every asynchronous function of forecast, and the methods that do most. */
export function forecastRows(): EventLoopRows {
  const [wide, long, orders] = [madeSales(3000, 60), madeSales(1, 5000), orderLines(300_000, 3000, 400)];
  // As many lengths of buckets as periods from one sale to the next.
  const seldom = createPeriodSales({
    part: Array.from({ length: 20_000 }, (_, period) => (period % 500 === 0 ? 3 : 0)),
  });
  const learning = { method: networkForecast({ networks: 1, epochs: 1, rows: 2000, embeddingSize: 16 }), horizon: 4 };
  const learned = learnForecastMethod(wide, learning);
  const bytes = learned.then(encodeForecastMethod);
  return {
    learnForecastMethod: (signal) =>
      learnForecastMethod(madeSales(100, 60), {
        method: boostedForecast({ rounds: 10, rows: 10_000 }),
        horizon: 4,
        signal,
      }),
    'forecastSales, learned': async (signal) => forecastSales(wide, { method: await learned, horizon: 4, signal }),
    encodeForecastMethod: async () => often(6, async () => encodeForecastMethod(await learned)),
    decodeForecastMethod: async () => often(6, async () => decodeForecastMethod(await bytes)),
    salesByPeriod: (signal) => salesByPeriod(orders, { product: 'product', time: 'time', pieces: 'pieces', signal }),
    forecastSales: (signal) => forecastSales(wide, { method: sesForecast(), horizon: 4, signal }),
    'forecastSales, ADIDA': (signal) => forecastSales(wide, { method: adidaForecast(), horizon: 4, signal }),
    'forecastSales, iMAPA of a long series': (signal) =>
      forecastSales(seldom, { method: imapaForecast(), horizon: 4, signal }),
    'forecastSales, ETS of a long series': (signal) =>
      forecastSales(long, { method: etsForecast({ season: 24, models: ['ANA'] }), horizon: 4, signal }),
    'forecastSales, conformal': (signal) =>
      forecastSales(wide, { method: conformalForecast(meanForecast(), { origins: 20 }), horizon: 4, signal }),
    'forecastSales, boosted trees': (signal) =>
      forecastSales(madeSales(100, 60), { method: boostedForecast({ rounds: 10, rows: 10_000 }), horizon: 4, signal }),
    'forecastSales, a network': (signal) =>
      forecastSales(madeSales(100, 60), {
        method: networkForecast({ networks: 1, epochs: 1, rows: 10_000 }),
        horizon: 4,
        signal,
      }),
    'forecastSales, a network of many products': (signal) =>
      forecastSales(wide, {
        method: networkForecast({ networks: 1, epochs: 1, rows: 20_000, hidden: [8] }),
        horizon: 4,
        signal,
      }),
    'forecastSales, reconciled': (signal) =>
      forecastSales(wide, { method: reconciledForecast(topDownForecast(sesForecast())), horizon: 4, signal }),
    forecastCosts: (signal) =>
      forecastCosts(wide, { methods: [tsbForecast()], periods: 4, holding: 1, penalty: 4, signal }),
    backtest: (signal) => backtest(wide, { methods: [tsbForecast(), meanForecast()], horizon: 4, origins: 4, signal }),
  };
}
