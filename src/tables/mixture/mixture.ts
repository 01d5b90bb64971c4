import { inStretches, type Pieces } from '../../internal/pieces.js';

/** Classes of rows; within a class the columns are independent. */
export interface Mixture {
  /** Number of classes, K. */
  readonly classes: number;
  /** `[K]`: logarithm of the share of each class. */
  readonly logShares: Float64Array;
  /** `[S, K]`: logarithm of the probability of each state of the table in each class; those of a column's states add up to 1. */
  readonly logChances: Float64Array;
}

/**
 * The logarithm of a row's probability.
 *
 * @param states - The states of the row's cells, from place `from` on, one for each of `width` columns.
 * @param posterior - `[K]`: becomes the probability of each class, given the row; of no meaning where the row is ruled out.
 */
export function weighRow(
  { classes, logShares, logChances }: Mixture,
  states: Int32Array,
  from: number,
  width: number,
  posterior: Float64Array,
): number {
  posterior.set(logShares);
  for (let place = from; place < from + width; place += 1) {
    const state = states[place]!;
    if (state < -1) return Number.NEGATIVE_INFINITY;
    if (state < 0) continue;
    const start = state * classes;
    for (let k = 0; k < classes; k += 1) posterior[k]! += logChances[start + k]!;
  }
  return normalizeLogs(posterior);
}

// The largest is taken out, so that the exponentials neither overflow nor all vanish.
function normalizeLogs(logs: Float64Array): number {
  let largest = Number.NEGATIVE_INFINITY;
  for (let k = 0; k < logs.length; k += 1) if (logs[k]! > largest) largest = logs[k]!;
  if (largest === Number.NEGATIVE_INFINITY) return largest;
  let sum = 0;
  for (let k = 0; k < logs.length; k += 1) {
    const weight = Math.exp(logs[k]! - largest);
    logs[k] = weight;
    sum += weight;
  }
  for (let k = 0; k < logs.length; k += 1) logs[k]! /= sum;
  return largest + Math.log(sum);
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
