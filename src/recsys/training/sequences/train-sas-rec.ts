import { requireFunction } from '../../../internal/require.js';
import { reserve } from '../../../internal/reserve.js';
import { denseAdam } from '../../../nn/embedding/training/embedding-optimizer.js';
import { findBrokenNumber, type SasRecModel } from '../../../nn/sequences/sas-rec-model.js';
import { openSequenceStep } from '../../../nn/sequences/training/sequence-step.js';
import { createRng } from '../../../random/rng.js';
import { signalForLooks } from '../../../saving/checkpoint-options.js';
import { createRecovery } from '../../../training/recovery.js';
import { bestOf, type Validator } from '../../../training/validation.js';
import { sasRecRecommender } from '../../kinds/sequences/sas-rec-recommender.js';
import type { AnyLearner } from '../learners/step-learner.js';
import { createDrawNegative } from '../negatives/draw-negative.js';
import { uniformNegatives } from '../negatives/negative-sampling.js';
import type { RecommenderReport } from '../recommender-options.js';
import { runWork } from '../recommender-steps.js';
import { createRecommenderWork, type RecommenderWork } from '../recommender-work.js';
import { createRecommenderValidator } from '../validation.js';
import {
  checkSasRecOptions,
  negativesOf,
  type SasRecTrainingOptions,
  type SasRecTrainingResult,
} from './sas-rec-options.js';
import { sequenceBatches } from './sequence-batches.js';
import { sequenceLearner } from './sequence-learner.js';

const where = 'trainSasRec';

/**
 * Trains a model to say what comes next: gSASRec as it is, SASRec with `negatives: 1` and `calibration: 0`.
 *
 *     loss = mean over positions of (-beta * log sigmoid(s+) - sum over k negatives of log(1 - sigmoid(s-))) / (1 + k)
 *     beta = 1 - t * (1 - k / (items - 1))
 *
 * s+ is the score of the item that came next, s- those of negatives. The authors draw negatives for each position; here all
 * positions of a sequence share them, whose scores are then one product of matrices: the expected gradient is the same. A
 * negative that is the very item that came next does not count there. Sequences are worked on packed, without padding, on the
 * host by the WebAssembly kernels whatever the backend, a few at a time, so that memory does not grow with the batch; the event
 * loop turns in between.
 *
 * It takes hours where rules take seconds: an epoch of MovieLens-1M (0.7 million positions, 64 numbers each) takes about half
 * a minute on one core, and a hundred or more are needed. {@link sequentialRulesRecommender} and {@link easeRecommender} come
 * first; keep this where it beats them on `validation`.
 *
 * @param options - See {@link SasRecTrainingOptions}.
 * @returns The recommender and the reports. The model is changed in place and stays yours.
 * @throws RangeError for options or data that do not fit, before any work, and for a model that another run is training;
 *   {@link NonFiniteLossError} when the loss or a gradient stops being a number, after which the model has the weights that it
 *   had before; the reason of `signal`, after which the model stands at the last whole step. With a `validation` that
 *   measured, the model has the best weights after either.
 * @see Kang and McAuley, "Self-Attentive Sequential Recommendation" (2018)
 * @see Petrov and Macdonald, "gSASRec: Reducing Overconfidence in Sequential Recommendation Trained with Negative Sampling" (2023)
 * @example
 * const model = buildSasRec({ items: interactions.items, embeddingSize: 8, maxLength: 20, seed: 1 });
 * const { recommender, steps } = await trainSasRec({ model, interactions, epochs: 2, seed: 7 });
 * recommender.name; // 'sasRec'
 */
export async function trainSasRec(options: SasRecTrainingOptions): Promise<SasRecTrainingResult> {
  checkSasRecOptions(where, options);
  const { model, interactions, onProgress } = options;
  requireFunction(where, 'onProgress', onProgress);
  const release = reserve(where, { model });
  const history: RecommenderReport[] = [];
  try {
    for await (const report of run(options, history)) await onProgress?.(report);
  } finally {
    release();
  }
  const best = bestOf(history);
  const recommender = sasRecRecommender(model, { seen: interactions });
  return { recommender, history, steps: history.at(-1)!.step, ...(best && { best }) };
}

async function* run(options: SasRecTrainingOptions, history: RecommenderReport[]) {
  const { signal, checkpoint, resume } = options;
  signal?.throwIfAborted();
  const work = await openWork(options);
  const validator = validatorOf(options, work.perEpoch);
  const pace = { reportEvery: options.reportEvery ?? work.perEpoch, ...(signal && { signal }) };
  const open = async () => {
    const { openSasRecCheckpoints } = await import('./sas-rec-checkpoint.js');
    return openSasRecCheckpoints(where, { ...options, ...pace }, work, validator);
  };
  const openCheckpoints = checkpoint || resume ? open : undefined;
  yield* runWork(work, pace, { validator, openCheckpoints }, history);
}

async function openWork(options: SasRecTrainingOptions): Promise<RecommenderWork> {
  const { model, interactions, batchSize = 128, calibration = 0.75, optimizer = denseAdam(), seed = 0 } = options;
  const { epochs = Number.POSITIVE_INFINITY, steps = Number.POSITIVE_INFINITY } = options;
  const { negativeSampling = uniformNegatives({ rejectSeen: false }) } = options;
  const rng = createRng(seed);
  const [shuffle, draws, dropout] = [rng.stream('shuffle'), rng.stream('negatives'), rng.stream('dropout')];
  const negatives = negativesOf(options);
  const draw = createDrawNegative(where, interactions, negativeSampling, draws);
  const sizes = { maxLength: model.config.maxLength, batchSize, negatives };
  const batches = await sequenceBatches(where, interactions, sizes, draw, shuffle);
  for (const item of interactions.itemIndices) model.learnedItems[item] = 1;
  const step = await openSequenceStep(model, { optimizer, negatives, calibration });
  const learner = sequenceLearner(where, step, dropout);
  const recovery = await recoveryOf(options, learner);
  const plan = { where, epochs, steps, recovery };
  const findBroken = async () => findBrokenNumber(model);
  return createRecommenderWork(plan, findBroken, batches, learner, { shuffle, negatives: draws, dropout });
}

async function recoveryOf({ model, onNonFinite }: SasRecTrainingOptions, learner: AnyLearner) {
  if (onNonFinite !== 'rollback') return createRecovery(onNonFinite);
  const { sasRecCopy } = await import('./sas-rec-checkpoint.js');
  return createRecovery('rollback', sasRecCopy(where, model, learner));
}

function validatorOf(options: SasRecTrainingOptions, perEpoch: number): Validator | undefined {
  const { model, interactions, validation } = options;
  if (!validation) return undefined;
  return createRecommenderValidator<Weights>(where, validation, perEpoch, signalForLooks(options), {
    recommender: sasRecRecommender(model, { seen: interactions }),
    copy: async (into) => (findBrokenNumber(model) === undefined ? copyOf(model, into) : undefined),
    restore: ({ items, parameters }) => {
      model.table.values.set(items);
      model.parameters.set(parameters);
    },
  });
}

interface Weights {
  readonly items: Float32Array;
  readonly parameters: Float32Array;
}

function copyOf({ table, parameters }: SasRecModel, into?: Weights): Weights {
  if (!into) return { items: table.values.slice(), parameters: parameters.slice() };
  into.items.set(table.values);
  into.parameters.set(parameters);
  return into;
}
