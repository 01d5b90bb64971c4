import type { Interactions } from '../../data/interactions.js';
import type { FeatureColumns } from '../../nn/embedding/inputs/features.js';
import type { EmbeddingLoss } from '../../nn/embedding/losses/embedding-loss.js';
import type { EmbeddingModel } from '../../nn/embedding/models/embedding-model.js';
import type { EmbeddingOptimizer } from '../../nn/embedding/training/embedding-optimizer.js';
import type { KeepingOptions } from '../../saving/checkpoint-options.js';
import type { NonFiniteEntry, NonFiniteOptions } from '../../training/recovery.js';
import type { RunLength } from '../../training/run-length.js';
import type { LoopOptions, Progress } from '../../training/run-steps.js';
import type { ValidationReport } from '../../training/validation.js';
import type { NegativeSampling } from './negatives/negative-sampling.js';
import type { CustomValidation, RankingValidation } from './validation.js';

/** Names of what every trainer of a recommender takes. */
export const trainingNames = {
  model: true,
  optimizer: true,
  batchSize: true,
  epochs: true,
  steps: true,
  seed: true,
  onNonFinite: true,
  reportEvery: true,
  checkpoint: true,
  resume: true,
  signal: true,
} as const;

/** What {@link trainRecommender} and {@link recommenderSteps} need to know, whatever they learn from. */
export interface RecommenderTrainingOptions extends LoopOptions, KeepingOptions, NonFiniteOptions {
  /** From {@link buildEmbeddingMlp} or another builder of the family. Changed in place. */
  readonly model: EmbeddingModel;
  /** What is made small. By default the loss of the model's head: cross-entropy, squared error or Poisson. */
  readonly loss?: EmbeddingLoss;
  /** How weights move. Default `denseAdam()`: learning rate 0.001. */
  readonly optimizer?: EmbeddingOptimizer;
  /** L2 penalty on the embeddings that a batch touches. Default 0. */
  readonly regularization?: number;
  /** Rows of a batch, negatives included, down to 1. Default 256. The last batch of an epoch may be smaller. */
  readonly batchSize?: number;
  /** Fixes negatives, order, split and dropout; any safe integer. Default 0. Initial weights have the builder's seed. */
  readonly seed?: number;
  /** Steps from one report to the next, >= 1. By default one report an epoch. The last step is always reported. */
  readonly reportEvery?: number;
}

/** To learn what users like from what they did, in so many epochs or steps. */
export type ImplicitTrainingOptions = RunLength &
  RecommenderTrainingOptions & {
    /** What users did: every row is a positive, whatever its weight. The model has the same users and items. */
    readonly interactions: Interactions;
    /**
     * Negatives for each positive, drawn anew in every epoch, independently of one another: a user who has nearly everything
     * gets the few items that are left again and again. Default 4, or 0 for {@link inBatchSoftmaxLoss}.
     */
    readonly negatives?: number;
    /** How they are drawn. Default {@link uniformNegatives}`()`. */
    readonly negativeSampling?: NegativeSampling;
    /**
     * Measures the model as it trains and keeps its best weights: however the run ends, by its length, by `patience`, by
     * `signal`, by an error or because {@link recommenderSteps} is left, the model then has the weights of the best
     * measurement, or, where nothing was measured, those of the last whole step. By default nothing is measured.
     */
    readonly validation?: RankingValidation | CustomValidation;
  };

/** To learn a label from features, for any head, in so many epochs or steps. */
export type LabelledTrainingOptions = RunLength &
  RecommenderTrainingOptions & {
    /** N rows of the features that the model does not look up by itself. */
    readonly rows: FeatureColumns;
    /** `[N]`: 0 or 1 for `binary`, a number for `value`, a count for `count`. */
    readonly labels: Float32Array;
    /** Share of the rows, chosen at random, that are kept out of training to test on, in [0, 1). Default 0.2. */
    readonly testShare?: number;
  };

/** Either of them. */
export type AnyTrainingOptions = ImplicitTrainingOptions | LabelledTrainingOptions;

/** What the steps since the last report measured. */
export interface RecommenderReport extends Progress {
  /** The epoch that the step belongs to, from 1. */
  readonly epoch: number;
  /** Mean over the updates since the last report, each before its update, without the penalty; NaN where all were left out. */
  readonly loss: number;
  /** What `validation` measured after this step. Default: missing, when nothing was. */
  readonly validation?: ValidationReport;
  /** What was not finite since the last report, and what `onNonFinite` did about it. Default: missing, when all was finite. */
  readonly nonFinite?: readonly NonFiniteEntry[];
}

/** How a trained model does on rows that it never saw. */
export interface TestReport {
  /** Rows that it was tested on. */
  readonly rows: number;
  /** Mean loss of the model's head: cross-entropy, squared error, or Poisson's without its constant term. */
  readonly loss: number;
  /** The same for the one number that is the mean of the training labels: what a model must stay below. */
  readonly baselineLoss: number;
}

/** Negatives drawn for each positive: none for a loss that finds them within the batch. */
export function negativesOf({ negatives, loss }: ImplicitTrainingOptions): number {
  return negatives ?? (loss?.isWithinBatch ? 0 : 4);
}

/** Whether a run learns from interactions. */
export function isImplicit(options: AnyTrainingOptions): options is ImplicitTrainingOptions {
  return (options as Partial<ImplicitTrainingOptions>).interactions !== undefined;
}
