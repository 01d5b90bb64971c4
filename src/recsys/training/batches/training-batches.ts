import type { Interactions } from '../../../data/interactions.js';
import type { EmbeddingBatch } from '../../../nn/embedding/training/embedding-step.js';
import type { Rng } from '../../../random/rng.js';
import type { DrawNegative } from '../negatives/draw-negative.js';
import { blockPositives, pointwiseBlocks } from './sample-blocks.js';

/** Where batches come from: one pass after another over the data. */
export interface TrainingBatches<B = EmbeddingBatch> {
  /** Batches of one epoch. */
  readonly perEpoch: number;
  /** Begins an epoch in a new order. A batch is good until the next one is asked for. */
  epoch(): Iterator<B, void>;
}

/** Positives and their negatives, each a row of its own, all mixed. */
export function pointwiseBatches(
  train: Interactions,
  { negatives, batchSize }: { readonly negatives: number; readonly batchSize: number },
  draw: DrawNegative,
  rng: Rng,
): TrainingBatches {
  const blockSize = wholeBatches(batchSize, 1 + negatives);
  return {
    perEpoch: Math.ceil((train.length * (1 + negatives)) / batchSize),
    *epoch(): Generator<EmbeddingBatch, void> {
      for (const { users, items, labels } of pointwiseBlocks(train, negatives, draw, rng, blockSize)) {
        for (let start = 0; start < users.length; start += batchSize) {
          const end = start + batchSize;
          const rows = { user: users.subarray(start, end), item: items.subarray(start, end) };
          yield { rows, labels: labels.subarray(start, end) };
        }
      }
    },
  };
}

// As many positives as make whole batches with their negatives, so that only an epoch's last batch is smaller.
function wholeBatches(batchSize: number, samplesEach: number): number {
  const unit = batchSize / greatestDivisor(batchSize, samplesEach);
  return unit * Math.max(1, Math.floor(blockPositives / unit));
}

function greatestDivisor(left: number, right: number): number {
  return right === 0 ? left : greatestDivisor(right, left % right);
}

/** Each positive in a group with its negatives, for losses that compare them. */
export function groupedBatches(
  train: Interactions,
  { negatives, batchSize }: { readonly negatives: number; readonly batchSize: number },
  draw: DrawNegative,
  rng: Rng,
): TrainingBatches {
  const groupSize = 1 + negatives;
  const groups = Math.max(1, Math.floor(batchSize / groupSize));
  return {
    perEpoch: Math.ceil(train.length / groups),
    *epoch(): Generator<EmbeddingBatch, void> {
      const order = rng.permutation(train.length);
      for (let start = 0; start < order.length; start += groups) {
        yield batchOf(train, order.subarray(start, start + groups), groupSize, draw);
      }
    },
  };
}

function batchOf(train: Interactions, rows: Uint32Array, groupSize: number, draw: DrawNegative): EmbeddingBatch {
  const user = new Int32Array(rows.length * groupSize);
  const item = new Int32Array(rows.length * groupSize);
  const labels = new Float32Array(rows.length * groupSize);
  rows.forEach((row, group) => {
    const start = group * groupSize;
    const owner = train.userIndices[row]!;
    user.fill(owner, start, start + groupSize);
    item[start] = train.itemIndices[row]!;
    labels[start] = 1;
    for (let place = start + 1; place < start + groupSize; place += 1) item[place] = draw(owner);
  });
  return { rows: { user, item }, labels, groupSize };
}
