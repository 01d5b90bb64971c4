import {
  type CountRegression,
  type CountSample,
  meanOf,
  poissonRegression,
  poissonWeights,
} from '../../statistics/poisson-regression.js';
import type { ListPrices, PricedDemand } from './list-prices.js';
import { type PriceRows, priceRows, sharesOfRows } from './price-rows.js';

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
const mostRounds = 40;

/** Fits the demand of a product to its prices; undefined where the days do not say. */
export async function fitPrices(problem: PriceProblem, pause: () => Promise<void>): Promise<PriceFit | undefined> {
  const { demand, product, own, others, promoted } = problem;
  const isPromoted = (day: number) => promoted[day * demand.products.size + product] === 1;
  const layout = priceRows(own, (day) => demand.open[day] === 1, isPromoted);
  if (layout.rows.length === 0) return undefined;
  const columns = columnsOf(problem, layout.rows);
  // What never varies says nothing.
  const used = columns.filter((values) => values.some((value) => value !== values[0]));
  if (!used.includes(columns[0]!)) return undefined;
  const found = await fitTurns(sampleOf(demand, product, layout.rows, used), layout, linesPerPiece(problem), pause);
  if (!found) return undefined;
  const placeOf = (column: (typeof columns)[number]) => (used.includes(column) ? used.indexOf(column) + 1 : -1);
  const places = {
    own: placeOf(columns[0]!),
    others: others.map((_, other) => placeOf(columns[1 + other]!)),
    promoted: placeOf(columns[1 + others.length]!),
  };
  const freedom = Math.min(found.regression.freedom, own.turns.length);
  return {
    regression: { ...found.regression, freedom },
    places,
    units: unitsAt(found.sample, found.regression, places, own.last - own.first - 1),
  };
}

/** Expectation and maximisation: which day a price changed on is as open as the means leave it. */
async function fitTurns(sample: CountSample, layout: PriceRows, linesPerPiece: number, pause: () => Promise<void>) {
  let weights: Float64Array | undefined;
  let shared = { ...sample, shares: sharesOfRows(layout, () => 0) };
  for (let round = 0; layout.turns.length > 0 && round < mostRounds; round += 1) {
    const next = await poissonWeights(shared, pause, weights);
    if (!next) return undefined;
    const moved = weights ? Math.max(...next.map((weight, at) => Math.abs(weight - weights![at]!))) : 1;
    weights = next;
    shared = { ...sample, shares: sharesOfRows(layout, (row) => linesPerPiece * meanOf(sample, next, row)) };
    if (moved < 1e-5) break;
  }
  const regression = await poissonRegression(shared, pause, weights);
  return regression && { sample: shared, regression };
}

function linesPerPiece({ demand, product }: PriceProblem): number {
  const sizes = demand.sizes[product]!;
  return sizes.length / sizes.reduce((sum, size) => sum + size, 0);
}

/** The features behind the first, which is 1: the price, those of others, promotions, the rest of the shop, trends. */
function columnsOf({ demand, shopLines, product, own, others, promoted }: PriceProblem, rows: PriceRows['rows']) {
  const size = demand.products.size;
  const current = own.prices[own.last]!;
  return [
    rows.map(({ price }) => Math.log(price / current)),
    ...others.map(({ prices }) => rows.map(({ day }) => logOver(prices, day))),
    rows.map(({ day }) => promoted[day * size + product]!),
    centred(rows.map(({ day }) => Math.log1p(shopLines[day]! - demand.lines[day * size + product]!))),
    ...trendsOf(rows.map(({ day }) => day)).map(centred),
  ];
}

function sampleOf(
  { pieces, products }: PricedDemand,
  product: number,
  rows: PriceRows['rows'],
  columns: readonly (readonly number[])[],
): CountSample {
  return {
    counts: Float64Array.from(rows, ({ day }) => pieces[day * products.size + product]!),
    features: Float64Array.from(rows.flatMap((_, row) => [1, ...columns.map((values) => values[row]!)])),
    clusters: Int32Array.from(rows, ({ day }) => Math.floor(day / clusterDays)),
  };
}

// The mean at relative prices of 1 and without promotion.
function unitsAt(
  { features, shares }: CountSample,
  { weights }: CountRegression,
  { own, others, promoted }: PriceFit['places'],
  days: number,
): number {
  const left = new Set([own, promoted, ...others]);
  let sum = 0;
  for (let row = 0; row * weights.length < features.length; row += 1) {
    const exponent = weights.reduce((total, weight, at) => {
      return left.has(at) ? total : total + weight * features[row * weights.length + at]!;
    }, 0);
    sum += (shares ? shares[row]! : 1) * Math.exp(exponent);
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
