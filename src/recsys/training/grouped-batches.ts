import type { Interactions } from '../../data/interactions.js';
import type { EmbeddingBatch } from '../../nn/embedding/embedding-step.js';
import type { Rng } from '../../random/rng.js';
import type { TrainingBatches } from './training-batches.js';

/** Writes the negatives of a batch behind their positives: `items` holds groups, the positive first. */
export type FillNegatives = (users: Int32Array, items: Int32Array, groupSize: number) => void;

/** Each positive in a group with its negatives, for losses that compare them. */
export function groupedBatches(
  train: Interactions,
  { negatives, batchSize }: { readonly negatives: number; readonly batchSize: number },
  fill: FillNegatives,
  rng: Rng,
): TrainingBatches {
  const groupSize = 1 + negatives;
  const groups = groupsOf(batchSize, negatives);
  return {
    perEpoch: Math.ceil(train.length / groups),
    *epoch(): Generator<EmbeddingBatch, void> {
      const order = rng.permutation(train.length);
      for (let start = 0; start < order.length; start += groups) {
        yield batchOf(train, order.subarray(start, start + groups), groupSize, fill);
      }
    },
  };
}

/** Whole groups in a batch, at least one. */
export function groupsOf(batchSize: number, negatives: number): number {
  return Math.max(1, Math.floor(batchSize / (1 + negatives)));
}

function batchOf(train: Interactions, rows: Uint32Array, groupSize: number, fill: FillNegatives): EmbeddingBatch {
  const user = new Int32Array(rows.length * groupSize);
  const item = new Int32Array(rows.length * groupSize);
  const labels = new Float32Array(rows.length * groupSize);
  rows.forEach((row, group) => {
    const start = group * groupSize;
    user.fill(train.userIndices[row]!, start, start + groupSize);
    item[start] = train.itemIndices[row]!;
    labels[start] = 1;
  });
  fill(user, item, groupSize);
  return { rows: { user, item }, labels, groupSize };
}
