import { NonFiniteLossError } from '../../internal/non-finite-loss-error.js';
import type { EmbeddingBatch, EmbeddingStep } from '../../nn/embedding/training/embedding-step.js';
import type { Learner } from './recommender-work.js';

/** A learner that updates a model with one batch after another. */
export function stepLearner(where: string, step: EmbeddingStep): Learner<EmbeddingBatch> {
  return {
    learn: async (batch) => {
      await step.update(batch).catch((error: unknown) => {
        throw inNameOf(where, error);
      });
      return batch.labels.length;
    },
    readLosses: () => step.readLosses(),
    settle: async () => undefined,
    dispose: () => step.dispose(),
  };
}

function inNameOf(where: string, error: unknown): unknown {
  if (!(error instanceof NonFiniteLossError)) return error;
  return new NonFiniteLossError(where, error.network, error.step, error.value, error.what);
}
