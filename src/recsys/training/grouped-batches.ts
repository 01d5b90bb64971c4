import type { Interactions } from '../../data/interactions.js';
import type { EmbeddingBatch } from '../../nn/embedding/training/embedding-step.js';
import type { Rng } from '../../random/rng.js';
import type { DrawNegative } from './draw-negative.js';
import type { TrainingBatches } from './training-batches.js';

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
