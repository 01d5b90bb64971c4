import '../../support/backends.js';
import { memory, Tensor, tensor } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import {
  buildGenerator,
  evaluateSamples,
  featureExtractorFrom,
  frechetDistance,
  projectSample,
  sampleGan,
  trainFeatureExtractor,
  useBackend,
} from 'minimart';
import { encodeImageGrid } from 'minimart/node';
import { afterEach, beforeAll, expect, test, vi } from 'vitest';
import { buildClassifier } from '../../../src/gan/quality/features/build-classifier.js';
import { normalRows } from '../quality/random-rows.js';

beforeAll(() => useBackend('wasm'));
afterEach(() => vi.restoreAllMocks());

const condition = { size: 2 };
const makeGenerator = () => buildGenerator({ latentSize: 3, hidden: [4], outputShape: [2], condition });
const inputShape = [4, 4, 1];
const makeClassifier = () => buildClassifier({ inputShape, classes: 2, filters: [2], featureSize: 3, seed: 1 });
const imageValues = () => normalRows(600, 16, 1).values as Float32Array;
const labels = Array.from({ length: 600 }, (_, index) => index % 2);

interface Case {
  /** What the calls of a case share: made once, and not counted. */
  readonly models: LayersModel[];
  readonly inputs: Tensor[];
  run(): Promise<unknown>;
}

const cases: Record<string, () => Case> = {
  sampleGan: () => {
    const generator = makeGenerator();
    const conditions = tensor(new Float32Array(1200), [600, 2]);
    const run = async () => (await sampleGan(generator, 600, { conditions })).dispose();
    return { models: [generator], inputs: [conditions], run };
  },
  projectSample: () => {
    const generator = makeGenerator();
    const [samples, conditions] = [tensor([1, 2, 3, 4], [2, 2]), tensor([1, 0, 0, 1], [2, 2])];
    const run = async () => {
      const found = await projectSample(generator, samples, { steps: 3, conditions });
      for (const each of [found.latents, found.reconstructions]) each.dispose();
    };
    return { models: [generator], inputs: [samples, conditions], run };
  },
  'features and classify': () => {
    const classifier = makeClassifier();
    const images = tensor(imageValues(), [600, ...inputShape]);
    const extractor = featureExtractorFrom(classifier);
    const run = async () => {
      await extractor.features(images);
      await extractor.classify(images);
    };
    return { models: [classifier], inputs: [images], run };
  },
  trainFeatureExtractor: () => {
    const images = tensor(imageValues(), [600, ...inputShape]);
    const options = { epochs: 1, filters: [2], featureSize: 3, reportEvery: 2 };
    const run = async () => (await trainFeatureExtractor(images, labels, options)).model.dispose();
    return { models: [], inputs: [images], run };
  },
  'measures of tensors': () => {
    const [real, generated] = [1, 2].map((seed) => tensor(normalRows(40, 3, seed).values as Float32Array, [40, 3]));
    const images = tensor(new Float32Array(16), [1, 4, 4, 1]);
    const run = async () => {
      await frechetDistance(real!, generated!);
      await evaluateSamples({ real: real!, generated: generated!, heldOut: real! });
      await encodeImageGrid(images);
    };
    return { models: [], inputs: [real!, generated!, images], run };
  },
};

// Each read of the device fails in turn, until the call gets through: whatever it held must be gone every time.
test.each(Object.keys(cases))('%s leaves no tensor when the device cannot be read', async (name) => {
  const { models, inputs, run } = cases[name]!();
  const before = memory().numTensors;
  const read = Tensor.prototype.data;
  let failures = 0;
  for (let failing = 0, isWhole = false; !isWhole; failing += 1) {
    let reads = 0;
    vi.spyOn(Tensor.prototype, 'data').mockImplementation(function (this: Tensor) {
      reads += 1;
      return reads - 1 === failing ? Promise.reject(new Error('lost')) : (read.call(this) as never);
    });
    isWhole = await run().then(
      () => true,
      (error: Error) => {
        expect(error.message).toBe('lost');
        return false;
      },
    );
    if (!isWhole) failures += 1;
    expect(memory().numTensors, `read ${failing}`).toBe(before);
    vi.restoreAllMocks();
  }
  expect(failures).toBeGreaterThan(0);
  for (const each of [...models, ...inputs]) each.dispose();
});

test.each(['sampleGan', 'projectSample'])('%s leaves no tensor when the generator fails', async (name) => {
  const { models, run } = cases[name]!();
  const before = memory().numTensors;
  const apply = models[0]!.apply.bind(models[0]);
  for (const failing of [0, 1, 2]) {
    let calls = 0;
    vi.spyOn(models[0]!, 'apply').mockImplementation((...values) => {
      calls += 1;
      if (calls - 1 === failing) throw new Error('broken');
      return apply(...values);
    });
    await expect(run()).rejects.toThrow('broken');
    expect(memory().numTensors).toBe(before);
    vi.restoreAllMocks();
  }
});

test('a disposed model, and what is none, is refused by name', async () => {
  const generator = buildGenerator({ latentSize: 3, hidden: [4], outputShape: [2] });
  const samples = { values: Float32Array.of(1, 2), shape: [1, 2] };
  const classifier = makeClassifier();
  const extractor = featureExtractorFrom(classifier);
  for (const each of [generator, classifier]) each.dispose();
  await expect(sampleGan(generator, 1)).rejects.toThrow('sampleGan: `generator` must not be disposed');
  await expect(projectSample(generator, samples)).rejects.toThrow('projectSample: `generator` must not be disposed');
  expect(() => featureExtractorFrom(classifier)).toThrow('`classifier` must not be disposed');
  const images = { values: new Float32Array(16), shape: [1, 4, 4, 1] };
  await expect(extractor.features(images)).rejects.toThrow('features: `model` must not be disposed');
  await expect(sampleGan({} as never, 1)).rejects.toThrow('sampleGan: `generator` must be a LayersModel');
  await expect(sampleGan(undefined as never, 1)).rejects.toThrow('`generator` must be a LayersModel');
});

test('the last update of a feature extractor is looked at', async () => {
  const images = { values: imageValues(), shape: [600, ...inputShape] };
  const before = memory().numTensors;
  // One step: its loss is finite, the weights that it leaves are not.
  const options = { epochs: 1, batchSize: 540, learningRate: 3e38, filters: [2], featureSize: 3 };
  await expect(trainFeatureExtractor(images, labels, options)).rejects.toMatchObject({
    name: 'NonFiniteLossError',
    network: 'classifier',
    what: 'weights',
  });
  expect(memory().numTensors).toBe(before);
});
