import { closeAll } from '../../internal/close-all.js';
import { reserve } from '../../internal/reserve.js';
import { prepareBackend } from '../../kernels/prepare-backend.js';
import { createRng } from '../../random/rng.js';
import type { Checkpoints } from '../../saving/checkpoints.js';
import { type LoopOptions, loggedRun, runSteps } from '../../training/run-steps.js';
import type { Validator } from '../../training/validation.js';
import { checkTrainingOptions } from './check-training-options.js';
import { openTraining } from './open-training.js';
import {
  type AnyTrainingOptions,
  type ImplicitTrainingOptions,
  isImplicit,
  type LabelledTrainingOptions,
  type RecommenderReport,
} from './recommender-options.js';
import type { RecommenderWork } from './recommender-work.js';
import { recommenderValidator } from './validation.js';

/**
 * Trains a recommender step by step: an async iterator that updates the model, yields a report, and goes on when it is
 * asked for the next. The model is whole and usable at every report; leave the loop to stop: with a `validation` the model
 * then has the best weights that were measured.
 *
 * {@link trainRecommender} is a loop over this.
 *
 * @param options - See {@link ImplicitTrainingOptions} and {@link LabelledTrainingOptions}.
 * @returns The iterator; it yields every `reportEvery` steps and after the last.
 * @throws RangeError for options or data that do not fit, before any work; {@link NonFiniteLossError} when the loss
 *   stops being a number; the reason of `signal`.
 * @example
 * for await (const { step, loss } of recommenderSteps({ model, interactions, steps: 20, reportEvery: 10 })) {
 *   console.log(step, loss);
 * }
 */
export function recommenderSteps(
  options: ImplicitTrainingOptions | LabelledTrainingOptions,
): AsyncGenerator<RecommenderReport, void> {
  return runRecommender('recommenderSteps', options);
}

/**
 * Behind `recommenderSteps` and `trainRecommender`, which differ in their name in messages.
 *
 * @param history - Takes in the reports of a run that goes on, then all that are handed out.
 */
export async function* runRecommender(
  where: string,
  options: AnyTrainingOptions,
  history?: RecommenderReport[],
): AsyncGenerator<RecommenderReport, void> {
  checkTrainingOptions(where, options);
  const release = reserve(where, { model: options.model });
  try {
    yield* train(where, options, history);
  } finally {
    release();
  }
}

async function* train(
  where: string,
  options: AnyTrainingOptions,
  history?: RecommenderReport[],
): AsyncGenerator<RecommenderReport, void> {
  await prepareBackend();
  const { epochs = Number.POSITIVE_INFINITY, steps = Number.POSITIVE_INFINITY, seed = 0, signal } = options;
  const work = await openTraining({ where, epochs, steps }, options, createRng(seed));
  const validator = isImplicit(options) ? recommenderValidator(where, options, work.perEpoch) : undefined;
  const reportEvery = options.reportEvery ?? work.perEpoch;
  const isKept = options.checkpoint !== undefined || options.resume !== undefined;
  const open = async () => {
    const { openRecommenderCheckpoints } = await import('./recommender-checkpoint.js');
    return openRecommenderCheckpoints(where, { ...options, reportEvery }, work, validator);
  };
  const pace = { reportEvery, ...(signal ? { signal } : {}) };
  yield* runWork(work, pace, { validator, openCheckpoints: isKept ? open : undefined }, history);
}

/** What goes with the work of a run. */
interface WorkCompany {
  readonly validator: Validator | undefined;
  /** Opens the checkpoints of a run that has some. */
  readonly openCheckpoints: (() => Promise<Checkpoints | undefined>) | undefined;
}

/** The run of any trainer of recommenders, and its end. */
export async function* runWork(
  work: RecommenderWork,
  pace: LoopOptions,
  { validator, openCheckpoints }: WorkCompany,
  history?: RecommenderReport[],
): AsyncGenerator<RecommenderReport, void> {
  let checkpoints: Checkpoints | undefined;
  try {
    checkpoints = await openCheckpoints?.();
    const run = runSteps(work, pace, { validator, checkpoints, recovery: work.recovery });
    yield* loggedRun(run, checkpoints, history);
  } finally {
    // However it ends: an abort, an error or a loop that is left early loses no best weights.
    await closeAll([checkpoints?.close, work.close, validator?.restoreBest]);
  }
}
