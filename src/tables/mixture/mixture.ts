import { inStretches, type Pieces } from '../../internal/pieces.js';

/** Classes of rows; within a class the columns are independent. */
export interface Mixture {
  /** Number of classes, K. */
  readonly classes: number;
  /** `[K]`: the share of each class. */
  readonly shares: Float64Array;
  /** `[S, K]`: the probability of each state of the table in each class; those of a column's states add up to 1. */
  readonly chances: Float64Array;
}

/**
 * The logarithm of a row's probability.
 *
 * Column by column, each time by what the columns before say of the class: the factors are probabilities of one cell given others,
 * which do not vanish however many columns there are. A class is lost that is behind by a factor of 1e300 on the way.
 *
 * @param states - The states of the row's cells, from place `from` on, one for each of `width` columns.
 * @param posterior - `[K]`: becomes the probability of each class, given the row; of no meaning where the row is ruled out.
 */
export function weighRow(
  { classes, shares, chances }: Mixture,
  states: Int32Array,
  from: number,
  width: number,
  posterior: Float64Array,
): number {
  posterior.set(shares);
  let [scale, log] = [1, 0];
  for (let place = from; place < from + width; place += 1) {
    const state = states[place]!;
    if (state < -1) return Number.NEGATIVE_INFINITY;
    if (state < 0) continue;
    const start = state * classes;
    let sum = 0;
    for (let k = 0; k < classes; k += 1) {
      const weight = posterior[k]! * scale * chances[start + k]!;
      posterior[k] = weight;
      sum += weight;
    }
    if (sum === 0) return Number.NEGATIVE_INFINITY;
    scale = 1 / sum;
    log += Math.log(sum);
  }
  for (let k = 0; k < classes; k += 1) posterior[k]! *= scale;
  return log;
}

/** Visits the rows in pieces of about a millisecond, however many classes there are. */
export function visitRows(count: number, cellsOfRow: number, visit: (row: number) => void): Pieces<void> {
  const stretch = Math.max(1, Math.floor(2 ** 17 / cellsOfRow));
  return inStretches(
    count,
    (from, to) => {
      for (let row = from; row < to; row += 1) visit(row);
    },
    stretch,
  );
}
