import { piecemeal } from '../../internal/pieces.js';
import { type Mixture, visitRows, weighRow } from '../mixture/mixture.js';
import type { Tally } from '../mixture/weigh-rows.js';
import type { PrivateColumn } from './private-coding.js';
import { projectToSimplex } from './project-to-simplex.js';

type Pause = () => Promise<void>;

/**
 * Adds up the rows' class probabilities under a mixture.
 *
 * A row has a probability r[k] for each class k, and these sum to 1. It adds r[k] to `classes[k]` and, for each of D columns, to
 * `states[s, k]` of its state s there. The square of what it moves is (D + 1) * (sum over k of r[k]^2) <= D + 1: so the L2
 * sensitivity of the tally is sqrt(D + 1), whatever the mixture is.
 *
 * @param rows - `[N, D]`: states of the table; below 0 what says nothing.
 */
export async function tallyRows(rows: Int32Array, width: number, mixture: Mixture, pause: Pause): Promise<Tally> {
  const { classes } = mixture;
  const tally = { states: new Float64Array(mixture.chances.length), classes: new Float64Array(classes) };
  const posterior = new Float64Array(classes);
  const visit = (row: number) => {
    const log = weighRow(mixture, rows, row * width, width, posterior);
    // What a mixture rules out has no class probabilities, and adds none.
    if (log === Number.NEGATIVE_INFINITY) return;
    for (let k = 0; k < classes; k += 1) tally.classes[k]! += posterior[k]!;
    for (let place = row * width; place < (row + 1) * width; place += 1) {
      const start = rows[place]! * classes;
      if (start >= 0) for (let k = 0; k < classes; k += 1) tally.states[start + k]! += posterior[k]!;
    }
  };
  await piecemeal(visitRows(rows.length / width, classes * (2 * width + 8), visit), pause);
  return tally;
}

/** Puts noise on every sum. */
export function addNoise(tally: Tally, deviation: number, normal: () => number): void {
  for (const sums of [tally.classes, tally.states]) {
    for (let place = 0; place < sums.length; place += 1) sums[place]! += deviation * normal();
  }
}

/** So many rows more does each class count, in which every state has its share. */
const smoothing = 1;

/**
 * The classes that a noisy tally speaks for. Of the states of a column in a class the sums are moved to the nearest that are not below
 * 0 and add up to the class's: to cut off what is below 0 would give every state that no row is in half of its noise.
 */
export function estimateClasses(
  tally: Tally,
  columns: readonly Pick<PrivateColumn, 'base' | 'shares'>[],
  mixture: Mixture,
): void {
  const { classes, shares, chances } = mixture;
  const sizes = tally.classes.map((size) => Math.max(1, size));
  const total = sizes.reduce((sum, size) => sum + size, 0);
  for (let k = 0; k < classes; k += 1) {
    shares[k] = sizes[k]! / total;
    for (const { base, shares: whole } of columns) {
      const counts = Float64Array.from(whole, (_, state) => tally.states[(base + state) * classes + k]!);
      const nearest = projectToSimplex(counts, sizes[k]!);
      for (const [state, share] of whole.entries()) {
        chances[(base + state) * classes + k] = (nearest[state]! + smoothing * share) / (sizes[k]! + smoothing);
      }
    }
  }
}
