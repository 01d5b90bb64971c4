import type { EmbeddingBatch, EmbeddingStep } from '../../nn/embedding/embedding-step.js';
import type { Learner } from './recommender-work.js';

/** A learner that updates a model with one batch after another. */
export function stepLearner(step: EmbeddingStep): Learner<EmbeddingBatch> {
  return {
    learn: async (batch) => {
      await step.update(batch);
      return batch.labels.length;
    },
    readLosses: () => step.readLosses(),
    settle: async () => undefined,
    dispose: () => step.dispose(),
  };
}
