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
export function excessAmong(sales: PeriodSales, { single, total }: Pick<Excess, 'single' | 'total'>): Excess {
  return { single, total, ofProduct: ownExcess(sales, single) };
}

/** So many periods of all products count with each product's own. */
const pooled = 20;

/** Measures the excess of all products on the rows of one origin, product by product and step by step. */
export function excessOf(
  sales: PeriodSales,
  { levels, targets }: GlobalRows,
  logs: Float64Array,
  horizon: number,
  origin: number,
): Pick<Excess, 'single' | 'total'> {
  const [actual, means] = [new Float64Array(logs.length), new Float64Array(logs.length)];
  for (let cell = 0; cell < logs.length; cell += 1) {
    if (sales.onSale[Math.floor(cell / horizon)]! >= origin) continue;
    actual[cell] = targets[cell]! * levels[cell]!;
    means[cell] = levels[cell]! * Math.exp(logs[cell]!);
  }
  const single = excessVariance(actual, means);
  const total = new Float64Array(horizon);
  const [sums, expected] = [new Float64Array(sales.products.size), new Float64Array(sales.products.size)];
  for (let step = 0; step < horizon; step += 1) {
    for (let place = 0; place < sales.products.size; place += 1) {
      sums[place]! += actual[place * horizon + step]!;
      expected[place]! += means[place * horizon + step]!;
    }
    total[step] = excessVariance(sums, expected);
  }
  return { single, total };
}

// Of each product about the mean of its last periods, drawn towards that of all.
function ownExcess({ sales, periods, products, onSale }: PeriodSales, all: number): Float64Array {
  return Float64Array.from({ length: products.size }, (_, place) => {
    const from = Math.max(onSale[place]!, periods - 52);
    const own = sales.subarray(place * periods + from, (place + 1) * periods);
    const mean = own.reduce((sum, value) => sum + value, 0) / Math.max(1, own.length);
    if (mean === 0 || all === 0) return 1;
    const excess = excessVariance(own, new Float64Array(own.length).fill(mean));
    return (own.length * Math.min(10, excess / all) + pooled) / (own.length + pooled);
  });
}

/** Writes variances by means and {@link Excess}. */
export function writeVariances({ means, variances, totals }: ForecastNumbers, excess: Excess, horizon: number): void {
  let sum = 0;
  for (let cell = 0; cell < means.length; cell += 1) {
    const [place, step] = [Math.floor(cell / horizon), cell % horizon];
    sum = (step === 0 ? 0 : sum) + means[cell]!;
    variances[cell] = means[cell]! + excess.ofProduct[place]! * excess.single * means[cell]! ** 2;
    const total = sum + excess.ofProduct[place]! * excess.total[step]! * sum ** 2;
    totals[cell] = Math.max(total, step === 0 ? 0 : totals[cell - 1]!);
  }
}
