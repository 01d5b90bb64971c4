import { Tensor } from '@tensorflow/tfjs-core';
import { refuse } from '../internal/require.js';
import { requireTensor } from '../internal/require-tensor.js';
import { createArrayBatches } from './array-batches.js';
import { type ArrayData, isArrayData, requireArrayData } from './array-data.js';
import type { AnyBatch, BatchSource, BatchSourceOptions, TrainingData } from './batch-source.js';
import { encodeConditions } from './conditions.js';
import { createIterableBatches } from './iterable-batches.js';

/** Checks the data and makes the source that fits them. */
export async function createBatchSource(data: TrainingData, options: BatchSourceOptions): Promise<BatchSource> {
  const { where, isPoisson } = options;
  if (isPoisson) {
    const { createPoissonBatches } = await import('./poisson-batches.js');
    return createPoissonBatches(data instanceof Tensor ? await readTensor(where, data) : data, options);
  }
  if (data instanceof Tensor) return openArray(await readTensor(where, data), options);
  if (isArrayData(data)) {
    requireArrayData(where, 'data', data);
    return openArray(data, options);
  }
  if (isIterable(data)) return createIterableBatches(data, options);
  refuse(where, 'data', 'be a Tensor, { values, shape }, or an iterable of batches', data);
}

async function openArray(data: ArrayData, options: BatchSourceOptions): Promise<BatchSource> {
  const { where, conditions, conditionShape } = options;
  if (conditionShape === undefined) return createArrayBatches(data, undefined, options);
  if (conditions === undefined) refuse(where, 'conditions', 'be given: the networks take a condition', conditions);
  const encoded = await encodeConditions(where, conditions, data.shape[0]!, conditionShape);
  return createArrayBatches(data, encoded, options);
}

async function readTensor(where: string, data: Tensor): Promise<ArrayData> {
  requireTensor(where, 'data', data);
  if (!['float32', 'int32', 'bool'].includes(data.dtype)) refuse(where, 'data', 'hold numbers', data.dtype);
  return { values: await data.data(), shape: data.shape };
}

function isIterable(data: unknown): data is Iterable<AnyBatch> | AsyncIterable<AnyBatch> {
  if (typeof data !== 'object' || data === null) return false;
  return Symbol.iterator in data || Symbol.asyncIterator in data;
}
