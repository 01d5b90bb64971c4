import { type ColumnBins, missingBin } from './column-bins.js';
import { numbersOfBin } from './histogram.js';

/** How a node is cut in two. */
export interface Split {
  readonly column: number;
  /** Rows of this bin and those before it go left. */
  readonly bin: number;
  /** Where rows without a value go. */
  readonly missingLeft: boolean;
  /** By how much it lowers the loss, doubled. */
  readonly gain: number;
  /** Derivatives and rows on the left. */
  readonly left: Sums;
}

/** Sums of derivatives, and rows. */
export interface Sums {
  readonly gradient: number;
  readonly hessian: number;
  readonly rows: number;
}

/** What a split must leave on either side, and the penalty of what leaves say. */
export interface SplitRules {
  readonly leastRows: number;
  readonly penalty: number;
}

/** A side of less curvature says too little. */
const leastHessian = 1e-3;

/**
 * The split of a node that lowers the loss most, by its second-order expansion: `G^2 / (H + penalty)` of both sides, less that of
 * the node.
 *
 * @see Chen and Guestrin, "XGBoost: A Scalable Tree Boosting System" (2016), equation 7 and algorithm 3
 */
export function findSplit(
  histogram: Float64Array,
  { width, edges, offsets }: ColumnBins,
  whole: Sums,
  rules: SplitRules,
): Split | undefined {
  let best: Split | undefined;
  for (let column = 0; column < width; column += 1) {
    const own = histogram.subarray(offsets[column]! * numbersOfBin, offsets[column + 1]! * numbersOfBin);
    const hasMissing = own[missingBin(edges[column]!) * numbersOfBin + 2]! > 0;
    for (const missingLeft of hasMissing ? [false, true] : [false]) {
      const found = scanBins(own, edges[column]!.length + (hasMissing ? 1 : 0), missingLeft, whole, rules);
      if (!found || found.gain <= (best?.gain ?? 0)) continue;
      const { left } = found;
      // Where none is missing, those to come go with the most.
      best = { ...found, column, missingLeft: hasMissing ? missingLeft : 2 * left.rows > whole.rows };
    }
  }
  return best;
}

function scanBins(
  histogram: Float64Array,
  count: number,
  missingLeft: boolean,
  whole: Sums,
  { leastRows, penalty }: SplitRules,
): Pick<Split, 'bin' | 'gain' | 'left'> | undefined {
  const missing = histogram.length - numbersOfBin;
  let gradient = missingLeft ? histogram[missing]! : 0;
  let hessian = missingLeft ? histogram[missing + 1]! : 0;
  let rows = missingLeft ? histogram[missing + 2]! : 0;
  const least = whole.gradient ** 2 / (whole.hessian + penalty);
  let best: Pick<Split, 'bin' | 'gain' | 'left'> | undefined;
  for (let bin = 0; bin < count; bin += 1) {
    const cell = bin * numbersOfBin;
    if (histogram[cell + 2] === 0) continue;
    gradient += histogram[cell]!;
    hessian += histogram[cell + 1]!;
    rows += histogram[cell + 2]!;
    const otherHessian = whole.hessian - hessian;
    if (rows < leastRows || hessian < leastHessian) continue;
    if (whole.rows - rows < leastRows || otherHessian < leastHessian) break;
    const sides = gradient ** 2 / (hessian + penalty) + (whole.gradient - gradient) ** 2 / (otherHessian + penalty);
    if (sides - least <= (best?.gain ?? 1e-12)) continue;
    best = { bin, gain: sides - least, left: { gradient, hessian, rows } };
  }
  return best;
}
