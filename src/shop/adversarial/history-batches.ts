import type { ConditionalBatch } from '../../data/batch-source.js';
import type { Rng } from '../../random/rng.js';
import { type Histories, writeWithout } from './histories.js';

/**
 * The pairs (everything else that a user chose, what the user chose) in batches, in a new order every epoch. Batches are made as
 * they are asked for, so that memory does not grow with the pairs.
 */
export function historyBatches(histories: Histories, batchSize: number, rng: Rng): Iterable<ConditionalBatch> {
  return {
    *[Symbol.iterator]() {
      const order = rng.permutation(histories.pairs.length);
      // The rest is left out, as it is of data in memory; another order has another rest.
      const size = Math.min(batchSize, order.length);
      for (let from = 0; from + size <= order.length; from += size) {
        yield batchOf(histories, order.subarray(from, from + size));
      }
    },
  };
}

function batchOf(histories: Histories, rows: Uint32Array): ConditionalBatch {
  const { size, values } = histories.vectors;
  const samples = new Float32Array(rows.length * size);
  const conditions = new Float32Array(rows.length * size);
  rows.forEach((row, at) => {
    const item = histories.pairs.itemIndices[row]!;
    samples.set(values.subarray(item * size, (item + 1) * size), at * size);
    writeWithout(histories, row, conditions, at * size);
  });
  const shape = [rows.length, size];
  return { samples: { values: samples, shape }, conditions: { values: conditions, shape } };
}
