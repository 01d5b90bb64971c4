import type { Rng } from '../../random/rng.js';
import type { PeriodSales } from '../series/period-sales.js';
import type { SalesFeatures } from './sales-features.js';

/** Fewest rows that anything is learned from. */
export const leastRows = 200;

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
export function placesBefore(sales: PeriodSales, horizon: number, end: number, most: number, rng: Rng): RowPlace[] {
  const origins: { place: number; origin: number }[] = [];
  for (let place = 0; place < sales.products.size; place += 1) {
    for (let origin = sales.onSale[place]! + leastHistory; origin < end; origin += 1) origins.push({ place, origin });
  }
  const stepsOf = ({ origin }: { origin: number }) => Math.min(horizon, end - origin);
  const all = origins.reduce((sum, each) => sum + stepsOf(each), 0);
  const share = most / all;
  return origins.flatMap(({ place, origin }) =>
    Array.from({ length: stepsOf({ origin }) }, (_, step) => ({ place, origin, step })).filter(
      () => share >= 1 || rng.uniform() < share,
    ),
  );
}

/** The rows of one origin, product by product and step by step. */
export function placesAt(sales: PeriodSales, horizon: number, origin: number): RowPlace[] {
  return Array.from({ length: sales.products.size * horizon }, (_, cell) => ({
    place: Math.floor(cell / horizon),
    origin,
    step: cell % horizon,
  }));
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
