import { cast, dispose, Tensor, tensor } from '@tensorflow/tfjs-core';
import { refuse, refuseEmpty, requirePositiveInteger, requireWholeNumber } from '../internal/require.js';
import { untilAborted } from '../internal/signal.js';
import { isArrayData, requireArrayData, requireSampleShape } from './array-data.js';
import type { AnyBatch, Batch, BatchSource, BatchSourceOptions, ConditionalBatch, OpenBatch } from './batch-source.js';
import { encodeConditions } from './conditions.js';
import { requireValues } from './value-range.js';

type Batches = Iterable<AnyBatch> | AsyncIterable<AnyBatch>;
type BatchIterator = Iterator<AnyBatch> | AsyncIterator<AnyBatch>;

/**
 * Batches from an iterable, in its own order and sizes, a smaller last one included. A new iterator is asked for every
 * epoch. Typed arrays are checked batch by batch, tensors once: reading each would stall a GPU.
 */
export function createIterableBatches(data: Batches, options: BatchSourceOptions): BatchSource {
  const { where, epochs, signal } = options;
  if (options.batchSize !== undefined) {
    refuse(where, 'batchSize', 'be left out for an iterable, whose batches come in their own size', options.batchSize);
  }
  if (options.conditions !== undefined) {
    refuse(where, 'conditions', 'be left out for an iterable, which yields { samples, conditions }', 'conditions');
  }
  let iterator: BatchIterator | undefined;
  // Whether it was asked for a batch that did not come: its end would wait for that batch.
  let waiting = false;
  let finishedEpochs = 0;
  let inEpoch = 0;
  let batchesPerEpoch = Number.POSITIVE_INFINITY;

  const next = async (): Promise<OpenBatch | undefined> => {
    iterator ??= open(where, data);
    waiting = true;
    const { done, value } = requireResult(where, await untilAborted(iterator.next(), signal));
    waiting = false;
    if (!done) {
      inEpoch += 1;
      return openBatch(value, inEpoch === 1 && finishedEpochs === 0, options);
    }
    iterator = undefined;
    if (inEpoch === 0) refuseNothing(where, finishedEpochs);
    batchesPerEpoch = inEpoch;
    finishedEpochs += 1;
    inEpoch = 0;
    return finishedEpochs < epochs ? next() : undefined;
  };
  return {
    totalBatches: () => (Number.isFinite(epochs) ? batchesPerEpoch * epochs : Number.POSITIVE_INFINITY),
    next,
    state: () => ({ finishedEpochs, inEpoch, batchesPerEpoch }),
    restore: async (state) => {
      const saved = requirePlace(state);
      // Its batches cannot be pointed at: those that were used are asked for again, and passed over.
      for (let skipped = 0; skipped < saved.inEpoch; skipped += 1) {
        iterator ??= open(where, data);
        const { done } = requireResult(where, await untilAborted(iterator.next(), signal));
        if (done) refuse(where, 'data', `yield ${saved.inEpoch} batches again, to go on behind them`, skipped);
      }
      ({ finishedEpochs, inEpoch, batchesPerEpoch } = saved);
    },
    close: async () => {
      const ending = iterator?.return?.();
      if (waiting || signal?.aborted) void Promise.resolve(ending).catch(() => {});
      else await ending;
    },
  };
}

interface Place {
  readonly finishedEpochs: number;
  readonly inEpoch: number;
  readonly batchesPerEpoch: number;
}

function requirePlace(state: unknown): Place {
  const { finishedEpochs, inEpoch, batchesPerEpoch } = (state ?? {}) as Partial<Place>;
  requireWholeNumber('restore', 'state.finishedEpochs', finishedEpochs);
  requireWholeNumber('restore', 'state.inEpoch', inEpoch);
  if (batchesPerEpoch !== Number.POSITIVE_INFINITY) {
    requirePositiveInteger('restore', 'state.batchesPerEpoch', batchesPerEpoch);
  }
  return state as Place;
}

function open(where: string, data: Batches): BatchIterator {
  const iterator: BatchIterator = Symbol.asyncIterator in data ? data[Symbol.asyncIterator]() : data[Symbol.iterator]();
  if (typeof iterator?.next !== 'function')
    refuse(where, 'data', 'be iterable: give an iterator with `next`', iterator);
  return iterator;
}

function requireResult(where: string, result: IteratorResult<AnyBatch>): IteratorResult<AnyBatch> {
  if (typeof result === 'object' && result !== null) return result;
  refuse(where, 'data', 'be iterable: `next` must give { done, value }', result);
}

// A generator object is used up after one pass: its second pass yields nothing.
function refuseNothing(where: string, finishedEpochs: number): never {
  if (finishedEpochs === 0) refuseEmpty(where, 'data', 'an iterable without batches');
  refuse(
    where,
    'data',
    'start anew every epoch (an object whose [Symbol.iterator] or [Symbol.asyncIterator] returns a new iterator)',
    `an iterable that yields nothing in epoch ${finishedEpochs + 1}`,
  );
}

async function openBatch(batch: AnyBatch, first: boolean, options: BatchSourceOptions): Promise<OpenBatch> {
  const { where, conditionShape } = options;
  const paired = isConditional(batch);
  if (conditionShape === undefined) {
    if (paired) refuse(where, 'data', 'yield no conditions: the networks take none', '{ samples, conditions }');
    const samples = await openSamples(batch, first, options);
    return { samples, release: () => samples.dispose() };
  }
  if (!paired) refuse(where, 'data', 'yield { samples, conditions }: the networks take a condition', batch);
  const samples = await openSamples(batch.samples, first, options);
  try {
    const encoded = await encodeConditions(where, batch.conditions, samples.shape[0]!, conditionShape);
    const conditions = tensor(encoded.values, [...encoded.shape], 'float32');
    return { samples, conditions, release: () => dispose([samples, conditions]) };
  } catch (error) {
    samples.dispose();
    throw error;
  }
}

function isConditional(batch: AnyBatch): batch is ConditionalBatch {
  return typeof batch === 'object' && batch !== null && 'samples' in batch && 'conditions' in batch;
}

async function openSamples(batch: Batch, first: boolean, options: BatchSourceOptions): Promise<Tensor> {
  const { where, sampleShape, range } = options;
  if (batch instanceof Tensor) {
    requireSampleShape(where, 'data', batch.shape, sampleShape);
    if (first) requireValues(where, 'data', await batch.data(), range);
    // A handle of our own on the same memory: the user may dispose the batch as soon as the next one is asked for.
    return cast(batch, 'float32');
  }
  if (!isArrayData(batch)) refuse(where, 'data', 'yield Tensors or { values, shape }', batch);
  requireArrayData(where, 'data', batch);
  requireSampleShape(where, 'data', batch.shape, sampleShape);
  requireValues(where, 'data', batch.values, range);
  return tensor(new Float32Array(batch.values), [...batch.shape], 'float32');
}
