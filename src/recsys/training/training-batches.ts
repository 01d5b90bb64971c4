import type { EmbeddingBatch } from '../../nn/embedding/training/embedding-step.js';

/** Where batches come from: one pass after another over the data. */
export interface TrainingBatches<B = EmbeddingBatch> {
  /** Batches of one epoch. */
  readonly perEpoch: number;
  /** Begins an epoch in a new order. A batch is good until the next one is asked for. */
  epoch(): Iterator<B, void>;
}
