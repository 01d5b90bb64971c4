import { type OptionNames, requireOptions } from '../../internal/options.js';
import {
  refuse,
  requireBetween,
  requireFunction,
  requireOneOf,
  requirePositiveInteger,
  requireSeed,
} from '../../internal/require.js';
import type { EmbeddingModel } from '../../nn/embedding/models/embedding-model.js';
import { requireInteractions } from './check-interactions.js';
import type { CustomValidation, RankingValidation, Validation } from './validation.js';

type Names = OptionNames<Required<RankingValidation & CustomValidation>>;

/** Refuses a `validation` that cannot measure. */
export function checkValidation(where: string, model: EmbeddingModel, validation: Validation): void {
  const pace = { every: true, patience: true } as const;
  const ranking = { interactions: true, metric: true, exclude: true, k: true, negatives: true, seed: true } as const;
  requireOptions(where, validation as never, { ...pace, ...ranking, measure: true } as Names, 'validation');
  const { interactions, measure } = (validation ?? {}) as Partial<RankingValidation & CustomValidation>;
  if ((interactions === undefined) === (measure === undefined)) {
    refuse(where, 'validation', 'have `interactions`, or else a function `measure`, and not both', validation);
  }
  requireFunction(where, 'validation.measure', measure);
  const given = Object.fromEntries(Object.entries(validation).filter(([, value]) => value !== undefined));
  if (measure) requireOptions(where, given, { ...pace, measure: true } as never, 'validation');
  else checkRanking(where, model, validation as RankingValidation);
  const { every = 1, patience = 1 } = validation;
  requirePositiveInteger(where, 'validation.every', every);
  requirePositiveInteger(where, 'validation.patience', patience);
}

// What would only be refused after an epoch of work.
function checkRanking(where: string, model: EmbeddingModel, validation: RankingValidation): void {
  const { interactions, metric, exclude, k, negatives, seed } = validation;
  requireInteractions(where, model, interactions);
  const metrics = ['hitRate', 'ndcg', 'reciprocalRank', 'recall', 'precision', 'averagePrecision', 'auc'];
  if (metric !== undefined) requireOneOf(where, 'validation.metric', metrics, metric);
  if (exclude !== undefined) requireOneOf(where, 'validation.exclude', ['seen', 'nothing'], exclude);
  if (k !== undefined) requirePositiveInteger(where, 'validation.k', k);
  if (typeof negatives === 'number') requireBetween(where, 'validation.negatives', negatives, k ?? 10, 2 ** 31);
  requireSeed(where, seed);
}
