import { softmax, type Tensor, tensor, tidy } from '@tensorflow/tfjs-core';
import { type LayersModel, model, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { type ArrayData, requireArrayData } from '../../../data/array-data.js';
import { requireSampleShape } from '../../../data/sample-shape.js';
import { createPause } from '../../../internal/pause.js';
import { refuse } from '../../../internal/require.js';
import { prepareBackend } from '../../../kernels/prepare-backend.js';
import { isTensor } from './read-rows.js';

/** Turns samples into features, in whose space real and generated ones are compared. */
export interface FeatureExtractor {
  /** `[N, …]` samples to `[N, D]` features, in the memory of the host. */
  features(samples: Tensor | ArrayData): Promise<ArrayData>;
  /** `[N, …]` samples to `[N, K]` probabilities of the classes; every row sums to 1. */
  classify(samples: Tensor | ArrayData): Promise<ArrayData>;
  /** From samples to logits `[B, K]`: save it to have the same features again. The caller disposes it. */
  readonly model: LayersModel;
}

const chunk = 250;

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
  const source = classifier.layers.at(-1)!.input;
  if (classifier.inputs.length !== 1 || classifier.outputs.length !== 1) {
    refuse('featureExtractorFrom', 'classifier', 'have one input and one output', classifier.inputs.length);
  }
  if (Array.isArray(source) || source.shape.length !== 2 || classifier.outputs[0]!.shape.length !== 2) {
    const shape = Array.isArray(source) ? source : source.shape;
    refuse('featureExtractorFrom', 'classifier', 'end in a layer from features [B, D] to logits [B, K]', shape);
  }
  const both = model({ inputs: classifier.inputs, outputs: [source as SymbolicTensor, classifier.outputs[0]!] });
  const run = (output: 0 | 1) => (samples: Tensor | ArrayData) =>
    inChunks(samples, classifier.inputs[0]!.shape.slice(1) as number[], (batch) => {
      const found = (both.apply(batch) as Tensor[])[output]!;
      return output === 0 ? found : softmax(found);
    });
  return { features: run(0), classify: run(1), model: classifier };
}

async function inChunks(
  samples: Tensor | ArrayData,
  sampleShape: readonly number[],
  work: (batch: Tensor) => Tensor,
): Promise<ArrayData> {
  const { shape } = samples;
  if (!isTensor(samples)) requireArrayData('featureExtractor', 'samples', samples);
  requireSampleShape('featureExtractor', 'samples', shape, sampleShape);
  await prepareBackend();
  const values = isTensor(samples) ? await samples.data() : samples.values;
  const [count, size] = [shape[0]!, values.length / shape[0]!];
  const pause = createPause();
  let found = new Float32Array(0);
  for (let from = 0; from < count; from += chunk) {
    const rows = Math.min(chunk, count - from);
    const batch = Float32Array.from(values.subarray(from * size, (from + rows) * size));
    const part = tidy(() => work(tensor(batch, [rows, ...sampleShape])));
    const numbers = await part.data();
    part.dispose();
    if (from === 0) found = new Float32Array((count * numbers.length) / rows);
    found.set(numbers, (from * numbers.length) / rows);
    await pause();
  }
  return { values: found, shape: [count, found.length / count] };
}
