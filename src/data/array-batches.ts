import { dispose, type Tensor, tensor } from '@tensorflow/tfjs-core';
import { requireAtMost, requirePositiveInteger, requireWholeNumber } from '../internal/require.js';
import { type RngState, restoreRng } from '../random/rng.js';
import { type ArrayData, type NumericArray, requireSampleShape } from './array-data.js';
import type { BatchSource, BatchSourceOptions } from './batch-source.js';
import type { EncodedConditions } from './conditions.js';
import { requireValues } from './value-range.js';

/**
 * Batches from data in memory, in a new random order every epoch. The last `N mod batchSize` samples of an epoch's
 * order are left out, so that all batches have one size; the next epoch's order brings them back.
 */
export function createArrayBatches(
  data: ArrayData,
  conditions: EncodedConditions | undefined,
  options: BatchSourceOptions,
): BatchSource {
  const { where, sampleShape, epochs, range, rng } = options;
  const { values, shape } = data;
  requireSampleShape(where, 'data', shape, sampleShape);
  const batchSize = options.batchSize ?? Math.min(defaultBatchSize, shape[0]!);
  requirePositiveInteger(where, 'batchSize', batchSize);
  requireAtMost(where, 'batchSize', batchSize, shape[0]!, 'samples');
  requireValues(where, 'data', values, range);
  const batchesPerEpoch = Math.floor(shape[0]! / batchSize);
  const totalBatches = batchesPerEpoch * epochs;
  let order: Uint32Array = new Uint32Array(0);
  let drawn = 0;
  // The stream before the order of the present epoch was drawn from it: the order is drawn again.
  let atEpoch = rng.state();
  return {
    totalBatches: () => totalBatches,
    next: async () => {
      if (drawn >= totalBatches) return undefined;
      const place = drawn % batchesPerEpoch;
      if (place === 0) {
        atEpoch = rng.state();
        order = rng.permutation(shape[0]!);
      }
      drawn += 1;
      const rows = order.subarray(place * batchSize, (place + 1) * batchSize);
      const samples = takeRows(data, rows);
      const beside = conditions && takeRows(conditions, rows);
      return { samples, conditions: beside, release: () => dispose(beside ? [samples, beside] : samples) };
    },
    state: () => ({ drawn, stream: rng.state(), atEpoch }),
    restore: async (state) => {
      const saved = requirePlace(state);
      rng.restore(saved.atEpoch);
      if (saved.drawn % batchesPerEpoch !== 0) order = rng.permutation(shape[0]!);
      rng.restore(saved.stream);
      ({ drawn, atEpoch } = saved);
    },
    close: async () => {},
  };
}

interface Place {
  readonly drawn: number;
  readonly stream: RngState;
  readonly atEpoch: RngState;
}

function requirePlace(state: unknown): Place {
  const { drawn, stream, atEpoch } = (state ?? {}) as Partial<Place>;
  requireWholeNumber('restore', 'state.drawn', drawn);
  // A stream refuses what is no state; both are looked at before one is used.
  restoreRng(stream as RngState);
  restoreRng(atEpoch as RngState);
  return state as Place;
}

const defaultBatchSize = 64;

function takeRows({ values, shape }: ArrayData, rows: Uint32Array): Tensor {
  return tensor(gatherRows(values, rows, shape[0]!), [rows.length, ...shape.slice(1)], 'float32');
}

/** The numbers of chosen samples. */
export function gatherRows(values: NumericArray, rows: Uint32Array, count: number): Float32Array {
  const size = values.length / count;
  const gathered = new Float32Array(rows.length * size);
  rows.forEach((row, place) => {
    gathered.set(values.subarray(row * size, (row + 1) * size), place * size);
  });
  return gathered;
}
