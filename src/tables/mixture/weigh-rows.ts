import { piecemeal } from '../../internal/pieces.js';
import { type Mixture, visitRows } from './mixture.js';
import type { SortedRows } from './sorted-rows.js';

/** Sums of the rows' class probabilities. */
export interface Tally {
  /** `[S, K]`: over the rows in each state. */
  readonly states: Float64Array;
  /** `[K]`: over all rows. */
  readonly classes: Float64Array;
}

/** Below this the states of a row are ruled out: its parts cannot be divided by their sum. */
const leastSum = 1e-300;

/** What rows that begin alike have in common, from their first columns on. */
interface Beginning {
  /** `[K]`: what the columns say of the class; the probabilities of the classes are `scale` of it. */
  readonly weights: Float64Array;
  scale: number;
  /** The logarithm of the probability of the columns. */
  log: number;
  /** `[K]`: the sum of the class probabilities of rows that begin so. */
  readonly sums: Float64Array;
}

/**
 * The E step: the sum of the rows' log-probabilities, and the tally.
 *
 * A walk over sorted rows. What the first columns say of the class is computed once for all rows that begin alike, and their class
 * probabilities are added up before they go to the states of those columns: a row costs two passes over the classes, for its last column,
 * and those columns that it does not share with the row before. Sums have one order, so the bits are the same wherever this runs.
 */
export async function weighRows(
  { width, rows, counts, shared }: SortedRows,
  mixture: Mixture,
  tally: Tally,
  pause: () => Promise<void>,
): Promise<number> {
  const { classes, chances, shares } = mixture;
  const last = width - 1;
  const beginnings = Array.from({ length: width }, (): Beginning => emptyBeginning(classes));
  beginnings[0]!.weights.set(shares);
  tally.states.fill(0);
  const close = (row: number, from: number) => {
    for (let column = last; column > from; column -= 1) {
      moveSums(beginnings[column]!, beginnings[column - 1]!, tally.states, rows[row * width + column - 1]! * classes);
    }
  };
  let total = 0;
  const visit = (row: number) => {
    const from = shared[row]!;
    if (row > 0) close(row - 1, from);
    for (let column = from; column < last; column += 1) {
      extend(beginnings[column]!, chances, rows[row * width + column]! * classes, beginnings[column + 1]!);
    }
    const start = rows[row * width + last]! * classes;
    total += counts[row]! * addRow(beginnings[last]!, chances, start, counts[row]!, tally.states);
  };
  await piecemeal(visitRows(counts.length, classes * (2 * width + 8), visit), pause);
  close(counts.length - 1, 0);
  tally.classes.set(beginnings[0]!.sums);
  return total;
}

function emptyBeginning(classes: number): Beginning {
  return { weights: new Float64Array(classes), scale: 1, log: 0, sums: new Float64Array(classes) };
}

// Adds a column whose chances begin at `start`.
function extend({ weights, scale, log }: Beginning, chances: Float64Array, start: number, next: Beginning): void {
  const target = next.weights;
  let sum = 0;
  for (let k = 0; k < target.length; k += 1) {
    const weight = weights[k]! * scale * chances[start + k]!;
    target[k] = weight;
    sum += weight;
  }
  const isPossible = sum >= leastSum;
  next.scale = isPossible ? 1 / sum : 0;
  next.log = isPossible ? log + Math.log(sum) : Number.NEGATIVE_INFINITY;
}

// The logarithm of the probability of `count` equal rows, each, whose last column's chances begin at `start`.
function addRow(
  { weights, scale, log, sums }: Beginning,
  chances: Float64Array,
  start: number,
  count: number,
  tally: Float64Array,
): number {
  let sum = 0;
  for (let k = 0; k < weights.length; k += 1) sum += weights[k]! * scale * chances[start + k]!;
  if (!(sum >= leastSum)) return Number.NEGATIVE_INFINITY;
  const factor = count / sum;
  for (let k = 0; k < weights.length; k += 1) {
    const rows = weights[k]! * scale * chances[start + k]! * factor;
    tally[start + k]! += rows;
    sums[k]! += rows;
  }
  return log + Math.log(sum);
}

// What began so has no more rows: its sums go to the state of its last column, and to the beginning without it.
function moveSums({ sums }: Beginning, shorter: Beginning, tally: Float64Array, start: number): void {
  const target = shorter.sums;
  for (let k = 0; k < sums.length; k += 1) {
    const rows = sums[k]!;
    tally[start + k]! += rows;
    target[k]! += rows;
    sums[k] = 0;
  }
}
