import { dispose, tensor } from '@tensorflow/tfjs-core';
import { refuse, requireAtMost, requirePositiveInteger, requireWholeNumber } from '../internal/require.js';
import type { Rng, RngState } from '../random/rng.js';
import { gatherRows } from './array-batches.js';
import { type ArrayData, isArrayData, requireArrayData, requireSampleShape } from './array-data.js';
import type { BatchSource, BatchSourceOptions, TrainingData } from './batch-source.js';
import { requireValues } from './value-range.js';

/** Samples that are made when they are drawn: an iterable of batches that can do this is as good as data in memory. */
export interface DrawnSamples {
  /** How many there are, N. */
  readonly length: number;
  /** `[B, …]`: of the samples at these places those that take part, which each decides by itself. */
  gather(places: Uint32Array): ArrayData;
}

/** How many samples there are to draw from; NaN where they cannot be drawn each by itself. */
export function countSamples(data: unknown): number {
  const { shape, gather, length } = (data ?? {}) as { readonly shape?: readonly number[] } & Partial<DrawnSamples>;
  return (typeof gather === 'function' ? length : shape?.[0]) ?? Number.NaN;
}

/**
 * Batches from data in memory in which every sample is with one probability, by itself, at every draw: `batchSize` over the number of
 * samples. Batches are of different sizes, `batchSize` on average, and may be empty.
 */
export function createPoissonBatches(data: TrainingData, options: BatchSourceOptions): BatchSource {
  const { where, epochs, rng, batchSize = 64 } = options;
  const drawable = isArrayData(data) ? samplesOf(data, options) : (data as object as DrawnSamples);
  const count = drawable.length;
  requirePositiveInteger(where, 'batchSize', batchSize);
  requireAtMost(where, 'batchSize', batchSize, count, 'samples');
  const totalBatches = Math.floor(count / batchSize) * epochs;
  let drawn = 0;
  return {
    totalBatches: () => totalBatches,
    next: async () => {
      if (drawn >= totalBatches) return undefined;
      drawn += 1;
      const { values, shape } = drawable.gather(drawRows(count, batchSize / count, rng));
      const samples = tensor(values, [...shape], 'float32');
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

function samplesOf(data: ArrayData, { where, sampleShape, range }: BatchSourceOptions): DrawnSamples {
  const { values, shape } = data;
  requireArrayData(where, 'data', data);
  requireSampleShape(where, 'data', shape, sampleShape);
  requireValues(where, 'data', values, range);
  const length = shape[0]!;
  return {
    length,
    gather: (places) => ({
      values: gatherRows(values, places, length),
      shape: [places.length, ...shape.slice(1)],
    }),
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
