import type { Interactions } from '../../data/interactions.js';
import type { EmbeddingBatch } from '../../nn/embedding/training/embedding-step.js';
import type { Rng } from '../../random/rng.js';
import type { DrawNegative } from './draw-negative.js';
import { blockPositives, pointwiseBlocks } from './sample-blocks.js';
import type { TrainingBatches } from './training-batches.js';

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
