import { NonFiniteLossError } from '../../../internal/non-finite-loss-error.js';
import type { EmbeddingBatch, ExactStep, ExactStepState } from '../../../nn/embedding/training/embedding-step.js';

/** What one trainer does: an update for a batch, and the losses since they were last read. */
export interface Learner<B> {
  /** Learns from a batch, at a step counted from 1. */
  learn(batch: B, step: number): Promise<void>;
  /** How many rows a batch has. */
  size(batch: B): number;
  /** A loss for each step since the last call. */
  readLosses(): Promise<ArrayLike<number>>;
  /** Makes the model's own weights current, where they lag behind. */
  settle(): Promise<void>;
  /** What it remembers between two batches besides the model's weights, once they are settled. */
  state(): unknown;
  /** Takes over such a state, when the model has its weights. */
  restore(state: unknown): void | Promise<void>;
  /** Frees what training needed; the model stays. */
  dispose(): void;
}

/** What a learner remembers, whatever it learns from. */
export type AnyLearner = Pick<Learner<never>, 'settle' | 'state' | 'restore'>;

/** A learner that updates a model with one batch after another. */
export function stepLearner(where: string, step: ExactStep): Learner<EmbeddingBatch> {
  return {
    learn: async (batch, at) => {
      await step.update(batch).catch((error: unknown) => {
        throw inNameOf(where, error, at);
      });
    },
    size: ({ labels }) => labels.length,
    readLosses: () => step.readLosses(),
    settle: async () => undefined,
    state: () => step.exactState(),
    restore: (state) => step.restoreExact(state as ExactStepState),
    dispose: () => step.dispose(),
  };
}

function inNameOf(where: string, error: unknown, step: number): unknown {
  if (!(error instanceof NonFiniteLossError)) return error;
  return new NonFiniteLossError(where, error.network, step, error.value, error.what, error.layer);
}
