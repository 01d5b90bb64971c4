import type { Interactions } from '../../data/interactions.js';
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
import { type KeepingOptions, signalForLooks } from '../../saving/checkpoint-options.js';
import { createValidator, requirePace, type Validator } from '../../training/validation.js';
import { evaluateRanking } from '../evaluation/evaluate-ranking.js';
import { type AccuracyMetricName, rankingMetrics } from '../evaluation/ranking-metrics.js';
import type { EvaluateRankingOptions } from '../evaluation/ranking-options.js';
import { asRecommender } from '../kinds/as-recommender.js';
import type { Recommender } from '../recommender.js';
import { copyWeights, findBrokenWeight, type ModelWeights, restoreWeights } from './model-weights.js';

/** Measures a ranking metric on rows kept out of training, by {@link evaluateRanking}. */
export interface RankingValidation extends Pick<EvaluateRankingOptions, 'exclude' | 'k' | 'negatives' | 'seed'> {
  /** The rows, such as the part `validation` of {@link leaveLastOut}. Not the test rows: what is chosen by them flatters. */
  readonly interactions: Interactions;
  /** Which metric is to be high. Default `'ndcg'`. */
  readonly metric?: AccuracyMetricName;
  /** Epochs from one measurement to the next, >= 1. The last step is measured too. Default 1. */
  readonly every?: number;
  /** Ends the run after so many measurements in a row without a new best. By default it goes on to its end. */
  readonly patience?: number;
}

/** Measures in a way of your own. */
export interface CustomValidation extends Pick<RankingValidation, 'every' | 'patience'> {
  /** How good the model is, more being better, on rows that it is not trained on. */
  measure(recommender: Recommender): number | Promise<number>;
}

/** Either of them. */
export type Validation = RankingValidation | CustomValidation;

interface ValidatedTraining extends KeepingOptions {
  readonly model: EmbeddingModel;
  readonly interactions: Interactions;
  readonly validation?: Validation;
  readonly signal?: AbortSignal;
}

/** What measures the model of a run, where that is asked for. */
export function recommenderValidator(
  where: string,
  options: ValidatedTraining,
  perEpoch: number,
): Validator | undefined {
  const { model, interactions, validation } = options;
  if (!validation) return undefined;
  return createRecommenderValidator<ModelWeights>(where, validation, perEpoch, signalForLooks(options), {
    recommender: asRecommender(model, { seen: interactions }),
    copy: async (into) => ((await findBrokenWeight(model)) === undefined ? copyWeights(model, into) : undefined),
    restore: (kept) => restoreWeights(model, kept),
  });
}

/** What a validation measures: a recommender over weights that can be copied and put back. */
export interface MeasuredModel<Copy> {
  readonly recommender: Recommender;
  /** Copies the weights, into an earlier copy where there is one; nothing comes of weights that are not finite. */
  copy(into: Copy | undefined): Promise<Copy | undefined>;
  restore(kept: Copy): void;
}

/** What measures any recommender in training. */
export function createRecommenderValidator<Copy>(
  where: string,
  validation: Validation,
  perEpoch: number,
  signal: AbortSignal | undefined,
  { recommender, copy, restore }: MeasuredModel<Copy>,
): Validator {
  const { every = 1, patience } = validation;
  return createValidator<Copy, { value: number }>({
    ...{ every: every * perEpoch, unit: perEpoch, patience, signal, copy, restore },
    isBetter: (value, best) => value > best,
    measure: async () => {
      const value = await measure(recommender, validation, signal);
      if (!Number.isFinite(value)) refuse(where, 'validation', 'give a finite number', value);
      return { value };
    },
  });
}

async function measure(recommender: Recommender, options: Validation, signal?: AbortSignal): Promise<number> {
  if ('measure' in options) return options.measure(recommender);
  const { interactions, metric = 'ndcg', every: _, patience: __, ...rest } = options;
  const fast = { metrics: [metric], baseline: null, resamples: 0 };
  const report = await evaluateRanking(recommender, { ...rest, ...fast, test: interactions, signal });
  return report.metrics[metric].value;
}

type Names = OptionNames<Required<RankingValidation & CustomValidation>>;

/**
 * Refuses a `validation` that cannot measure.
 *
 * @param requireKnown - Refuses rows of ids that the model does not know.
 */
export function checkValidation(
  where: string,
  validation: Validation,
  requireKnown: (interactions: Interactions) => void,
): void {
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
  else checkRanking(where, validation as RankingValidation, requireKnown);
  requirePace(where, validation);
}

// What would only be refused after an epoch of work.
function checkRanking(
  where: string,
  validation: RankingValidation,
  requireKnown: (interactions: Interactions) => void,
): void {
  const { interactions, metric, exclude, k, negatives, seed } = validation;
  requireKnown(interactions);
  const metrics = Object.entries(rankingMetrics).flatMap(([name, { judges }]) => (judges === 'ranks' ? [name] : []));
  if (metric !== undefined) requireOneOf(where, 'validation.metric', metrics, metric);
  if (exclude !== undefined) requireOneOf(where, 'validation.exclude', ['seen', 'nothing'], exclude);
  if (k !== undefined) requirePositiveInteger(where, 'validation.k', k);
  if (typeof negatives === 'number') requireBetween(where, 'validation.negatives', negatives, k ?? 10, 2 ** 31);
  requireSeed(where, seed);
}
