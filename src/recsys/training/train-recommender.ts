import { requireFunction } from '../../internal/require.js';
import { createRng } from '../../random/rng.js';
import { bestOf, type ValidationReport } from '../../training/validation.js';
import { asRecommender } from '../kinds/as-recommender.js';
import type { Recommender } from '../recommender.js';
import { splitOf } from './open-training.js';
import {
  type AnyTrainingOptions,
  type ImplicitTrainingOptions,
  isImplicit,
  type LabelledTrainingOptions,
  type RecommenderReport,
  type TestReport,
} from './recommender-options.js';
import { runRecommender } from './recommender-steps.js';
import { testRows } from './test-rows.js';

/** What {@link trainRecommender} resolves to after learning from interactions. */
export interface ImplicitTrainingResult {
  /** The model, with the interactions as what users have seen. */
  readonly recommender: Recommender;
  /** All reports, in order: the loss curve. */
  readonly history: readonly RecommenderReport[];
  /** Steps done. */
  readonly steps: number;
  /** The measurement of `validation` whose weights the model has. Default: missing, when nothing was measured. */
  readonly best?: ValidationReport;
}

/** What {@link trainRecommender} resolves to after learning from labelled rows. */
export interface LabelledTrainingResult extends Omit<ImplicitTrainingResult, 'recommender'> {
  /** How it does on the rows kept out; missing where there were none. */
  readonly test?: TestReport;
}

interface Callbacks {
  readonly onProgress?: (report: RecommenderReport) => void | Promise<void>;
}

/**
 * Trains an embedding model to tell what users choose from what they do not, or to give rows their labels.
 *
 * From `interactions`: in every epoch each row meets `negatives` fresh items that the user does not have there. From
 * `rows` and `labels`: as a classifier or a regression, with `testShare` of the rows, chosen at random, kept for a test.
 * The loss curve says little about rankings: give a `validation`, and the best weights are kept.
 *
 * A dot product trained with `lazySgd()` and `batchSize: 1` takes a way of its own through the samples one by one, the
 * setting of the second paper; there up to 8,192 positives with their negatives count as one step of the run.
 *
 * @param options - See {@link ImplicitTrainingOptions} and {@link LabelledTrainingOptions}.
 * @returns The recommender and the reports. The model is changed in place and stays yours.
 * @throws RangeError for options or data that do not fit, before any work, and for a model that another run is training;
 *   {@link NonFiniteLossError} when the loss or a weight stops being a number, after which the model has the weights that
 *   it had before; the reason of `signal`, after which the model stands at the last whole step. With a
 *   `validation` that measured, the model has the best weights after either.
 * @see He et al., "Neural Collaborative Filtering" (2017)
 * @see Rendle et al., "Neural Collaborative Filtering vs. Matrix Factorization Revisited" (2020)
 * @example
 * const { recommender, steps } = await trainRecommender({ model, interactions, negatives: 4, epochs: 2, seed: 7 });
 * recommender.name; // 'embeddingMlp'
 */
export function trainRecommender(
  options: ImplicitTrainingOptions & {
    /** Called with every report, and waited for. What it throws ends the run. */
    readonly onProgress?: (report: RecommenderReport) => void | Promise<void>;
  },
): Promise<ImplicitTrainingResult>;
export function trainRecommender(
  options: LabelledTrainingOptions & {
    /** Called with every report, and waited for. What it throws ends the run. */
    readonly onProgress?: (report: RecommenderReport) => void | Promise<void>;
  },
): Promise<LabelledTrainingResult>;
export async function trainRecommender(
  options: AnyTrainingOptions & Callbacks,
): Promise<ImplicitTrainingResult | LabelledTrainingResult> {
  // What is no object of options is refused further on, as it is.
  const isObject = typeof options === 'object' && options !== null;
  const { onProgress, ...rest } = isObject ? options : { onProgress: undefined };
  requireFunction('trainRecommender', 'onProgress', onProgress);
  const history: RecommenderReport[] = [];
  const given = (isObject ? rest : options) as AnyTrainingOptions;
  for await (const report of runRecommender('trainRecommender', given, history)) {
    await onProgress?.(report);
  }
  const last = history.at(-1)!;
  const best = bestOf(history);
  const result = { history, steps: last.step, ...(best && { best }) };
  if (isImplicit(given)) return { ...result, recommender: asRecommender(given.model, { seen: given.interactions }) };
  const test = await testRows(given, splitOf(given, createRng(given.seed ?? 0)));
  return test ? { ...result, test } : result;
}
