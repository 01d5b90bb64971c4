import { createPause } from '../internal/pause.js';
import { addTile } from '../linear-algebra/panels.js';
import type { Rng } from '../random/rng.js';
import type { Interval } from './estimate.js';

/**
 * Means of columns over resamples of their rows, all columns by the same resamples.
 *
 * @param columns - Each `[E]`.
 * @returns For each column, `[resamples]`.
 * @see Efron, "Bootstrap Methods: Another Look at the Jackknife" (1979)
 */
export async function resampleMeans(
  columns: readonly Float64Array[],
  resamples: number,
  rng: Rng,
  signal?: AbortSignal,
): Promise<Float64Array[]> {
  const pause = createPause(8, signal);
  const rows = columns[0]?.length ?? 0;
  const means = columns.map(() => new Float64Array(resamples));
  const panels = packColumns(columns, rows);
  const counts = new Float64Array(4 * rows);
  const tile = new Float64Array(16);
  for (let first = 0; first < resamples; first += 4) {
    await drawCounts(counts, rows, rng, pause);
    for (const [index, panel] of panels.entries()) {
      tile.fill(0);
      addTile(tile, 0, 1 / rows, counts, 0, panel, 0, rows);
      for (let column = 0; column < Math.min(4, columns.length - 4 * index); column += 1) {
        means[4 * index + column]!.set(tile.subarray(4 * column, 4 * column + Math.min(4, resamples - first)), first);
      }
    }
  }
  return means;
}

/** The empirical 95% range of some values: their quantiles 0.025 and 0.975. */
export function empiricalRange(values: Float64Array): Interval {
  const sorted = values.slice().sort();
  const quantile = (share: number) => {
    const place = share * (sorted.length - 1);
    const [below, above] = [sorted[Math.floor(place)]!, sorted[Math.ceil(place)]!];
    return below + (place - Math.floor(place)) * (above - below);
  };
  return [quantile(0.025), quantile(0.975)];
}

// How often each row comes in each of four resamples, for addTile.
async function drawCounts(counts: Float64Array, rows: number, rng: Rng, pause: () => Promise<void>): Promise<void> {
  counts.fill(0);
  for (let resample = 0; resample < 4; resample += 1) {
    for (let drawn = 0; drawn < rows; drawn += 1) {
      if ((drawn & 65535) === 0) await pause();
      // A product of 32 random bits: off a uniform draw by less than rows / 2^32.
      counts[4 * Math.floor((rng.uint32() * rows) / 2 ** 32) + resample]! += 1;
    }
  }
}

function packColumns(columns: readonly Float64Array[], rows: number): Float64Array[] {
  return Array.from({ length: Math.ceil(columns.length / 4) }, (_, index) => {
    const panel = new Float64Array(4 * rows);
    for (const [place, column] of columns.slice(4 * index, 4 * index + 4).entries()) {
      for (let row = 0; row < rows; row += 1) panel[4 * row + place] = column[row]!;
    }
    return panel;
  });
}
