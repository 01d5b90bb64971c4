import type { Tensor } from '@tensorflow/tfjs-core';
import { type ArrayData, requireArrayData } from '../../../data/array-data.js';
import { requireValues } from '../../../data/value-range.js';
import { refuse, requirePositiveInteger, requireSizes } from '../../../internal/require.js';
import { prepareBackend } from '../../../kernels/prepare-backend.js';
import { createRng, type Rng } from '../../../random/rng.js';
import { runSteps } from '../../../training/run-steps.js';
import { classAccuracy } from '../metrics/class-accuracy.js';
import { buildClassifier } from './build-classifier.js';
import { createClassifierWork } from './classifier-work.js';
import type { ClassLabels, FeatureExtractorOptions } from './extractor-options.js';
import { type FeatureExtractor, featureExtractorFrom } from './feature-extractor.js';
import { type LabelledRows, takeRows } from './labelled-rows.js';
import { isTensor } from './read-rows.js';

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
 *   stops being a number; the reason of `signal`.
 * @see Heusel et al., "GANs Trained by a Two Time-Scale Update Rule Converge to a Local Nash Equilibrium" (2017), for FID
 * @example
 * const labels = Array.from({ length: 128 }, (_, index) => index % 2);
 * const extractor = await trainFeatureExtractor(images, labels, { seed: 7, epochs: 1, filters: [4], featureSize: 8 });
 * (await extractor.features(images)).shape; // [128, 8]
 */
export async function trainFeatureExtractor(
  data: Tensor | ArrayData,
  labels: ClassLabels,
  options: FeatureExtractorOptions = {},
): Promise<TrainedFeatureExtractor> {
  checkOptions(options);
  const given = await readLabelled('data', data, labels);
  const rng = createRng(options.seed ?? 0);
  const { train, test } = await splitTest(given, options, rng.stream('test'));
  const classes = 1 + given.labels.reduce((most, label) => Math.max(most, label), 0);
  if (classes < 2) refuse(where, 'labels', 'name at least two classes', classes);
  await prepareBackend();
  const { filters = [32, 64], featureSize = 128, seed = 0 } = options;
  const model = buildClassifier({ inputShape: data.shape.slice(1), classes, filters, featureSize, seed });
  const work = createClassifierWork(where, model, train, classes, options, rng.stream('shuffle'));
  try {
    for await (const progress of runSteps(work, options)) await options.onProgress?.(progress);
  } catch (error) {
    model.dispose();
    throw error;
  } finally {
    work.dispose();
  }
  const extractor = featureExtractorFrom(model);
  const accuracy = await classAccuracy(await extractor.classify(test), test.labels);
  return { ...extractor, accuracy: accuracy.value, tested: test.labels.length };
}

const where = 'trainFeatureExtractor';

function checkOptions({ epochs = 4, filters = [32], featureSize = 1, learningRate = 1 }: FeatureExtractorOptions) {
  requirePositiveInteger(where, 'epochs', epochs);
  requireSizes(where, 'filters', filters);
  requirePositiveInteger(where, 'featureSize', featureSize);
  if (!(Number.isFinite(learningRate) && learningRate > 0)) {
    refuse(where, 'learningRate', 'be a positive number', learningRate);
  }
}

async function readLabelled(name: string, data: Tensor | ArrayData, labels: ClassLabels): Promise<LabelledRows> {
  if (!isTensor(data)) requireArrayData(where, name, data);
  const { shape } = data;
  if (shape.length !== 4) refuse(where, name, 'have a shape [N, H, W, C]', [...shape]);
  if (labels.length !== shape[0]) refuse(where, 'labels', `be ${shape[0]}, one for each sample`, labels.length);
  const position = Array.from(labels).findIndex((label) => !(Number.isSafeInteger(label) && label >= 0));
  if (position >= 0) refuse(where, `labels[${position}]`, 'be a whole number >= 0', labels[position]);
  const values = isTensor(data) ? await data.data() : data.values;
  requireValues(where, name, values);
  return { values, shape, labels: Int32Array.from(labels) };
}

async function splitTest(given: LabelledRows, options: FeatureExtractorOptions, rng: Rng) {
  const { test } = options;
  if (test) return { train: given, test: await readLabelled('test.samples', test.samples, test.labels) };
  const count = given.labels.length;
  if (count < 2) refuse(where, 'data', 'hold two samples at least', count);
  const order = rng.permutation(count);
  const tested = Math.max(1, Math.floor(count / 10));
  return { train: takeRows(given, order.subarray(tested)), test: takeRows(given, order.subarray(0, tested)) };
}
