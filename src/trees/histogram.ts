import { inStretches, type Pieces } from '../internal/pieces.js';
import type { ColumnBins } from './column-bins.js';

/** Numbers of a bin: the sums of first and second derivatives of its rows, and how many rows there are. */
export const numbersOfBin = 3;

/** Rows of a tree's node, and the derivatives of the loss at each. */
export interface NodeRows {
  /** `[N]`: rows, those of a node next to each other. */
  readonly order: Uint32Array;
  readonly gradients: Float64Array;
  readonly hessians: Float64Array;
}

/** Adds the rows from place `from` to before `to` to a histogram: three numbers for each bin of each column. */
export function addToHistogram(
  histogram: Float64Array,
  { width, bins, offsets }: ColumnBins,
  { order, gradients, hessians }: NodeRows,
  from: number,
  to: number,
): Pieces<void> {
  const add = (start: number, end: number) => {
    for (let at = from + start; at < from + end; at += 1) {
      const row = order[at]!;
      const gradient = gradients[row]!;
      const hessian = hessians[row]!;
      for (let column = 0; column < width; column += 1) {
        const cell = (offsets[column]! + bins[row * width + column]!) * numbersOfBin;
        histogram[cell]! += gradient;
        histogram[cell + 1]! += hessian;
        histogram[cell + 2]! += 1;
      }
    }
  };
  return inStretches(to - from, add, Math.max(1, Math.floor(2 ** 17 / width)));
}

/** What remains of a node's histogram without the rows of one child: that of the other. In place. */
export function subtractHistogram(histogram: Float64Array, child: Float64Array): void {
  for (let cell = 0; cell < histogram.length; cell += 1) histogram[cell]! -= child[cell]!;
}

/** Histograms that are used again: trees need thousands of them. */
export interface HistogramPool {
  /** One that is all zeros. */
  take(): Float64Array;
  giveBack(histogram: Float64Array): void;
}

/** Makes a pool of histograms for these columns. */
export function createHistogramPool({ offsets, width }: ColumnBins): HistogramPool {
  const free: Float64Array[] = [];
  return {
    take: () => free.pop()?.fill(0) ?? new Float64Array(offsets[width]! * numbersOfBin),
    giveBack: (histogram) => free.push(histogram),
  };
}
