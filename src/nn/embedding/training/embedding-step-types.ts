import type { Rng } from '../../../random/rng.js';
import type { FeatureColumns } from '../inputs/features.js';
import type { EmbeddingLoss } from '../losses/embedding-loss.js';
import type { EmbeddingOptimizer } from './embedding-optimizer.js';

/** N rows to learn from. */
export interface EmbeddingBatch {
  /** Values of the features that the model does not look up by itself. */
  readonly rows: FeatureColumns;
  /** `[N]`: 0 or 1 for `binary`, a number for `value`, a count for `count`. */
  readonly labels: Float32Array;
  /** `[N]`: how much each row counts; 1 where missing. */
  readonly weights?: Float32Array;
  /** Rows come in groups of this many, the positive first, for losses that compare rows. Default 1. */
  readonly groupSize?: number;
}

/** Options of {@link createEmbeddingStep}. */
export interface EmbeddingStepOptions {
  /** What is made small. The default goes with the model's head: cross-entropy, squared error or Poisson. */
  readonly loss?: EmbeddingLoss;
  /** How weights move. Default `denseAdam()`. */
  readonly optimizer?: EmbeddingOptimizer;
  /** L2 penalty: this times a row's values is added to its gradient, in each batch that touches it. Default 0. */
  readonly regularization?: number;
  /** Where dropout masks are drawn from; needed by a model with dropout. */
  readonly rng?: Rng;
}

/** All that an optimizer remembers, on the host: with the weights and `rng`, training goes on with the same bits. */
export interface EmbeddingStepState {
  /** Updates done. */
  readonly updates: number;
  /** Step size of the next update. */
  readonly learningRate: number;
  /** Moments by the name of a table or variable and of the moment, such as `'user/m'`; the step's own arrays. */
  readonly moments: Readonly<Record<string, Float32Array>>;
}

/** One update after another of a model in training. Made by {@link createEmbeddingStep}. */
export interface EmbeddingStep {
  /** Step size of the next update: change it for a schedule. */
  learningRate: number;
  /** Learns from one batch. One at a time: wait for it before the next. */
  update(batch: EmbeddingBatch): Promise<void>;
  /** The losses of all updates since the last call, each before its update. */
  readLosses(): Promise<Float32Array>;
  /** What the optimizer remembers: live arrays, to be copied or written before the next update. */
  state(): EmbeddingStepState;
  /** Takes over a state from {@link EmbeddingStep.state}, copying it. */
  restore(state: EmbeddingStepState): void;
  /** Frees what training needed; the model stays. */
  dispose(): void;
}
