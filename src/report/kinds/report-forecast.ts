import type { Id } from '../../data/vocabulary.js';
import type { Forecast } from '../../forecast/forecast.js';
import type { Backtest } from '../../forecast/judging/backtest-report.js';
import type { PeriodSales } from '../../forecast/series/period-sales.js';
import { requireOptions } from '../../internal/options.js';
import { refuse, requireBetween } from '../../internal/require.js';
import { barChart } from '../charts/bar-chart.js';
import { type LineChart, lineChart } from '../charts/line-chart.js';
import { paragraph } from '../parts/paragraph.js';
import type { Report, ReportPart, ReportSection } from '../parts/report.js';
import { shownEstimate, shownNumber } from '../parts/shown.js';
import { markdownParts } from './markdown-parts.js';
import { requireFields } from './require-fields.js';

/** Options of {@link reportForecast}. */
export interface ReportForecastOptions {
  /** The sales that were forecast from, which then stand before the forecast. Default: none. */
  readonly sales?: PeriodSales;
  /** Products that get a chart. Default: the first six of the forecast. */
  readonly products?: readonly Id[];
  /** How good methods were where sales are known, the forecast of 0 among them. Default: nothing is said of that. */
  readonly backtest?: Backtest;
  /** Share of what may be sold that a band holds, in (0, 1). Default 0.8. */
  readonly share?: number;
}

const defaults = { sales: true, products: true, backtest: true, share: true } as const;
/** Periods of the past that a chart shows for each period ahead. */
const past = 4;

/**
 * A forecast as a report: means and bands by product, which products to look at, and how good the method was on sales that are known.
 *
 * @param forecast - Of `forecastSales`.
 * @returns The report, for {@link reportPage} and {@link formatReport}.
 * @throws RangeError when it is no forecast, a product is not there, or an option is wrong.
 * @example
 * const sales = createPeriodSales({ tea: [3, 0, 2, 4, 1, 2], mug: [0, 0, 0, 1, 0, 0] });
 * const forecast = await forecastSales(sales, { method: meanForecast(), horizon: 2 });
 * reportForecast(forecast, { sales }).sections.map(({ heading }) => heading); // ['By product']
 */
export function reportForecast(forecast: Forecast, options: ReportForecastOptions = {}): Report {
  const where = 'reportForecast';
  requireOptions(where, options, defaults);
  requireFields(where, 'forecast', forecast, ['method', 'horizon', 'products', 'means', 'doubtful'], 'forecastSales');
  const { backtest, share = 0.8, products = forecast.products.toJSON().ids.slice(0, 6) } = options;
  requireBetween(where, 'share', share, Number.MIN_VALUE, 1);
  if (!Array.isArray(products)) refuse(where, 'products', 'be an array of products', products);
  if (backtest !== undefined) requireFields(where, 'backtest', backtest, ['methods', 'table'], 'backtest');
  const count = forecast.products.size;
  const doubtful = forecast.doubtful.length;
  return {
    title: `What will be sold, by ${forecast.method}`,
    lead: `${shownNumber(count)} ${count === 1 ? 'product' : 'products'}, ${forecast.horizon} periods ahead; ${doubtful === 0 ? 'none of them is doubtful' : `${shownNumber(doubtful)} of them too little is known of`}.`,
    sections: [
      { heading: 'By product', parts: products.map((product) => chartOf(forecast, product, share, options.sales)) },
      ...(doubtful === 0 ? [] : [{ heading: 'Look at these yourself', parts: [doubtfulPart(forecast)] }]),
      ...(backtest ? [backtestSection(backtest)] : []),
    ],
  };
}

function doubtfulPart({ doubtful }: Forecast): ReportPart {
  const more = doubtful.length > 50 ? ` and ${shownNumber(doubtful.length - 50)} more` : '';
  return paragraph(`Too short a history, or nothing sold: ${doubtful.slice(0, 50).join(', ')}${more}.`);
}

function chartOf(forecast: Forecast, product: Id, share: number, sales: PeriodSales | undefined): ReportPart {
  const { horizon } = forecast;
  const means = forecast.mean(product);
  const low = forecast.quantile(product, (1 - share) / 2);
  const high = forecast.quantile(product, (1 + share) / 2);
  const before = sales ? sales.series(product).slice(-Math.max(12, past * horizon)) : [];
  const steps = Array.from({ length: before.length + horizon }, (_, place) => place - before.length + 1);
  const none = (length: number) => new Array<undefined>(length).fill(undefined);
  const joined = (list: readonly number[]) => [...none(before.length), ...list];
  const ahead = { name: 'expected', values: joined(means), band: [joined(low), joined(high)] } as const;
  const series: LineChart['series'] =
    before.length === 0 ? [ahead] : [{ name: 'sold', values: [...before, ...none(horizon)] }, ahead];
  return lineChart({
    title: String(product),
    description: `Expected in the first period ${shownNumber(means[0]!)}, with ${shownNumber(100 * share)} % between ${shownNumber(low[0]!)} and ${shownNumber(high[0]!)}.`,
    caption: `${product}: the band holds ${shownNumber(100 * share)} % of what may be sold in a period.`,
    steps,
    unit: 'period, ahead from 1',
    series,
  });
}

function backtestSection({ methods, table }: Backtest): ReportSection {
  const bars = methods.map(({ method, rmsse }, place) => ({ name: method, ...rmsse, isMark: place === 0 }));
  const description = bars.map((bar) => `${bar.name} ${shownEstimate(bar)}`).join(', ');
  const caption = 'RMSSE with 95% intervals over products; lower is better. Grey: the forecast of 0.';
  const chart = barChart({ title: 'RMSSE', description: `${description}.`, caption, bars, measure: 'RMSSE' });
  return { heading: 'How good methods were', parts: [chart, ...markdownParts(table)] };
}
