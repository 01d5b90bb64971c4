import { softmax, type Tensor, tensor, tidy } from '@tensorflow/tfjs-core';
import { type LayersModel, model, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { type ArrayData, requireSampleShape } from '../../../data/array-data.js';
import { readAndDispose } from '../../../internal/read-tensor.js';
import { refuse } from '../../../internal/require.js';
import { prepareBackend } from '../../../kernels/prepare-backend.js';
import { samplesAtOnce } from '../../../nn/models/model-cost.js';
import { requireNetwork } from '../../../nn/models/require-live.js';
import { type MeasureOptions, openMeasure } from '../metrics/measure-options.js';
import { type Pause, readRows, requireFeatures } from './read-rows.js';

/** Turns samples into features, in whose space real and generated ones are compared. */
export interface FeatureExtractor {
  /** `[N, …]` samples to `[N, D]` features, in the memory of the host. */
  features(samples: Tensor | ArrayData, options?: MeasureOptions): Promise<ArrayData>;
  /** `[N, …]` samples to `[N, K]` probabilities of the classes; every row sums to 1. */
  classify(samples: Tensor | ArrayData, options?: MeasureOptions): Promise<ArrayData>;
  /** From samples to logits `[B, K]`: save it to have the same features again. The caller disposes it. */
  readonly model: LayersModel;
}

const mostAtOnce = 250;

/**
 * Makes a feature extractor of a classifier: the features are what its last layer takes in.
 *
 * Numbers made with features of one classifier compare with numbers of that very classifier only.
 *
 * @param classifier - From samples `[B, …]` to logits `[B, K]`, its last layer a linear map of features `[B, D]`; such as the
 *   model of {@link trainFeatureExtractor}, loaded again.
 * @returns A view of the model, which stays the caller's.
 * @throws RangeError when the model has several inputs or outputs, or its last layer takes no features `[B, D]`.
 * @example
 * const { features } = featureExtractorFrom(classifier);
 * (await features(images)).shape; // [128, 8]
 */
export function featureExtractorFrom(classifier: LayersModel): FeatureExtractor {
  requireNetwork('featureExtractorFrom', 'classifier', classifier, [1]);
  const source = classifier.layers.at(-1)!.input;
  if (Array.isArray(source) || source.shape.length !== 2 || classifier.outputs[0]!.shape.length !== 2) {
    const shape = Array.isArray(source) ? source : source.shape;
    refuse('featureExtractorFrom', 'classifier', 'end in a layer from features [B, D] to logits [B, K]', shape);
  }
  const both = model({ inputs: classifier.inputs, outputs: [source as SymbolicTensor, classifier.outputs[0]!] });
  const run =
    (where: 'features' | 'classify') =>
    async (samples: Tensor | ArrayData, options: MeasureOptions = {}) => {
      const pause = openMeasure(where, options, { signal: true });
      requireNetwork(where, 'model', classifier, [1]);
      return inChunks(where, samples, classifier, pause, (batch) => {
        const [features, logits] = both.apply(batch) as [Tensor, Tensor];
        return where === 'features' ? features : softmax(logits);
      });
    };
  return { features: run('features'), classify: run('classify'), model: classifier };
}

async function inChunks(
  where: string,
  samples: Tensor | ArrayData,
  classifier: LayersModel,
  pause: Pause,
  work: (batch: Tensor) => Tensor,
): Promise<ArrayData> {
  requireFeatures(where, 'samples', samples);
  const { shape } = samples;
  const sampleShape = classifier.inputs[0]!.shape.slice(1) as number[];
  requireSampleShape(where, 'samples', shape, sampleShape);
  await prepareBackend();
  const { values, count, size } = await readRows(where, 'samples', samples, pause);
  const chunk = samplesAtOnce(classifier, mostAtOnce);
  let found = new Float32Array(0);
  for (let from = 0; from < count; from += chunk) {
    const rows = Math.min(chunk, count - from);
    const part = tidy(() => work(tensor(values.slice(from * size, (from + rows) * size), [rows, ...sampleShape])));
    const numbers = await readAndDispose(part);
    if (from === 0) found = new Float32Array((count * numbers.length) / rows);
    found.set(numbers, (from * numbers.length) / rows);
    await pause();
  }
  return { values: found, shape: [count, found.length / count] };
}
