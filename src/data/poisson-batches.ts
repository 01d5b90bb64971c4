import { dispose, tensor } from '@tensorflow/tfjs-core';
import { refuse, requireAtMost, requirePositiveInteger, requireWholeNumber } from '../internal/require.js';
import type { Rng, RngState } from '../random/rng.js';
import { gatherRows } from './array-batches.js';
import { type ArrayData, requireSampleShape } from './array-data.js';
import type { BatchSource, BatchSourceOptions } from './batch-source.js';
import { requireValues } from './value-range.js';

/**
 * Batches from data in memory in which every sample is with one probability, by itself, at every draw: `batchSize` over the number of
 * samples. Batches are of different sizes, `batchSize` on average, and may be empty.
 */
export function createPoissonBatches(data: ArrayData, options: BatchSourceOptions): BatchSource {
  const { where, sampleShape, epochs, range, rng, batchSize = 64 } = options;
  const { values, shape } = data;
  const count = shape[0]!;
  requireSampleShape(where, 'data', shape, sampleShape);
  requirePositiveInteger(where, 'batchSize', batchSize);
  requireAtMost(where, 'batchSize', batchSize, count, 'samples');
  requireValues(where, 'data', values, range);
  const totalBatches = Math.floor(count / batchSize) * epochs;
  let drawn = 0;
  return {
    totalBatches: () => totalBatches,
    next: async () => {
      if (drawn >= totalBatches) return undefined;
      drawn += 1;
      const rows = drawRows(count, batchSize / count, rng);
      const samples = tensor(gatherRows(values, rows, count), [rows.length, ...shape.slice(1)], 'float32');
      return { samples, release: () => dispose(samples) };
    },
    state: () => ({ drawn, stream: rng.state() }),
    restore: async (state) => {
      const saved = (state ?? {}) as { readonly drawn?: unknown; readonly stream?: RngState };
      requireWholeNumber('restore', 'state.drawn', saved.drawn);
      if (saved.stream === undefined) refuse('restore', 'state.stream', 'be the place of a stream', saved.stream);
      rng.restore(saved.stream);
      drawn = saved.drawn;
    },
    close: async () => {},
  };
}

/** The numbers below `count` that are drawn, each with probability `rate`: how many are passed over has a geometric distribution. */
export function drawRows(count: number, rate: number, rng: Pick<Rng, 'uniform'>): Uint32Array {
  if (rate >= 1) return Uint32Array.from({ length: count }, (_, row) => row);
  const rows: number[] = [];
  const scale = Math.log1p(-rate);
  const skip = () => Math.floor(Math.log1p(-rng.uniform()) / scale);
  for (let row = skip(); row < count; row += 1 + skip()) rows.push(row);
  return Uint32Array.from(rows);
}
