import type { ImplicitTrainingOptions } from './recommender-options.js';

/** Negatives drawn for each positive: none for a loss that finds them within the batch. */
export function negativesOf({ negatives, loss }: ImplicitTrainingOptions): number {
  return negatives ?? (loss?.isWithinBatch ? 0 : 4);
}
