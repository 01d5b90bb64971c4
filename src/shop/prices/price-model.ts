import { type CountRegression, type CountSample, poissonRegression } from '../../statistics/poisson-regression.js';
import type { ListPrices, PricedDemand } from './list-prices.js';

/** What the regression of one product takes. */
export interface PriceProblem {
  readonly demand: PricedDemand;
  /** `[T]`: order lines of all products. */
  readonly shopLines: Float64Array;
  readonly product: number;
  readonly own: ListPrices;
  /** List prices of the products that may take demand from it, or bring some. */
  readonly others: readonly { readonly product: number; readonly prices: ListPrices }[];
  /** `[T, P]`. */
  readonly promoted: Uint8Array;
}

/** What was found, by the meaning of the weights. */
export interface PriceFit {
  readonly regression: CountRegression;
  /** Places of weights: of the own price, of each other one, of promotions; -1 of what never varied. */
  readonly places: { readonly own: number; readonly others: readonly number[]; readonly promoted: number };
  /** Mean pieces of a day at the last list price, without promotion, over the days looked at, closed ones included. */
  readonly units: number;
}

/** Days that are one cluster: what they have in common beside the price is not taken for an effect of it. */
const clusterDays = 14;
// So many days, about, have a trend of their own.
const trendDays = 112;
const mostTrends = 12;

/** Fits the demand of a product to its prices; undefined where the days do not say. */
export async function fitPrices(problem: PriceProblem, pause: () => Promise<void>): Promise<PriceFit | undefined> {
  const { demand, shopLines, product, own, others, promoted } = problem;
  const days: number[] = [];
  for (let day = own.first; day <= own.last; day += 1) if (demand.open[day] === 1) days.push(day);
  const size = demand.products.size;
  const current = own.prices[own.last]!;
  const columns = [
    days.map((day) => Math.log(own.prices[day]! / current)),
    ...others.map(({ prices }) => days.map((day) => logOver(prices, day))),
    days.map((day) => promoted[day * size + product]!),
    centred(days.map((day) => Math.log1p(shopLines[day]! - demand.lines[day * size + product]!))),
    ...trendsOf(days).map(centred),
  ];
  // What never varies says nothing.
  const used = columns.filter((values) => values.some((value) => value !== values[0]));
  if (!used.includes(columns[0]!)) return undefined;
  const sample = sampleOf(demand, product, days, used);
  const regression = await poissonRegression(sample, pause);
  if (!regression) return undefined;
  const placeOf = (column: (typeof columns)[number]) => (used.includes(column) ? used.indexOf(column) + 1 : -1);
  const places = {
    own: placeOf(columns[0]!),
    others: others.map((_, other) => placeOf(columns[1 + other]!)),
    promoted: placeOf(columns[1 + others.length]!),
  };
  const freedom = Math.min(regression.freedom, own.changes);
  return {
    regression: { ...regression, freedom },
    places,
    units: unitsAt(sample, regression, places, own.last - own.first + 1),
  };
}

function sampleOf(
  { pieces, products }: PricedDemand,
  product: number,
  days: readonly number[],
  columns: readonly (readonly number[])[],
): CountSample {
  return {
    counts: Float64Array.from(days, (day) => pieces[day * products.size + product]!),
    features: Float64Array.from(days.flatMap((_, row) => [1, ...columns.map((values) => values[row]!)])),
    clusters: Int32Array.from(days, (day) => Math.floor(day / clusterDays)),
  };
}

// The mean at a relative price of 1 and without promotion.
function unitsAt(
  { features }: CountSample,
  { weights }: CountRegression,
  { own, promoted }: PriceFit['places'],
  days: number,
): number {
  let sum = 0;
  for (let row = 0; row < features.length; row += weights.length) {
    const exponent = weights.reduce((total, weight, at) => {
      return at === own || at === promoted ? total : total + weight * features[row + at]!;
    }, 0);
    sum += Math.exp(exponent);
  }
  return sum / days;
}

function logOver({ prices, first, last }: ListPrices, day: number): number {
  // Before and after its sales the price of another product is taken for what it was at their edge.
  return Math.log(prices[Math.max(first, Math.min(last, day))]! / prices[last]!);
}

function centred(values: readonly number[]): number[] {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.map((value) => value - mean);
}

/** Linear splines: what grows or fades, also with the season of the year, is no effect of the price. */
function trendsOf(days: readonly number[]): number[][] {
  const [first, span] = [days[0]!, days.at(-1)! - days[0]! + 1];
  const count = Math.max(1, Math.min(mostTrends, Math.round(span / trendDays)));
  return Array.from({ length: count }, (_, place) => {
    const start = first + (place * span) / count;
    return days.map((day) => Math.max(0, day - start) / trendDays);
  });
}
