import { filled, type Pieces } from '../../internal/pieces.js';
import { excessVariance } from '../../statistics/negative-binomial.js';
import type { ForecastNumbers } from '../forecast-method.js';
import type { PeriodSales } from '../series/period-sales.js';
import type { GlobalRows } from './global-rows.js';

/** How much more sales vary than Poisson numbers, as a share of the squared mean: measured on periods that were held out. */
export interface Excess {
  /** Of a single period. */
  readonly single: number;
  /** `[H]`: of the first 1, 2 ... periods together, whose errors are not independent. */
  readonly total: Float64Array;
  /** `[P]`: each product's own, over that of all. */
  readonly ofProduct: Float64Array;
}

/** The same of sales that have gone on: what was measured on all products stays. */
export function* excessAmong(sales: PeriodSales, { single, total }: Pick<Excess, 'single' | 'total'>): Pieces<Excess> {
  const ofProduct = new Float64Array(sales.products.size);
  return { single, total, ofProduct: yield* filled(ofProduct, (place) => ownExcess(sales, place, single)) };
}

/** So many periods of all products count with each product's own. */
const pooled = 20;

/** Measures the excess of all products on the rows of one origin, product by product and step by step. */
export function* excessOf(
  sales: PeriodSales,
  { levels, targets }: GlobalRows,
  logs: Float64Array,
  horizon: number,
  origin: number,
): Pieces<Pick<Excess, 'single' | 'total'>> {
  const isKnown = (cell: number) => sales.onSale[Math.floor(cell / horizon)]! < origin;
  const [actual, means] = [new Float64Array(logs.length), new Float64Array(logs.length)];
  yield* filled(actual, (cell) => (isKnown(cell) ? targets[cell]! * levels[cell]! : 0));
  yield* filled(means, (cell) => (isKnown(cell) ? levels[cell]! * Math.exp(logs[cell]!) : 0));
  const single = excessVariance(actual, means);
  const total = new Float64Array(horizon);
  const [sums, expected] = [new Float64Array(sales.products.size), new Float64Array(sales.products.size)];
  for (let step = 0; step < horizon; step += 1) {
    for (let place = 0; place < sales.products.size; place += 1) {
      sums[place]! += actual[place * horizon + step]!;
      expected[place]! += means[place * horizon + step]!;
    }
    total[step] = excessVariance(sums, expected);
    yield;
  }
  return { single, total };
}

// Of a product about the mean of its last periods, drawn towards that of all.
function ownExcess({ sales, periods, onSale }: PeriodSales, place: number, all: number): number {
  const from = Math.max(onSale[place]!, periods - 52);
  const own = sales.subarray(place * periods + from, (place + 1) * periods);
  const mean = own.reduce((sum, value) => sum + value, 0) / Math.max(1, own.length);
  if (mean === 0 || all === 0) return 1;
  const excess = excessVariance(own, new Float64Array(own.length).fill(mean));
  return (own.length * Math.min(10, excess / all) + pooled) / (own.length + pooled);
}

/** Writes variances by means and {@link Excess}. */
export function* writeVariances(
  { means, variances, totals }: ForecastNumbers,
  { single, total, ofProduct }: Excess,
  horizon: number,
): Pieces<void> {
  yield* filled(variances, (cell) => {
    const own = ofProduct[Math.floor(cell / horizon)]!;
    return means[cell]! + own * single * means[cell]! ** 2;
  });
  let sum = 0;
  yield* filled(totals, (cell) => {
    const [place, step] = [Math.floor(cell / horizon), cell % horizon];
    sum = (step === 0 ? 0 : sum) + means[cell]!;
    return Math.max(sum + ofProduct[place]! * total[step]! * sum ** 2, step === 0 ? 0 : totals[cell - 1]!);
  });
}
