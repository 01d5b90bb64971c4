import type { Id, Vocabulary } from '../data/vocabulary.js';
import { requireOptions } from '../internal/options.js';
import { refuse, requireBetween, requireWholeNumber } from '../internal/require.js';
import type { Demand } from '../rl/demand/demand.js';
import { demandFromErrors, demandFromMoments, demandFromQuantiles } from './demand-of-forecast.js';
import type { ForecastNumbers } from './forecast-method.js';
import { type LearnedQuantiles, learnedQuantile, salesQuantiles } from './sales-quantiles.js';
import { type PeriodSales, seriesAt } from './series/period-sales.js';

/** What will be sold, as far as a method can tell. Made by {@link forecastSales}. Periods ahead count from 1. */
export interface Forecast {
  /** The method. */
  readonly method: string;
  /** Periods that were forecast, H. */
  readonly horizon: number;
  /** The products, P of them. */
  readonly products: Vocabulary;
  /** `[P, H]`, row-major: expected sales. */
  readonly means: Float64Array;
  /** Products whose history was too short for the method, or all 0 so that nothing can be learned: look at these yourself. */
  readonly doubtful: readonly Id[];
  /**
   * Expected sales of one product, `[H]`.
   *
   * @throws RangeError when the product is not there.
   */
  mean(product: Id): readonly number[];
  /**
   * What sales of one product stay at or below with a probability in (0, 1), `[H]`, each period by itself.
   *
   * @throws RangeError when the product is not there, or the probability is out of range or beyond what conformal errors can tell.
   */
  quantile(product: Id, probability: number): readonly number[];
  /**
   * The first `periods` periods of one product together, or period number `periods` alone, as a distribution: what `newsvendor` and
   * `inventoryEnvironment` take. Whole units.
   *
   * @throws RangeError when the product is not there, or an option is wrong.
   */
  demand(
    product: Id,
    options?: {
      /** Periods ahead, from 1 to the horizon. Default 1. */
      readonly periods?: number;
      /** Whether these periods together; with `false` the last of them alone. Default `true`. */
      readonly together?: boolean;
    },
  ): Demand;
}

/** What a forecast says besides, for who looks at all products by their places. */
export interface ForecastCells {
  /** Quantiles of a cell of `[P, H]`, or of all periods up to it together, rising as the probabilities do. */
  quantilesAt(place: number, step: number, probabilities: readonly number[], together?: boolean): number[];
  /** Whether the history of a product was too short for the method. */
  isTooShort(place: number): boolean;
}

/** Puts a forecast around what a method says. */
export function makeForecast(
  where: string,
  sales: PeriodSales,
  {
    method,
    horizon,
    numbers,
  }: { readonly method: string; readonly horizon: number; readonly numbers: ForecastNumbers },
): Forecast & ForecastCells {
  const { products } = sales;
  const isWhole = wholeProducts(sales);
  const placeOf = (name: string, product: Id) => {
    if (!products.has(product)) refuse(name, 'product', 'be one of the products', product);
    return products.indexOf(product);
  };
  // Of one period, or of all up to it together.
  const momentsAt = (place: number, step: number, together: boolean) => {
    const cell = place * horizon + step;
    const first = together ? place * horizon : cell;
    const mean = numbers.means.subarray(first, cell + 1).reduce((sum, each) => sum + each, 0);
    const errors = numbers.errors?.[together ? 'total' : 'single'][step];
    return { mean, variance: (together ? numbers.totals : numbers.variances)[cell]!, errors, isWhole: isWhole[place]! };
  };
  // The quantiles that a method says itself of a single period.
  const learnedAt = (place: number, step: number, together: boolean): LearnedQuantiles | undefined => {
    if (!numbers.quantiles || numbers.errors || (together && step > 0)) return undefined;
    const { probabilities, values } = numbers.quantiles;
    const from = (place * horizon + step) * probabilities.length;
    return { probabilities, values: values.subarray(from, from + probabilities.length) };
  };
  const quantilesAt: ForecastCells['quantilesAt'] = (place, step, probabilities, together = false) => {
    const { errors, ...moments } = momentsAt(place, step, together);
    const learned = learnedAt(place, step, together);
    if (learned) return fromLearned(learned, moments, probabilities);
    return errors ? fromErrors(where, moments, errors, probabilities) : salesQuantiles(moments, probabilities);
  };
  return {
    ...{ method, horizon, products, means: numbers.means, quantilesAt },
    isTooShort: (place) => numbers.tooShort[place] === 1,
    doubtful: doubtfulProducts(sales, numbers),
    mean(product) {
      const place = placeOf('mean', product);
      return [...numbers.means.subarray(place * horizon, (place + 1) * horizon)];
    },
    quantile(product, probability) {
      requireBetween('quantile', 'probability', probability, Number.MIN_VALUE, 1);
      const place = placeOf('quantile', product);
      return Array.from({ length: horizon }, (_, step) => quantilesAt(place, step, [probability])[0]!);
    },
    demand(product, options = {}) {
      requireOptions('demand', options, { periods: true, together: true });
      const { periods = 1, together = true } = options;
      requireWholeNumber('demand', 'periods', periods, 1, horizon);
      const ofSteps = momentsAt(placeOf('demand', product), periods - 1, together);
      const { mean, variance, errors } = ofSteps;
      const name = `${method}, ${together ? `${periods} periods` : `period ${periods}`}`;
      const learned = learnedAt(products.indexOf(product), periods - 1, together);
      if (learned) return demandFromQuantiles(name, (probability) => fromLearned(learned, ofSteps, [probability])[0]!);
      return errors ? demandFromErrors(name, mean, variance, errors) : demandFromMoments(name, mean, variance);
    },
  };
}

function fromLearned(
  learned: LearnedQuantiles,
  moments: Parameters<typeof salesQuantiles>[0],
  probabilities: readonly number[],
): number[] {
  const quantiles = probabilities.map((probability) => learnedQuantile(learned, moments, probability));
  return moments.isWhole ? quantiles.map(Math.round) : quantiles;
}

// Of n errors, with the one to come, each place among n + 1 is as likely as any other.
function fromErrors(
  where: string,
  { mean, variance, isWhole }: { readonly mean: number; readonly variance: number; readonly isWhole: boolean },
  errors: Float64Array,
  probabilities: readonly number[],
): number[] {
  return probabilities.map((probability) => {
    const place = Math.ceil((errors.length + 1) * probability - 1e-9);
    if (place > errors.length) {
      refuse(
        where,
        'probability',
        `be at most ${errors.length / (errors.length + 1)}, of ${errors.length} errors`,
        probability,
      );
    }
    const quantile = Math.max(0, mean + errors[place - 1]! * Math.sqrt(variance));
    return isWhole ? Math.max(0, Math.ceil(quantile - 1e-9)) : quantile;
  });
}

function wholeProducts(sales: PeriodSales): boolean[] {
  return Array.from({ length: sales.products.size }, (_, place) => seriesAt(sales, place).every(Number.isInteger));
}

function doubtfulProducts(sales: PeriodSales, { tooShort }: ForecastNumbers): Id[] {
  const ids = sales.products.toJSON().ids;
  return ids.filter((_, place) => tooShort[place] === 1 || seriesAt(sales, place).every((value) => value === 0));
}
