import { requireInteractions } from '../../../data/interactions/require-interactions.js';
import type { Interactions } from '../../../data/interactions.js';
import { countKnown } from '../../../data/known-indices.js';
import { type OptionNames, requireGivenOptions } from '../../../internal/options.js';
import { refuse, requirePositiveInteger, requireProbability, requireSeed } from '../../../internal/require.js';
import { requireOptimizer } from '../../../nn/embedding/training/check-training.js';
import type { EmbeddingOptimizer } from '../../../nn/embedding/training/embedding-optimizer.js';
import { requireSasRec, type SasRecModel } from '../../../nn/sequences/sas-rec-model.js';
import { type KeepingOptions, requireKeeping } from '../../../saving/checkpoint-options.js';
import { type NonFiniteOptions, requireRecovery } from '../../../training/recovery.js';
import { type RunLength, requireRunLength } from '../../../training/run-length.js';
import { type LoopOptions, requireLoopOptions } from '../../../training/run-steps.js';
import type { ValidationReport } from '../../../training/validation.js';
import type { Recommender } from '../../recommender.js';
import { requireSameIds } from '../check-training-data.js';
import { type NegativeSampling, requireNegativeSampling } from '../negatives/negative-sampling.js';
import { type RecommenderReport, trainingNames } from '../recommender-options.js';
import { type CustomValidation, checkValidation, type RankingValidation } from '../validation.js';

/** Options of {@link trainSasRec}. */
export type SasRecTrainingOptions = RunLength &
  LoopOptions &
  KeepingOptions &
  NonFiniteOptions & {
    /** From {@link buildSasRec}. Changed in place. */
    readonly model: SasRecModel;
    /**
     * What users did, in its order: the last `maxLength + 1` rows of each are a sequence, in which every item but the first is
     * to be foretold. Users with one row teach nothing. The items are the model's.
     */
    readonly interactions: Interactions;
    /**
     * Negatives of a sequence, k, drawn anew in every epoch and shared by all its positions. Default 256, or one less than
     * there are items where that is fewer.
     */
    readonly negatives?: number;
    /**
     * t of gBCE, in [0, 1]: 0 is plain binary cross-entropy, whose probabilities are too high as negatives are few; at 1 they
     * are those among all items. Default 0.75. With `negatives: 1` and 0 it is SASRec as published.
     */
    readonly calibration?: number;
    /** How negatives are drawn. Default `uniformNegatives({ rejectSeen: false })`: gBCE is made for uniform ones. */
    readonly negativeSampling?: NegativeSampling;
    /** How weights move. Default `denseAdam()`: learning rate 0.001. */
    readonly optimizer?: EmbeddingOptimizer;
    /** Sequences of a batch, down to 1. Default 128. The last batch of an epoch may be smaller. */
    readonly batchSize?: number;
    /** Fixes order, negatives and dropout; any safe integer. Default 0. Initial weights have the builder's seed. */
    readonly seed?: number;
    /** Steps from one report to the next, >= 1. By default one report an epoch. The last step is always reported. */
    readonly reportEvery?: number;
    /**
     * Measures the model as it trains and keeps its best weights, as for {@link trainRecommender}. By default nothing is
     * measured.
     */
    readonly validation?: RankingValidation | CustomValidation;
    /** Called with every report, and waited for. What it throws ends the run. */
    readonly onProgress?: (report: RecommenderReport) => void | Promise<void>;
  };

/** What {@link trainSasRec} resolves to. */
export interface SasRecTrainingResult {
  /** The model, reading the interactions: {@link sasRecRecommender}. */
  readonly recommender: Recommender;
  /** All reports, in order: the loss curve. */
  readonly history: readonly RecommenderReport[];
  /** Steps done. */
  readonly steps: number;
  /** The measurement of `validation` whose weights the model has. Default: missing, when nothing was measured. */
  readonly best?: ValidationReport;
}

const names: OptionNames<SasRecTrainingOptions> = {
  ...trainingNames,
  interactions: true,
  negatives: true,
  calibration: true,
  negativeSampling: true,
  validation: true,
  onProgress: true,
};

/** Negatives of each sequence. */
export function negativesOf({ negatives, model }: SasRecTrainingOptions): number {
  return negatives ?? Math.min(256, countKnown(model.items) - 1);
}

/** Refuses what cannot train, before any work. */
export function checkSasRecOptions(where: string, options: SasRecTrainingOptions): void {
  requireGivenOptions<object>(where, options, names);
  const { model, interactions, calibration = 0.75, negativeSampling, optimizer, batchSize = 128, seed } = options;
  requireSasRec(where, model);
  requireInteractions(where, 'interactions', interactions);
  requireSameIds(where, 'item', model.items, interactions.items);
  requireNegatives(where, options);
  requireProbability(where, 'calibration', calibration);
  if (negativeSampling !== undefined) requireNegativeSampling(where, negativeSampling);
  if (optimizer !== undefined) requireOptimizer(where, optimizer);
  requirePositiveInteger(where, 'batchSize', batchSize);
  requireRunLength(where, options);
  requireLoopOptions(where, options);
  requireKeeping(where, options);
  requireRecovery(where, options);
  requireSeed(where, seed);
  if (options.validation !== undefined) {
    checkValidation(where, options.validation, (rows) => requireRows(where, model, interactions, rows));
  }
}

function requireNegatives(where: string, options: SasRecTrainingOptions): void {
  const items = countKnown(options.model.items);
  if (items < 2) refuse(where, 'model', 'know two items or more, for one to be a negative', items);
  const negatives = negativesOf(options);
  requirePositiveInteger(where, 'negatives', negatives);
  if (negatives > items - 1) refuse(where, 'negatives', `be fewer than the ${items} items`, negatives);
}

function requireRows(where: string, model: SasRecModel, { users }: Interactions, rows: Interactions): void {
  requireInteractions(where, 'validation.interactions', rows);
  requireSameIds(where, 'item', model.items, rows.items);
  if (rows.users.size !== users.size) {
    refuse(where, 'validation.interactions', `number the ${users.size} users of \`interactions\``, rows.users.size);
  }
}
