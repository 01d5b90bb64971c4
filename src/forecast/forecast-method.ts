import { requireOptions } from '../internal/options.js';
import { refuse, requireGivenFunction, requireText } from '../internal/require.js';
import { type PeriodSales, seriesAt } from './series/period-sales.js';

/** What a method says of one product: the H periods that follow its series. */
export interface SeriesForecast {
  /** `[H]`: expected sales; what is below 0 counts as 0. */
  readonly means: ArrayLike<number>;
  /** `[H]`: variance of what is sold about these, chance and the error of the mean together. */
  readonly variances: ArrayLike<number>;
  /** `[H]`: variance of the first 1, 2 ... H periods together. Default: sums of `variances`, as of independent errors. */
  readonly totals?: ArrayLike<number>;
  /** Whether the series was too short for the method, so that something simpler stands here. Default `false`. */
  readonly isTooShort?: boolean;
}

/** What a method says of all products: P of them, H periods. */
export interface ForecastNumbers {
  /** `[P, H]`, row-major: expected sales. */
  readonly means: Float64Array;
  /** `[P, H]`, row-major: variance of what is sold about these. */
  readonly variances: Float64Array;
  /** `[P, H]`, row-major: variance of the first 1, 2 ... H periods together. */
  readonly totals: Float64Array;
  /** `[P]`: 1 where the series was too short for the method, so that something simpler stands here. */
  readonly tooShort: Uint8Array;
  /** How errors are distributed, where that was measured. Default: by mean and variance alone. */
  readonly errors?: ForecastErrors;
  /** Quantiles of single periods, where a method says them itself. Default: by mean and variance alone. */
  readonly quantiles?: ForecastQuantiles;
}

/** Quantiles that a method learned, K of them. Between them, and from 0 up to the first, they count as joined by straight lines. */
export interface ForecastQuantiles {
  /** `[K]`: their probabilities, rising, in (0, 1). */
  readonly probabilities: readonly number[];
  /** `[P, H, K]`, row-major: what sales stay at or below, rising in each cell. */
  readonly values: Float64Array;
}

/** Errors of forecasts over what their standard deviation was said to be, rising: what conformal quantiles are made of. */
export interface ForecastErrors {
  /** For each of H periods. */
  readonly single: readonly Float64Array[];
  /** For the first 1, 2 ... H periods together. */
  readonly total: readonly Float64Array[];
}

/** A way to forecast, such as {@link tsbForecast} makes. */
export interface ForecastMethod {
  /** What reports call it. */
  readonly name: string;
  /** Says what follows `sales`. It is not told what comes behind them. */
  forecast(
    sales: PeriodSales,
    work: {
      /** Periods to forecast, H. */
      readonly horizon: number;
      /** Lets the event loop turn, and stops the work: to be waited for now and then. */
      readonly pause: () => Promise<void>;
    },
  ): Promise<ForecastNumbers>;
}

/** Forecasts one product: `[n]` of what it sold since it is on sale, the number of periods H, and what lets the event loop turn. */
export type ForecastSeries = (
  series: Float64Array,
  horizon: number,
  pause: () => Promise<void>,
) => SeriesForecast | Promise<SeriesForecast>;

/**
 * Makes a method of a function that looks at one product alone: a method of your own takes its place beside ours.
 *
 * @param forecast - Takes what a product sold, `[n]`, n >= 1, since it is on sale, and the number of periods H.
 * @returns The method. Products that are not on sale yet get 0.
 * @throws RangeError when `forecast` is no function, or `name` is missing.
 * @example
 * const lastTwo = seriesForecast(
 *   (series, horizon) => {
 *     const level = (series.at(-1)! + (series.at(-2) ?? series.at(-1)!)) / 2;
 *     return { means: Array(horizon).fill(level), variances: Array(horizon).fill(level) };
 *   },
 *   { name: 'mean of the last two' },
 * );
 * const sales = createPeriodSales({ tea: [3, 0, 2, 4] });
 * (await forecastSales(sales, { method: lastTwo, horizon: 2 })).mean('tea'); // [3, 3]
 */
