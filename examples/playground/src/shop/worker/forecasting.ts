import {
  backtest,
  etsForecast,
  type ForecastMethod,
  forecastSales,
  meanForecast,
  naiveForecast,
  salesByPeriod,
  tsbForecast,
} from 'minimart';
import type { Call } from '../../link/serve.js';
import type { Bar, ProductForecast, ShopServices } from '../services.js';
import type { Shop } from './shop.js';

const horizon = 8;
const week = 7 * 86_400_000;
/** Products that methods are compared on: those that sell most, so that it is done in seconds. */
const compared = 40;

const methods: Readonly<Record<string, () => ForecastMethod>> = {
  ets: etsForecast,
  tsb: tsbForecast,
  mean: meanForecast,
  naive: naiveForecast,
};

/** What a product sold each week, and what is expected. */
export async function forecastProduct(
  shop: Shop,
  { product, method }: ShopServices['forecast']['ask'],
): Promise<ProductForecast> {
  const sales = await weeksOf(shop, [product]);
  const series = sales.series(product);
  const forecast = await forecastSales(sales, { method: (methods[method] ?? etsForecast)(), horizon });
  const [low, high] = [forecast.quantile(product, 0.1), forecast.quantile(product, 0.9)];
  // A product's series ends with the last week, and begins with its first sale.
  const end = sales.start + sales.periods * week;
  return {
    sold: series.map((pieces, place) => ({ week: new Date(end - (series.length - place) * week), pieces })),
    expected: forecast
      .mean(product)
      .map((mean, place) => ({ week: new Date(end + place * week), mean, low: low[place]!, high: high[place]! })),
  };
}

/** How far methods were off on past weeks, in units of the naive rule's error within what it learnt from. */
export async function judgeForecast(
  shop: Shop,
  products: readonly string[],
  { tell }: Pick<Call<{ readonly note: string }>, 'tell'>,
) {
  const sales = await weeksOf(shop, products.slice(0, compared));
  const report = await backtest(sales, {
    methods: Object.values(methods).map((make) => make()),
    horizon: 4,
    origins: 4,
    onProgress: () => tell({ note: 'Trying methods on past weeks …' }),
  });
  const bars = report.methods.map(({ method, mase: { value, interval } }): Bar => {
    const [low, high] = interval;
    return { name: method, part: 'mase', value, low, high };
  });
  return { products: report.products, bars };
}

function weeksOf({ orders }: Shop, products: readonly string[]) {
  return salesByPeriod(orders.table, { product: 'product', time: 'time', pieces: 'quantity', products });
}
