import '../../support/backends.js';
import { memory, type Tensor } from '@tensorflow/tfjs-core';
import { buildGenerator, createRng, latentNoise, sampleGan, useBackend } from 'minimart';
import { beforeAll, expect, test } from 'vitest';
import { weightsOf } from '../../support/gan-pair.js';

const generator = () =>
  buildGenerator({ latentSize: 3, hidden: [5], normalization: 'batch', outputShape: [2], outputActivation: 'tanh' });

beforeAll(() => useBackend('wasm'));

test.each([1, 255, 256, 257, 600])('draws %d samples', async (count) => {
  const samples = await sampleGan(generator(), count);
  expect(samples.shape).toEqual([count, 2]);
  expect((await samples.data()).every((value) => value > -1 && value < 1)).toBe(true);
});

test('draws the same first samples for one seed, and others for another', async () => {
  const model = generator();
  const few = await (await sampleGan(model, 10, { seed: 4 })).data();
  const many = await (await sampleGan(model, 300, { seed: 4 })).data();
  expect(many.slice(0, 20)).toEqual(few);
  expect(await (await sampleGan(model, 10, { seed: 5 })).data()).not.toEqual(few);
});

test('is what the generator predicts from the noise of that seed, with its state as trained', async () => {
  const model = generator();
  const before = await weightsOf(model);
  const noise = latentNoise(createRng(4).stream('noise'), [10, 3]);
  const expected = await (model.predict(noise) as Tensor).data();
  expect(await (await sampleGan(model, 10, { seed: 4 })).data()).toEqual(expected);
  expect(await weightsOf(model)).toEqual(before);
});

test('leaves one tensor, its result', async () => {
  const model = generator();
  const before = memory().numTensors;
  (await sampleGan(model, 600)).dispose();
  expect(memory().numTensors).toBe(before);
});

test.each([0, -1, 2.5, Number.NaN])('refuses %d as a count', async (count) => {
  await expect(sampleGan(generator(), count)).rejects.toThrow(
    `sampleGan: \`count\` must be a positive integer, received ${count} (number).`,
  );
});
