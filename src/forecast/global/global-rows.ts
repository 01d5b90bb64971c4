import type { Rng } from '../../random/rng.js';
import type { PeriodSales } from '../series/period-sales.js';
import type { SalesFeatures } from './sales-features.js';

/** Fewest rows that anything is learned from. */
export const leastRows = 200;

/** Rows of no higher levels are of what hardly sold, and not judged by. */
export const leastJudged = 0.05;

/** Rows to learn from or to forecast: a product, an origin and a step each. */
export interface GlobalRows {
  /** `[D][N]`. */
  readonly columns: readonly Float64Array[];
  /** `[N]`: the level of the product at the origin. */
  readonly levels: Float64Array;
  /** `[N]`: what was sold, over the level; NaN where it lies behind the sales. */
  readonly targets: Float64Array;
}

/** Where rows come from. */
export interface RowPlace {
  readonly place: number;
  readonly origin: number;
  readonly step: number;
}

/** Fewest periods on sale before an origin that is learned from. */
const leastHistory = 4;

/** The rows that may be learned from: their targets lie before `end`, their origins behind `leastHistory` periods on sale. */
export async function placesBefore(
  sales: PeriodSales,
  horizon: number,
  end: number,
  { most, rng, pause }: { readonly most: number; readonly rng: Rng; readonly pause: () => Promise<void> },
): Promise<RowPlace[]> {
  const share = most / countBefore(sales, horizon, end);
  const places: RowPlace[] = [];
  let origins = 0;
  for (let place = 0; place < sales.products.size; place += 1) {
    for (let origin = sales.onSale[place]! + leastHistory; origin < end; origin += 1) {
      if (origins++ % 64 === 0) await pause();
      for (let step = 0; step < Math.min(horizon, end - origin); step += 1) {
        if (share >= 1 || rng.uniform() < share) places.push({ place, origin, step });
      }
    }
  }
  return places;
}

/** How many rows there are before some are drawn. */
export function countBefore({ products, onSale }: PeriodSales, horizon: number, end: number): number {
  let count = 0;
  for (let place = 0; place < products.size; place += 1) {
    const origins = Math.max(0, end - onSale[place]! - leastHistory);
    // The last origins have fewer steps before the end.
    const short = Math.min(origins, horizon - 1);
    count += origins * horizon - short * horizon + (short * (short + 1)) / 2;
  }
  return count;
}

/** The rows of one origin, product by product and step by step. */
export async function placesAt(
  { products }: PeriodSales,
  horizon: number,
  origin: number,
  pause: () => Promise<void>,
): Promise<RowPlace[]> {
  const places: RowPlace[] = [];
  for (let place = 0; place < products.size; place += 1) {
    if (place % 64 === 0) await pause();
    for (let step = 0; step < horizon; step += 1) places.push({ place, origin, step });
  }
  return places;
}

/** Works the features of rows out. */
export async function globalRows(
  sales: PeriodSales,
  features: SalesFeatures,
  places: readonly RowPlace[],
  pause: () => Promise<void>,
): Promise<GlobalRows> {
  const columns = Array.from({ length: features.width }, () => new Float64Array(places.length));
  const [levels, targets] = [new Float64Array(places.length), new Float64Array(places.length)];
  for (const [row, { place, origin, step }] of places.entries()) {
    if (row % 64 === 0) await pause();
    levels[row] = features.levelAt(place, origin);
    features.write(columns, row, place, origin, step);
    const at = origin + step;
    targets[row] = at < sales.periods ? sales.sales[place * sales.periods + at]! / levels[row]! : Number.NaN;
  }
  return { columns, levels, targets };
}
