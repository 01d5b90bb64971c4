import { reserve } from '../../internal/reserve.js';
import { prepareBackend } from '../../kernels/prepare-backend.js';
import { createRng } from '../../random/rng.js';
import { runSteps } from '../../training/run-steps.js';
import { asRecommender } from '../kinds/as-recommender.js';
import { checkTrainingOptions, isImplicit } from './check-training-options.js';
import { openTraining } from './open-training.js';
import type { RecommenderReport, RecommenderTrainingOptions } from './recommender-options.js';
import { createValidator, type Validator } from './validation.js';

/** Behind `recommenderSteps` and `trainRecommender`, which differ in their name in messages. */
export async function* runRecommender(
  where: string,
  options: RecommenderTrainingOptions,
): AsyncGenerator<RecommenderReport, void> {
  checkTrainingOptions(where, options);
  const release = reserve(where, { model: options.model });
  try {
    yield* train(where, options);
  } finally {
    release();
  }
}

async function* train(where: string, options: RecommenderTrainingOptions): AsyncGenerator<RecommenderReport, void> {
  await prepareBackend();
  const { epochs = Number.POSITIVE_INFINITY, steps = Number.POSITIVE_INFINITY, seed = 0, signal } = options;
  const validator = validatorOf(where, options);
  const plan = { where, epochs, steps, ...(validator ? { validator } : {}) };
  const work = await openTraining(plan, options, createRng(seed));
  const reportEvery = options.reportEvery ?? work.perEpoch;
  try {
    yield* runSteps(work, { reportEvery, ...(signal ? { signal } : {}) });
  } finally {
    await work.close();
  }
  validator?.restoreBest();
}

function validatorOf(where: string, options: RecommenderTrainingOptions): Validator | undefined {
  if (!isImplicit(options) || !options.validation) return undefined;
  const { model, interactions, validation } = options;
  return createValidator(where, model, asRecommender(model, { seen: interactions }), validation);
}
