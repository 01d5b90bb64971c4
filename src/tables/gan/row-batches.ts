import type { ArrayData } from '../../data/array-data.js';
import type { DrawnSamples } from '../../data/poisson-batches.js';
import { createRng } from '../../random/rng.js';
import type { NetworkPlan } from '../network/network-plan.js';

/** One-hot rows of a table, batch by batch without end, and which rows the last batch holds; or drawn each by itself. */
export interface RowBatches extends Iterable<ArrayData>, DrawnSamples {
  /** The rows of the batch that was handed out last. */
  readonly chosen: Uint32Array;
  /** Batches handed out so far. */
  readonly count: number;
}

/**
 * Hands out the rows of a table in a new order each time they are through, as one-hot states `[B, S]` that are made batch by batch:
 * the whole table as such would not fit. Each iterator begins anew, in the same orders.
 *
 * Where rows are drawn each by itself, one with a cell that has no state takes no part: that is said by the row alone. It still counts
 * among those that are drawn from, so that the others come no more often for it.
 *
 * @param rows - `[N, D]`: states of the table; below 0 only where rows are drawn.
 */
export function rowBatches(plan: NetworkPlan, rows: Int32Array, batchSize: number, seed: number): RowBatches {
  const width = plan.columns.length;
  const length = rows.length / width;
  const isKnown = (row: number) => rows.subarray(row * width, (row + 1) * width).every((state) => state >= 0);
  const batches = {
    length,
    gather: (places: Uint32Array) => oneHotRows(plan, rows, places.filter(isKnown)),
    chosen: new Uint32Array(0),
    count: 0,
    *[Symbol.iterator]() {
      const rng = createRng(seed).stream('rows');
      batches.count = 0;
      for (;;) {
        const order = rng.permutation(length);
        for (let from = 0; from + batchSize <= length; from += batchSize) {
          batches.chosen = order.slice(from, from + batchSize);
          batches.count += 1;
          yield oneHotRows(plan, rows, batches.chosen);
        }
      }
    },
  };
  return batches;
}

function oneHotRows({ columns, states }: NetworkPlan, rows: Int32Array, chosen: Uint32Array): ArrayData {
  const width = columns.length;
  const values = new Float32Array(chosen.length * states);
  for (const [turn, row] of chosen.entries()) {
    for (let at = row * width; at < (row + 1) * width; at += 1) values[turn * states + rows[at]!] = 1;
  }
  return { values, shape: [chosen.length, states] };
}
