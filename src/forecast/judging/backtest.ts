import { type OptionNames, requireGivenOptions } from '../../internal/options.js';
import { refuse, requireEach, requireFilled, requireFunction } from '../../internal/require.js';
import { pauseFor } from '../../internal/signal.js';
import { meanEstimate } from '../../statistics/estimate.js';
import { type ForecastMethod, requireMethod } from '../forecast-method.js';
import { learnForecast } from '../forecast-sales.js';
import { zeroForecast } from '../methods/naive-forecast.js';
import { firstPeriods, type PeriodSales, requireSales } from '../series/period-sales.js';
import type { Backtest, MethodScores } from './backtest-report.js';
import { backtestTable } from './backtest-table.js';
import { rollingOrigins } from './origins.js';
import { actualAt, type ProductScore, scalesAt, scoreNames, scoreProduct } from './scores.js';

/** Options of {@link backtest}. */
export interface BacktestOptions {
  /** The methods to compare; the forecast of 0 comes by itself. */
  readonly methods: readonly ForecastMethod[];
  /** Periods that are forecast from each origin. */
  readonly horizon: number;
  /** From how many origins; the last leaves just the horizon. Default 1. */
  readonly origins?: number;
  /** Periods from one origin to the next. Default: the horizon, so that no period is forecast twice. */
  readonly step?: number;
  /** Levels of the quantiles that are scored, rising, in (0, 1). Default 0.05, 0.25, 0.5, 0.75 and 0.95. */
  readonly levels?: readonly number[];
  /** Called when a method has forecast from an origin, and waited for. What it throws ends the work. */
  readonly onProgress?: (progress: BacktestProgress) => void | Promise<void>;
  /** Stops the work; it then rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

/** Where a backtest stands. */
export interface BacktestProgress {
  /** Forecasts made so far: one for each method and origin. */
  readonly done: number;
  /** Forecasts in all. */
  readonly total: number;
  /** The method that was last. */
  readonly method: string;
}

const names: OptionNames<BacktestOptions> = {
  methods: true,
  horizon: true,
  origins: true,
  step: true,
  levels: true,
  onProgress: true,
  signal: true,
};

/**
 * Compares methods on what came after: each forecasts from several origins, and knows nothing of what lies behind them.
 *
 * Errors are divided by how much a product varied from one period to the next before the origin, from its first period on sale, so that
 * products can be averaged. Each product counts by the mean of its origins. Intervals are over products: how far other products of this
 * shop in these weeks would move the means. Products share good and bad weeks, so other weeks may move them further: take several origins.
 *
 * The forecast of 0 is always there. On products that seldom sell it wins the mean absolute error, which therefore says nothing without it.
 *
 * @param sales - Sales by period; more periods than the horizon.
 * @param options - The methods, and where they begin.
 * @returns Scores of all methods; `table` is there to print.
 * @throws RangeError when the periods are too few for the origins, no product can be scored, or an option is wrong.
 * @see Hyndman and Koehler, "Another Look at Measures of Forecast Accuracy" (2006)
 * @see Makridakis, Spiliotis and Assimakopoulos, "M5 Accuracy Competition: Results, Findings, and Conclusions" (2022)
 * @example
 * const sales = createPeriodSales({ tea: [4, 5, 4, 5, 4, 5, 4, 4], mug: [0, 0, 2, 0, 0, 0, 2, 0] });
 * const { methods, table } = await backtest(sales, { methods: [naiveForecast(), meanForecast()], horizon: 2 });
 * methods.map(({ method }) => method); // ['zero', 'naive', 'mean']
 * table.split('\n').length; // 7
 */
export async function backtest(sales: PeriodSales, options: BacktestOptions): Promise<Backtest> {
  const where = 'backtest';
  requireGivenOptions(where, options, names);
  const { horizon, origins: count = 1, step = horizon, levels = [0.05, 0.25, 0.5, 0.75, 0.95], onProgress } = options;
  const pause = pauseFor(where, options.signal);
  requireSales(where, sales);
  requireFunction(where, 'onProgress', onProgress);
  const methods = requireMethods(where, options.methods);
  requireLevels(where, levels);
  const origins = rollingOrigins(where, sales, { horizon, origins: count, step });
  const tallies = methods.map((method) => createTally(method.name, sales.products.size));
  let done = 0;
  for (const origin of origins) {
    const known = firstPeriods(sales, origin);
    const scales = scalesAt(known);
    for (const [place, method] of methods.entries()) {
      const forecast = await learnForecast(where, known, { method, horizon, pause });
      for (const [product, scale] of scales.entries()) {
        await pause();
        if (!scale) continue;
        tallies[place]!.add(
          product,
          scoreProduct(forecast, product, actualAt(sales, product, origin, horizon), scale, levels),
        );
        tallies[place]!.tooShort += forecast.isTooShort(product) ? 1 : 0;
      }
      done += 1;
      await onProgress?.({ done, total: origins.length * methods.length, method: method.name });
    }
  }
  const scored = tallies[0]!.counts;
  if (!scored.some((each) => each > 0)) {
    refuse(
      where,
      'sales',
      'have a product whose sales vary before an origin: there is nothing to divide errors by',
      'none',
    );
  }
  const found = {
    methods: tallies.map((tally) => tally.scores(tallies[0]!)),
    products: scored.reduce((sum, each) => sum + (each > 0 ? 1 : 0), 0),
    origins,
    unscored: sales.products.toJSON().ids.filter((_, place) => scored[place] === 0),
  };
  return { ...found, table: backtestTable(found, levels, horizon) };
}

function requireMethods(where: string, methods: unknown): ForecastMethod[] {
  if (!Array.isArray(methods)) refuse(where, 'methods', 'be an array of methods', methods);
  requireFilled(where, 'methods', methods);
  for (const [place, method] of methods.entries()) requireMethod(where, `methods[${place}]`, method);
  const zero = zeroForecast();
  return [zero, ...methods.filter(({ name }: ForecastMethod) => name !== zero.name)];
}

/** Checks levels of quantiles. */
function requireLevels(where: string, levels: readonly number[]): void {
  if (!Array.isArray(levels)) refuse(where, 'levels', 'be an array of numbers', levels);
  requireFilled(where, 'levels', levels);
  requireEach(
    where,
    'levels',
    levels,
    (level) => (level as number) > 0 && (level as number) < 1,
    'be a number in (0, 1)',
  );
  if (levels.some((level, place) => place > 0 && level <= levels[place - 1]!))
    refuse(where, 'levels', 'rise from each to the next', levels);
}

function createTally(method: string, products: number) {
  const sums = Object.fromEntries(scoreNames.map((name) => [name, new Float64Array(products)])) as Record<
    keyof ProductScore,
    Float64Array
  >;
  const counts = new Int32Array(products);
  const tally = {
    counts,
    tooShort: 0,
    add(product: number, score: ProductScore) {
      for (const name of scoreNames) sums[name][product]! += score[name];
      counts[product]! += 1;
    },
    /** Of each product that was scored the mean over its origins. */
    means: (name: keyof ProductScore) =>
      sums[name].map((sum, place) => sum / counts[place]!).filter((_, place) => counts[place]! > 0),
    scores(zero: { means(name: keyof ProductScore): Float64Array }): MethodScores {
      const of = (name: keyof ProductScore) => meanEstimate(tally.means(name));
      const [own, other] = [tally.means('rmsse'), zero.means('rmsse')];
      const lessZero = meanEstimate(own.map((value, place) => value - other[place]!));
      const { tooShort } = tally;
      return {
        method,
        rmsse: of('rmsse'),
        lessZero,
        mase: of('mase'),
        pinball: of('pinball'),
        coverage: of('coverage'),
        bias: of('bias'),
        tooShort,
      };
    },
  };
  return tally;
}
