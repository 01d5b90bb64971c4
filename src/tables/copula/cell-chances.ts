import { normalBetween } from '../../statistics/normal.js';
import type { CodedTableColumn } from '../coding/table-coding.js';
import type { LatentColumn } from './latent-column.js';
import { type LatentRows, latentMean, latentRows } from './latent-rows.js';
import { type AllowedPlaces, type LatentRow, roomForRow, rowWalks, walk } from './latent-walk.js';
import { lattice } from './lattice.js';

/** What a Gaussian copula has learned. */
interface Copula {
  readonly latent: readonly LatentColumn[];
  readonly correlations: Float64Array;
}

/**
 * How likely the states of a column are, given the other cells of rows, `[N, S]`, in proportion.
 *
 * The known cells come first in walks of a lattice; each gives the column a normal distribution, which the thresholds cut:
 *
 *     mean over walks of: weight of the walk * P(threshold before < latent number < threshold behind | walk)
 */
export async function cellChances(
  columns: readonly CodedTableColumn[],
  { latent, correlations }: Copula,
  rows: Int32Array,
  column: number,
  pause: () => Promise<void>,
): Promise<Float64Array> {
  const width = columns.length;
  const states = latent[column]!.order.length;
  const chances = new Float64Array((rows.length / width) * states);
  // Rows in which the same columns are known share the factor of their correlations.
  const opened = new Map<string, LatentRows>();
  for (let row = 0; row * width < rows.length; row += 1) {
    const own = rows.subarray(row * width, (row + 1) * width);
    const known = [...columns.keys()].filter((place) => place !== column && own[place]! >= 0);
    const key = known.join(' ');
    const ordered = opened.get(key) ?? (await latentRows(latent, correlations, [...known, column]));
    opened.set(key, ordered);
    const places = known.map((place, at): AllowedPlaces => {
      return { places: [ordered.latent[at]!.placeOf[own[place]! - columns[place]!.base]!], shares: [1] };
    });
    addWalks(ordered, places, chances.subarray(row * states, (row + 1) * states));
    await pause();
  }
  return chances;
}

function addWalks(rows: LatentRows, known: readonly AllowedPlaces[], chances: Float64Array): void {
  const uniform = lattice(known.length);
  const row = roomForRow(known.length + 1);
  // Nothing known: each walk is the same.
  const walks = known.length === 0 ? 1 : rowWalks;
  for (let point = 0; point < walks; point += 1) {
    const weight = walk(rows, known, (column) => uniform(point, column), row);
    if (weight > 0) addNormal(rows, known.length, row, weight, chances);
  }
}

// The last column's states, given those before.
function addNormal(rows: LatentRows, last: number, row: LatentRow, weight: number, chances: Float64Array): void {
  const { thresholds, order } = rows.latent[last]!;
  const mean = latentMean(rows, last, row.independent);
  const scale = rows.factor[last * (rows.order.length + 1)]!;
  for (let place = 0; place < order.length; place += 1) {
    const share = normalBetween((thresholds[place]! - mean) / scale, (thresholds[place + 1]! - mean) / scale);
    chances[order[place]!]! += weight * share;
  }
}
