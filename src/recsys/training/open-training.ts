import { requireLogistic } from '../../nn/embedding/losses/check-loss-value.js';
import { openEmbeddingStep } from '../../nn/embedding/training/embedding-step.js';
import type { Rng } from '../../random/rng.js';
import { createRecovery } from '../../training/recovery.js';
import { labelledBatches, splitRows } from './batches/labelled-rows.js';
import { blockPositives, pointwiseBlocks, type SampleBlock } from './batches/sample-blocks.js';
import { groupedBatches, pointwiseBatches, type TrainingBatches } from './batches/training-batches.js';
import { dotProductLearner, isSampleBySample } from './learners/dot-product-learner.js';
import { type AnyLearner, stepLearner } from './learners/step-learner.js';
import { findBrokenWeight } from './model-weights.js';
import { createDrawNegative, type DrawNegative } from './negatives/draw-negative.js';
import { uniformNegatives } from './negatives/negative-sampling.js';
import {
  type AnyTrainingOptions,
  type ImplicitTrainingOptions,
  isImplicit,
  type LabelledTrainingOptions,
  negativesOf,
} from './recommender-options.js';
import { createRecommenderWork, type RecommenderWork, type RunPlan, type TrainingStreams } from './recommender-work.js';

/** Prepares a run: where its batches come from, and what learns from them. */
export async function openTraining(plan: RunPlan, options: AnyTrainingOptions, rng: Rng): Promise<RecommenderWork> {
  const streams = {
    shuffle: rng.stream('shuffle'),
    negatives: rng.stream('negatives'),
    dropout: rng.stream('dropout'),
  };
  const findBroken = () => findBrokenWeight(options.model);
  if (isImplicit(options) && isSampleBySample(options)) {
    const { blocks, learner } = await openBlocks(plan.where, options, streams);
    const recovery = await recoveryOf(plan.where, options, learner);
    return createRecommenderWork({ ...plan, recovery }, findBroken, blocks, learner, streams);
  }
  const batches = isImplicit(options)
    ? implicitBatches(plan.where, options, streams)
    : labelledBatches(options, splitOf(options, rng).train, options.batchSize ?? 256, streams.shuffle);
  const { model, loss, optimizer, regularization } = options;
  const settings = {
    ...(loss ? { loss } : {}),
    ...(optimizer ? { optimizer } : {}),
    ...(regularization === undefined ? {} : { regularization }),
    rng: streams.dropout,
  };
  const isUndone = options.onNonFinite === 'skip';
  const learner = stepLearner(plan.where, openEmbeddingStep(model, settings, { isUndone }));
  const recovery = await recoveryOf(plan.where, options, learner);
  return createRecommenderWork({ ...plan, recovery }, findBroken, batches, learner, streams);
}

async function recoveryOf(where: string, { model, onNonFinite }: AnyTrainingOptions, learner: AnyLearner) {
  if (onNonFinite !== 'rollback') return createRecovery(onNonFinite);
  const { learnedCopy } = await import('./learned-part.js');
  return createRecovery('rollback', learnedCopy(where, model, learner));
}

/** Which labelled rows are kept for the test: the same for one seed wherever it is asked for. */
export function splitOf({ labels, testShare = 0.2 }: LabelledTrainingOptions, rng: Rng) {
  return splitRows(labels.length, testShare, rng.stream('split'));
}

function implicitBatches(where: string, options: ImplicitTrainingOptions, streams: TrainingStreams): TrainingBatches {
  const { interactions, loss, batchSize = 256 } = options;
  const make = loss?.isGrouped ? groupedBatches : pointwiseBatches;
  const sizes = { negatives: negativesOf(options), batchSize };
  return make(interactions, sizes, drawOf(where, options, streams), streams.shuffle);
}

async function openBlocks(where: string, options: ImplicitTrainingOptions, streams: TrainingStreams) {
  const { model, interactions, loss, optimizer, regularization = 0 } = options;
  if (loss) await requireLogistic(where, loss);
  const negatives = negativesOf(options);
  const draw = drawOf(where, options, streams);
  const { shuffle } = streams;
  const positives = Math.min(blockPositives, interactions.length);
  const blocks: TrainingBatches<SampleBlock> = {
    perEpoch: Math.ceil(interactions.length / blockPositives),
    epoch: () => pointwiseBlocks(interactions, negatives, draw, shuffle),
  };
  const step = { learningRate: optimizer!.learningRate, regularization };
  const settings = { ...step, blockSize: positives * (1 + negatives), isUndone: options.onNonFinite === 'skip' };
  return { blocks, learner: await dotProductLearner(where, model, settings) };
}

function drawOf(where: string, options: ImplicitTrainingOptions, streams: TrainingStreams): DrawNegative {
  const { interactions, negativeSampling = uniformNegatives() } = options;
  // Without negatives nothing needs to be left to draw.
  if (negativesOf(options) === 0) return () => 0;
  return createDrawNegative(where, interactions, negativeSampling, streams.negatives);
}
