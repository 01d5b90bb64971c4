import { type OptionNames, requireOptions } from '../../internal/options.js';
import {
  refuse,
  requireBetween,
  requireNonNegative,
  requirePositiveInteger,
  requireSeed,
} from '../../internal/require.js';
import { requireLoss, requireModel, requireOptimizer } from '../../nn/embedding/training/check-training.js';
import { requireKeeping } from '../../saving/checkpoint-options.js';
import { requireRecovery } from '../../training/recovery.js';
import { requireRunLength } from '../../training/run-length.js';
import { requireLoopOptions } from '../../training/run-steps.js';
import { requireKnownIds, requireLabelledRows } from './check-training-data.js';
import { requireNegativeSampling } from './negatives/negative-sampling.js';
import {
  type AnyTrainingOptions,
  type ImplicitTrainingOptions,
  isImplicit,
  type LabelledTrainingOptions,
  negativesOf,
  trainingNames,
} from './recommender-options.js';
import { checkValidation } from './validation.js';

const commonNames = { ...trainingNames, loss: true, regularization: true } as const;
const implicitNames: OptionNames<ImplicitTrainingOptions> = {
  ...commonNames,
  interactions: true,
  negatives: true,
  negativeSampling: true,
  validation: true,
};
const labelledNames: OptionNames<LabelledTrainingOptions> = {
  ...commonNames,
  rows: true,
  labels: true,
  testShare: true,
};
const allNames: OptionNames<ImplicitTrainingOptions & LabelledTrainingOptions> = { ...implicitNames, ...labelledNames };

/** Refuses what cannot train, before any work. */
export function checkTrainingOptions(where: string, options: AnyTrainingOptions): void {
  requireNames(where, options);
  checkCommon(where, options);
  if (isImplicit(options)) checkImplicit(where, options);
  else checkLabelled(where, options);
}

function requireNames(where: string, options: AnyTrainingOptions): void {
  requireOptions<object>(where, options, allNames);
  const { interactions, rows } = (options ?? {}) as Partial<ImplicitTrainingOptions & LabelledTrainingOptions>;
  if ((interactions === undefined) === (rows === undefined)) {
    refuse(where, 'interactions', 'be given, or else `rows` with `labels`, and not both', interactions);
  }
  const given = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
  requireOptions<object>(where, given, interactions ? implicitNames : labelledNames);
}

function checkCommon(where: string, options: AnyTrainingOptions): void {
  const { model, loss, optimizer, regularization = 0, batchSize = 256, seed } = options;
  requireModel(where, model);
  if (loss !== undefined) requireLoss(where, loss);
  if (optimizer !== undefined) requireOptimizer(where, optimizer);
  requireNonNegative(where, 'regularization', regularization);
  requirePositiveInteger(where, 'batchSize', batchSize);
  requireRunLength(where, options);
  requireLoopOptions(where, options);
  requireKeeping(where, options);
  requireRecovery(where, options);
  requireSeed(where, seed);
}

function checkImplicit(where: string, options: ImplicitTrainingOptions): void {
  const { model, interactions, negativeSampling, validation } = options;
  requireKnownIds(where, model, interactions);
  const negatives = negativesOf(options);
  if (negatives !== 0) requirePositiveInteger(where, 'negatives', negatives);
  if (negativeSampling !== undefined) requireNegativeSampling(where, negativeSampling);
  checkComparison(where, options, negatives);
  if (validation === undefined) return;
  checkValidation(where, validation, (rows) => requireKnownIds(where, model, rows));
}

// A loss that compares rows has something to compare.
function checkComparison(where: string, { loss, batchSize = 256 }: ImplicitTrainingOptions, negatives: number): void {
  if (loss?.isWithinBatch) {
    if (negatives > 0) refuse(where, 'negatives', `be left out or 0 for ${loss.name}, which draws none`, negatives);
    if (batchSize === 1) refuse(where, 'batchSize', `be 2 or more for ${loss.name}`, batchSize);
  }
  if (!loss?.isGrouped) return;
  if (negatives === 0) refuse(where, 'negatives', `be at least 1 for ${loss.name}`, negatives);
  if (batchSize <= negatives) {
    refuse(where, 'batchSize', `hold a positive and its ${negatives} negatives for ${loss.name}`, batchSize);
  }
}

function checkLabelled(where: string, options: LabelledTrainingOptions): void {
  const { loss, testShare = 0.2 } = options;
  if (loss?.isGrouped || loss?.isWithinBatch) {
    refuse(where, 'loss', 'look at one row at a time: labelled rows come in no groups', loss);
  }
  requireBetween(where, 'testShare', testShare, 0, 1);
  requireLabelledRows(where, options);
}
