import { refuse } from '../../internal/require.js';
import type { EmbeddingModel } from '../../nn/embedding/embedding-model.js';
import type { Recommender } from '../recommender.js';
import { copyWeights, type ModelWeights, restoreWeights } from './model-weights.js';

/** Options of `validation` in {@link trainRecommender}. */
export interface Validation {
  /**
   * How good the model is, more being better, on rows that it is not trained on; for instance
   * `async (recommender) => (await evaluateRanking(recommender, { train, test, k: 10 })).ndcg.value`.
   */
  measure(recommender: Recommender): number | Promise<number>;
  /** Epochs from one measurement to the next, >= 1. Default 1. */
  readonly every?: number;
  /** Ends the run after so many measurements in a row without a new best. By default it goes on to its end. */
  readonly patience?: number;
}

/** One measurement. */
export interface ValidationReport {
  /** The epoch after which it was taken. */
  readonly epoch: number;
  /** What `measure` said. */
  readonly value: number;
  /** The epoch of the best value so far. */
  readonly bestEpoch: number;
  /** The best value so far. */
  readonly bestValue: number;
}

/** Measures, remembers the best weights, and says when to stop. */
export interface Validator {
  /** The last measurement. */
  readonly last: ValidationReport | undefined;
  /** Whether patience is at its end. */
  readonly isOver: boolean;
  /** To be called at the end of each epoch. Returns whether it measured. */
  endEpoch(epoch: number): Promise<boolean>;
  /** Gives the model the best weights again. */
  restoreBest(): void;
}

/** Makes the validator of one run. */
export function createValidator(
  where: string,
  model: EmbeddingModel,
  recommender: Recommender,
  options: Validation,
): Validator {
  const { every = 1, patience = Number.POSITIVE_INFINITY } = options;
  let best: ModelWeights | undefined;
  let last: ValidationReport | undefined;
  let worse = 0;
  return {
    get last() {
      return last;
    },
    get isOver() {
      return worse >= patience;
    },
    endEpoch: async (epoch) => {
      if (epoch % every !== 0) return false;
      const value = await options.measure(recommender);
      if (!Number.isFinite(value)) refuse(where, 'validation.measure', 'return a number', value);
      const isBest = last === undefined || value > last.bestValue;
      last = { epoch, value, bestEpoch: isBest ? epoch : last!.bestEpoch, bestValue: isBest ? value : last!.bestValue };
      worse = isBest ? 0 : worse + 1;
      if (isBest) best = await copyWeights(model, best);
      return true;
    },
    restoreBest: () => {
      if (best && last && last.epoch !== last.bestEpoch) restoreWeights(model, best);
    },
  };
}
