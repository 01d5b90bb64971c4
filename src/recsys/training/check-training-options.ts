import { refuse, requireBetween, requirePositiveInteger } from '../../internal/require.js';
import { requireInteractions } from './check-interactions.js';
import { requireLabelledRows } from './check-labelled-rows.js';
import { negativesOf } from './negatives-of.js';
import type {
  ImplicitTrainingOptions,
  LabelledTrainingOptions,
  RecommenderTrainingBase,
  RecommenderTrainingOptions,
} from './recommender-options.js';

const commonNames = [
  'model',
  'loss',
  'optimizer',
  'regularization',
  'batchSize',
  'epochs',
  'steps',
  'seed',
  'reportEvery',
  'signal',
];
const implicitNames = ['interactions', 'negatives', 'negativeSampling', 'validation'];
const labelledNames = ['rows', 'labels', 'testShare'];

/** Whether a run learns from interactions. */
export function isImplicit(options: RecommenderTrainingOptions): options is ImplicitTrainingOptions {
  return 'interactions' in options;
}

/** Refuses what cannot train, before any work. */
export function checkTrainingOptions(where: string, options: RecommenderTrainingOptions): void {
  requireNames(where, options);
  checkCommon(where, options);
  if (isImplicit(options)) checkImplicit(where, options);
  else checkLabelled(where, options);
}

function requireNames(where: string, options: RecommenderTrainingOptions): void {
  if ('interactions' in options === 'rows' in options) {
    refuse(where, 'interactions', 'be given, or else `rows` with `labels`, and not both', Object.keys(options));
  }
  const names = [...commonNames, ...(isImplicit(options) ? implicitNames : labelledNames)];
  for (const name of Object.keys(options)) {
    if (!names.includes(name)) refuse(where, name, 'be left out: there is no such option here', name);
  }
}

function checkCommon(where: string, options: RecommenderTrainingBase): void {
  const { model, loss, optimizer, regularization = 0, batchSize = 256, epochs, steps, seed = 0, reportEvery } = options;
  if (typeof model?.scorePairs !== 'function') refuse(where, 'model', 'be an EmbeddingModel', model);
  if (loss !== undefined && typeof loss?.compute !== 'function') refuse(where, 'loss', 'be an EmbeddingLoss', loss);
  if (optimizer !== undefined && typeof optimizer?.learningRate !== 'number') {
    refuse(where, 'optimizer', 'come from denseAdam(), lazyAdam(), lazyAdagrad() or lazySgd()', optimizer);
  }
  if (!(Number.isFinite(regularization) && regularization >= 0)) {
    refuse(where, 'regularization', 'be a number >= 0', regularization);
  }
  requirePositiveInteger(where, 'batchSize', batchSize);
  if ((epochs === undefined) === (steps === undefined)) {
    refuse(where, 'epochs', 'be given, or else `steps`, and not both', epochs);
  }
  for (const [name, value] of Object.entries({ epochs, steps, reportEvery })) {
    if (value !== undefined) requirePositiveInteger(where, name, value);
  }
  if (!Number.isSafeInteger(seed)) refuse(where, 'seed', 'be a safe integer', seed);
}

function checkImplicit(where: string, options: ImplicitTrainingOptions): void {
  const { model, interactions, negativeSampling, validation } = options;
  requireInteractions(where, model, interactions);
  const negatives = negativesOf(options);
  if (negatives !== 0) requirePositiveInteger(where, 'negatives', negatives);
  if (negativeSampling !== undefined && typeof negativeSampling?.rejectSeen !== 'boolean') {
    refuse(where, 'negativeSampling', 'be a NegativeSampling, such as uniformNegatives()', negativeSampling);
  }
  checkComparison(where, options, negatives);
  if (validation === undefined) return;
  if (
    typeof validation !== 'object' ||
    validation === null ||
    'measure' in validation === 'interactions' in validation
  ) {
    refuse(where, 'validation', 'have `interactions`, or else a function `measure`, and not both', validation);
  }
  if ('interactions' in validation) requireInteractions(where, model, validation.interactions);
  else if (typeof validation.measure !== 'function') {
    refuse(where, 'validation.measure', 'be a function', validation.measure);
  }
  const { every = 1, patience = 1 } = validation;
  requirePositiveInteger(where, 'validation.every', every);
  requirePositiveInteger(where, 'validation.patience', patience);
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
    refuse(where, 'loss', 'look at one row at a time: labelled rows come in no groups', loss.name);
  }
  requireBetween(where, 'testShare', testShare, 0, 1);
  requireLabelledRows(where, options);
}
