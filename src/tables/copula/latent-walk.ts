import { normalBetween, normalQuantileBetween } from '../../statistics/normal.js';
import { type LatentRows, latentMean } from './latent-rows.js';

/** Walks by which what is said of one row is estimated. */
export const rowWalks = 64;

/** What a column may be: places of its states, and the share of each that is allowed, in (0, 1]. */
export interface AllowedPlaces {
  readonly places: ArrayLike<number>;
  readonly shares: ArrayLike<number>;
}

/** Room for one row. */
export interface LatentRow {
  /** `[D]`: independent standard normal numbers, from which those of the columns come. */
  readonly independent: Float64Array;
  /** `[D]`: the place that each column is in. */
  readonly places: Int32Array;
}

/** Room for a row of so many columns. */
export function roomForRow(columns: number): LatentRow {
  return { independent: new Float64Array(columns), places: new Int32Array(columns) };
}

/**
 * Draws what is allowed for the first columns, each given those before: latent numbers from a normal distribution that is cut to it. The
 * product of the probabilities of what was allowed is the weight of the row: its mean over walks is the probability of all
 * that is allowed, and rows kept as often as their weights are distributed as rows are given it.
 *
 * @param allowed - For as many columns as there are conditions on.
 * @param uniform - Numbers in (0, 1), by column.
 * @param row - Takes what was drawn.
 * @returns The weight, in [0, 1].
 * @see Geweke (1989), Hajivassiliou and McFadden (1998), Keane (1994): the GHK simulator
 */
export function walk(
  rows: LatentRows,
  allowed: readonly AllowedPlaces[],
  uniform: (column: number) => number,
  row: LatentRow,
): number {
  let weight = 1;
  for (const [column, own] of allowed.entries()) {
    const { thresholds } = rows.latent[column]!;
    const mean = latentMean(rows, column, row.independent);
    const scale = rows.factor[column * (rows.order.length + 1)]!;
    const bound = (place: number) => (thresholds[place]! - mean) / scale;
    const { at, left, sum } = choose(own, bound, uniform(column));
    weight *= sum;
    if (weight === 0) return 0;
    const place = own.places[at]!;
    row.places[column] = place;
    row.independent[column] = normalQuantileBetween(bound(place), bound(place + 1), left);
  }
  return weight;
}

/** One of what is allowed. */
interface Choice {
  readonly at: number;
  /** What is left of the uniform number: uniform again, and independent of the choice. */
  readonly left: number;
  /** Probability of all that is allowed. */
  readonly sum: number;
}

function choose({ places, shares }: AllowedPlaces, bound: (place: number) => number, uniform: number): Choice {
  const chance = (at: number) => shares[at]! * normalBetween(bound(places[at]!), bound(places[at]! + 1));
  if (places.length === 1) return { at: 0, left: uniform, sum: chance(0) };
  const chances = Float64Array.from({ length: places.length }, (_, at) => chance(at));
  let sum = 0;
  for (const own of chances) sum += own;
  let [target, at] = [uniform * sum, 0];
  while (at + 1 < chances.length && target >= chances[at]!) target -= chances[at++]!;
  // Never one without a chance, however sums round.
  while (at > 0 && chances[at] === 0) at -= 1;
  return { at, left: Math.min(1 - 2 ** -53, Math.max(2 ** -53, target / chances[at]!)), sum };
}