export function seriesForecast(
  forecast: ForecastSeries,
  options: {
    /** What reports call it. */
    readonly name: string;
  },
): ForecastMethod {
  requireOptions('seriesForecast', options, { name: true });
  requireGivenFunction('seriesForecast', 'forecast', forecast);
  requireText('seriesForecast', 'name', options?.name);
  return eachSeries(options.name, forecast);
}

/** As {@link seriesForecast}, for functions that are known to be right. */
export function eachSeries(name: string, forecast: ForecastSeries): ForecastMethod {
  return {
    name,
    async forecast(sales, { horizon, pause }) {
      const numbers = emptyNumbers(sales.products.size, horizon);
      for (let place = 0; place < sales.products.size; place += 1) {
        await pause();
        const series = seriesAt(sales, place);
        if (series.length === 0) numbers.tooShort[place] = 1;
        else writeNumbers(numbers, place, await forecast(series, horizon, pause), horizon);
      }
      return numbers;
    },
  };
}

/** Numbers of 0, to be filled in. */
export function emptyNumbers(products: number, horizon: number): ForecastNumbers {
  const cells = () => new Float64Array(products * horizon);
  return { means: cells(), variances: cells(), totals: cells(), tooShort: new Uint8Array(products) };
}

function writeNumbers(numbers: ForecastNumbers, place: number, given: SeriesForecast, horizon: number): void {
  const { means, variances, totals, isTooShort = false } = given;
  let sum = 0;
  for (let step = 0; step < horizon; step += 1) {
    const cell = place * horizon + step;
    sum += variances[step]!;
    numbers.means[cell] = Math.max(0, means[step]!);
    numbers.variances[cell] = variances[step]!;
    numbers.totals[cell] = totals ? totals[step]! : sum;
  }
  numbers.tooShort[place] = isTooShort ? 1 : 0;
}

/** Refuses what is no method. */
export function requireMethod(where: string, name: string, method: unknown): asserts method is ForecastMethod {
  const { forecast, name: called } = (method ?? {}) as Partial<ForecastMethod>;
  if (typeof forecast !== 'function') refuse(where, name, 'be a method, such as tsbForecast()', method);
  if (typeof called !== 'string') refuse(where, name, 'have a name, a string', called);
}

/** Refuses numbers of a method that cannot be: a user's own may be wrong. */
export function requireForecastNumbers(
  where: string,
  { name }: ForecastMethod,
  { means, variances, totals, quantiles }: ForecastNumbers,
  cells: number,
): void {
  if (quantiles) requireQuantiles(where, name, quantiles, cells);
  for (const [what, values] of Object.entries({ means, variances, totals })) {
    if (values.length !== cells) refuse(where, what, `be ${cells} numbers of '${name}'`, values.length);
    const wrong = values.find((value) => !(Number.isFinite(value) && value >= 0));
    if (wrong !== undefined) refuse(where, what, `be finite and not below 0 in what '${name}' gives`, wrong);
  }
}

function requireQuantiles(where: string, name: string, quantiles: ForecastQuantiles, cells: number): void {
  const { probabilities, values } = quantiles;
  const isRising = probabilities.every((each, at) => each > (at === 0 ? 0 : probabilities[at - 1]!) && each < 1);
  if (probabilities.length === 0 || !isRising) {
    refuse(where, 'quantiles.probabilities', `rise, in (0, 1), in what '${name}' gives`, probabilities);
  }
  if (values.length !== cells * probabilities.length) {
    refuse(where, 'quantiles.values', `be ${cells * probabilities.length} numbers of '${name}'`, values.length);
  }
  const isWrong = (value: number, at: number) =>
    !(Number.isFinite(value) && value >= (at % probabilities.length === 0 ? 0 : values[at - 1]!));
  const wrong = values.findIndex(isWrong);
  if (wrong >= 0)
    refuse(where, `quantiles.values[${wrong}]`, `be >= 0 and rise in each cell of '${name}'`, values[wrong]);
}
