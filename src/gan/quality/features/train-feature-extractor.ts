import type { Tensor } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { ArrayData } from '../../../data/array-data.js';
import { NonFiniteLossError } from '../../../internal/non-finite-loss-error.js';
import { type OptionNames, requireOptions } from '../../../internal/options.js';
import {
  refuse,
  requireAtMost,
  requireFunction,
  requirePositive,
  requirePositiveInteger,
  requireSeed,
  requireSizes,
} from '../../../internal/require.js';
import { pauseFor } from '../../../internal/signal.js';
import { prepareBackend } from '../../../kernels/prepare-backend.js';
import { createRng, type Rng } from '../../../random/rng.js';
import { requireLoopOptions, runSteps } from '../../../training/run-steps.js';
import { classAccuracy } from '../metrics/class-accuracy.js';
import { buildClassifier } from './build-classifier.js';
import { createClassifierWork } from './classifier-work.js';
import type { FeatureExtractorOptions } from './extractor-options.js';
import { type FeatureExtractor, featureExtractorFrom } from './feature-extractor.js';
import { type LabelledRows, requireLabels, takeRows } from './labelled-rows.js';
import { type Pause, readRows, requireFeatures } from './read-rows.js';

/** What {@link trainFeatureExtractor} resolves to. */
export interface TrainedFeatureExtractor extends FeatureExtractor {
  /** Share of the test samples whose most probable class is their label. */
  readonly accuracy: number;
  /** Number of test samples. */
  readonly tested: number;
}

/**
 * Trains a small convolutional classifier, whose last hidden layer gives the features in which generated images are
 * compared with real ones.
 *
 * FID and KID of papers are measured in features of one network, trained on ImageNet, of little use for small or grey
 * images. Numbers made with this one are **not** FID, and compare only with numbers of the same extractor: say "Fréchet
 * distance in our classifier's features", and save its `model`.
 *
 * @param data - `[N, H, W, C]`, in the range in which generated samples will come.
 * @param labels - N whole numbers from 0 to K - 1.
 * @returns The extractor. The caller disposes its `model`.
 * @throws RangeError for options, shapes or data that do not fit, before any work; {@link NonFiniteLossError} when the loss
 *   or a weight stops being a number; the reason of `signal`.
 * @see Heusel et al., "GANs Trained by a Two Time-Scale Update Rule Converge to a Local Nash Equilibrium" (2017), for FID
 * @example
 * const labels = Array.from({ length: 128 }, (_, index) => index % 2);
 * const extractor = await trainFeatureExtractor(images, labels, { seed: 7, epochs: 1, filters: [4], featureSize: 8 });
 * (await extractor.features(images)).shape; // [128, 8]
 */
export async function trainFeatureExtractor(
  data: Tensor | ArrayData,
  labels: ArrayLike<number>,
  options: FeatureExtractorOptions = {},
): Promise<TrainedFeatureExtractor> {
  checkOptions(options);
  const pause = pauseFor(where, options.signal);
  const given = await readLabelled('data', 'labels', data, labels, pause);
  const rng = createRng(options.seed ?? 0);
  const classes = 1 + given.labels.reduce((most, label) => Math.max(most, label), 0);
  if (classes < 2) refuse(where, 'labels', 'name at least two classes', classes);
  const { train, test } = await splitTest(given, options, classes, rng.stream('test'), pause);
  requireAtMost(where, 'batchSize', options.batchSize ?? 1, train.labels.length, 'samples');
  await prepareBackend();
  const { filters = [32, 64], featureSize = 128, seed = 0 } = options;
  const model = buildClassifier({ inputShape: data.shape.slice(1), classes, filters, featureSize, seed });
  try {
    const steps = await update(model, train, classes, options, rng.stream('shuffle'));
    const extractor = featureExtractorFrom(model);
    const { signal } = options;
    const chances = await extractor.classify(test, { signal });
    // Weights may be finite, and yet so large that nothing can be computed with them.
    const wrong = chances.values.find((chance: number) => !Number.isFinite(chance));
    if (wrong !== undefined) throw new NonFiniteLossError(where, 'classifier', steps, wrong, 'weights');
    const accuracy = await classAccuracy(chances, test.labels, { signal });
    return { ...extractor, accuracy: accuracy.value, tested: test.labels.length };
  } catch (error) {
    model.dispose();
    throw error;
  }
}

const where = 'trainFeatureExtractor';
const optionNames: OptionNames<FeatureExtractorOptions> = {
  seed: true,
  epochs: true,
  batchSize: true,
  learningRate: true,
  filters: true,
  featureSize: true,
  test: true,
  onProgress: true,
  reportEvery: true,
  signal: true,
};

async function update(
  model: LayersModel,
  train: LabelledRows,
  classes: number,
  options: FeatureExtractorOptions,
  rng: Rng,
) {
  const work = createClassifierWork(where, model, train, classes, options, rng);
  try {
    for await (const progress of runSteps(work, options)) await options.onProgress?.(progress);
    return work.totalSteps();
  } finally {
    work.dispose();
  }
}

function checkOptions(options: FeatureExtractorOptions) {
  requireOptions(where, options, optionNames);
  const { epochs = 4, filters = [32], featureSize = 1, learningRate = 1, batchSize = 1, test } = options;
  requirePositiveInteger(where, 'epochs', epochs);
  requireSizes(where, 'filters', filters);
  requirePositiveInteger(where, 'featureSize', featureSize);
  requirePositive(where, 'learningRate', learningRate);
  requirePositiveInteger(where, 'batchSize', batchSize);
  requireSeed(where, options.seed);
  requireFunction(where, 'onProgress', options.onProgress);
  requireLoopOptions(where, options);
  requireOptions<NonNullable<FeatureExtractorOptions['test']>>(where, test, { samples: true, labels: true }, 'test');
}

async function readLabelled(
  name: string,
  labelsName: string,
  data: Tensor | ArrayData,
  labels: ArrayLike<number>,
  pause: Pause,
  classes?: number,
): Promise<LabelledRows> {
  requireFeatures(where, name, data);
  const { shape } = data;
  if (shape.length !== 4) refuse(where, name, 'have a shape [N, H, W, C]', [...shape]);
  requireLabels(where, labelsName, labels, classes);
  if (labels.length !== shape[0]) refuse(where, labelsName, `be ${shape[0]}, one for each sample`, labels.length);
  const { values } = await readRows(where, name, data, pause);
  return { values, shape, labels: Int32Array.from(labels) };
}

async function splitTest(
  given: LabelledRows,
  options: FeatureExtractorOptions,
  classes: number,
  rng: Rng,
  pause: Pause,
): Promise<{ train: LabelledRows; test: LabelledRows }> {
  const { test } = options;
  if (test) {
    const held = await readLabelled('test.samples', 'test.labels', test.samples, test.labels, pause, classes);
    return { train: given, test: held };
  }
  const count = given.labels.length;
  if (count < 2) refuse(where, 'data', 'hold two samples at least', count);
  const order = rng.permutation(count);
  const tested = Math.max(1, Math.floor(count / 10));
  return { train: takeRows(given, order.subarray(tested)), test: takeRows(given, order.subarray(0, tested)) };
}
