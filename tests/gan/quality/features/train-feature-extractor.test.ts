import '../../../support/backends.js';
import { io, memory, type Tensor, tensor } from '@tensorflow/tfjs-core';
import { layers, loadLayersModel, sequential } from '@tensorflow/tfjs-layers';
import { type ArrayData, createRng, featureExtractorFrom, trainFeatureExtractor, useBackend } from 'minimart';
import { beforeAll, expect, test } from 'vitest';
import { weightsOf } from '../../../support/gan-pair.js';

// Noise with a bright bar: across in class 0, upright in class 1, none in class 2.
function barImages(count: number, seed: number): { images: ArrayData; labels: number[] } {
  const rng = createRng(seed);
  const values = rng.fillUniform(new Float32Array(count * 64)).map((value) => 0.4 * value);
  const labels = Array.from({ length: count }, () => rng.integer(3));
  labels.forEach((label, image) => {
    const line = rng.integer(8);
    for (let at = 0; at < 8 && label < 2; at += 1) {
      values[64 * image + (label === 0 ? 8 * line + at : 8 * at + line)]! += 0.6;
    }
  });
  return { images: { values, shape: [count, 8, 8, 1] }, labels };
}

const { images, labels } = barImages(600, 1);
const small = { seed: 3, filters: [8, 16], featureSize: 12, batchSize: 32 };

beforeAll(() => useBackend('wasm'));

test('learns to tell classes apart, measured on samples that it did not train on', async () => {
  const test = barImages(300, 2);
  const extractor = await trainFeatureExtractor(images, labels, {
    ...small,
    epochs: 12,
    learningRate: 4e-3,
    test: { samples: test.images, labels: test.labels },
  });
  expect(extractor.tested).toBe(300);
  expect(extractor.accuracy).toBeGreaterThan(0.9);
  const { values, shape } = await extractor.classify(test.images);
  expect(shape).toEqual([300, 3]);
  const rows = test.labels.map((_, row) => Array.from(values.subarray(3 * row, 3 * row + 3)));
  const right = rows.filter((row, index) => row.indexOf(Math.max(...row)) === test.labels[index]);
  expect(right.length / 300).toBe(extractor.accuracy);
  for (const row of rows) expect(row[0]! + row[1]! + row[2]!).toBeCloseTo(1, 5);
});

test('repeats itself for a seed, keeps a tenth for the test, and reports progress', async () => {
  const losses: number[] = [];
  const run = (seed: number, onProgress?: (progress: { loss: number }) => void) =>
    trainFeatureExtractor(images, labels, { ...small, seed, epochs: 2, onProgress });
  const first = await run(1, ({ loss }) => losses.push(loss));
  expect(first.tested).toBe(60);
  // 540 samples, 16 whole batches of 32, twice; the first loss is near log 3.
  expect(losses.length).toBe(32);
  expect(Math.abs(losses[0]! - Math.log(3))).toBeLessThan(0.5);
  expect(await weightsOf((await run(1)).model)).toEqual(await weightsOf(first.model));
  expect(await weightsOf((await run(2)).model)).not.toEqual(await weightsOf(first.model));
});

test('gives the same features after its model was saved and loaded, as tensor or as array', async () => {
  const extractor = await trainFeatureExtractor(images, labels, { ...small, epochs: 1 });
  let saved: io.ModelArtifacts | undefined;
  await extractor.model.save(
    io.withSaveHandler(async (artifacts) => {
      saved = artifacts;
      return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' } };
    }),
  );
  const again = featureExtractorFrom(await loadLayersModel(io.fromMemory(saved!)));
  const features = await extractor.features(images);
  expect(features.shape).toEqual([600, 12]);
  expect(await again.features(images)).toEqual(features);
  const given = tensor(Float32Array.from(images.values), [600, 8, 8, 1]);
  expect(await again.features(given)).toEqual(features);
  given.dispose();
});

test('has as features what the last layer takes in', async () => {
  const classifier = sequential({
    layers: [layers.flatten({ inputShape: [2, 1, 1] }), layers.dense({ units: 3 }), layers.dense({ units: 2 })],
  });
  const { features, classify } = featureExtractorFrom(classifier);
  const { values } = await features({ values: Float32Array.of(1, 2), shape: [1, 2, 1, 1] });
  const [kernel, bias] = await weightsOf(classifier);
  const expected = [0, 1, 2].map((unit) => kernel![unit]! + 2 * kernel![3 + unit]! + bias![unit]!);
  expected.forEach((value, unit) => {
    expect(values[unit]).toBeCloseTo(value, 5);
  });
  const logits = await (classifier.predict(tensor([1, 2], [1, 2, 1, 1])) as Tensor).data();
  const chances = (await classify({ values: Float32Array.of(1, 2), shape: [1, 2, 1, 1] })).values;
  expect(chances[0]! / chances[1]!).toBeCloseTo(Math.exp(logits[0]! - logits[1]!), 4);
});

test('leaves no tensor but the weights, also when it is stopped', async () => {
  const before = memory().numTensors;
  const { model } = await trainFeatureExtractor(images, labels, { ...small, epochs: 1 });
  model.dispose();
  expect(memory().numTensors).toBe(before);
  const stop = new AbortController();
  const stopped = trainFeatureExtractor(images, labels, {
    ...small,
    signal: stop.signal,
    onProgress: () => stop.abort(new Error('enough')),
  });
  await expect(stopped).rejects.toThrow('enough');
  expect(memory().numTensors).toBe(before);
});

test('refuses data, labels and models that do not fit', async () => {
  const flat = { values: images.values, shape: [600, 64] };
  await expect(trainFeatureExtractor(flat, labels)).rejects.toThrow('`data` must have a shape [N, H, W, C]');
  await expect(trainFeatureExtractor(images, [0, 1])).rejects.toThrow('`labels` must be 600, one for each sample');
  await expect(
    trainFeatureExtractor(
      images,
      labels.map(() => 0.5),
    ),
  ).rejects.toThrow('`labels[0]` must be a whole number');
  await expect(
    trainFeatureExtractor(
      images,
      labels.map(() => 0),
    ),
  ).rejects.toThrow('name at least two classes');
  await expect(trainFeatureExtractor(images, labels, { batchSize: 541 })).rejects.toThrow(
    'at most the number of samples, 540',
  );
  const wide = sequential({ layers: [layers.conv2d({ filters: 1, kernelSize: 1, inputShape: [8, 8, 1] })] });
  expect(() => featureExtractorFrom(wide)).toThrow('`classifier` must end in a layer from features [B, D]');
});
