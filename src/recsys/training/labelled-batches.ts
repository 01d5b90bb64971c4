import type { EmbeddingBatch } from '../../nn/embedding/training/embedding-step.js';
import type { Rng } from '../../random/rng.js';
import type { LabelledTrainingOptions } from './recommender-options.js';
import { selectRows } from './select-rows.js';
import type { TrainingBatches } from './training-batches.js';

/** Batches of the labelled rows at `indices`, in a new order every epoch. */
export function labelledBatches(
  { model, rows, labels }: LabelledTrainingOptions,
  indices: Uint32Array,
  batchSize: number,
  rng: Rng,
): TrainingBatches {
  return {
    perEpoch: Math.ceil(indices.length / batchSize),
    *epoch(): Generator<EmbeddingBatch, void> {
      const order = rng.permutation(indices.length).map((place) => indices[place]!);
      for (let start = 0; start < order.length; start += batchSize) {
        const chosen = order.subarray(start, start + batchSize);
        yield {
          rows: selectRows(model.features, rows, chosen),
          labels: Float32Array.from(chosen, (index) => labels[index]!),
        };
      }
    },
  };
}
