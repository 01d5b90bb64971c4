import '../support/backends.js';
import type { Tensor } from '@tensorflow/tfjs-core';
import {
  buildDiscriminator,
  buildGenerator,
  createRng,
  latentNoise,
  registerLayers,
  trainGan,
  useBackend,
} from 'minimart';
import { beforeAll, expect, test } from 'vitest';
import { smallData, weightsOf } from '../support/gan-pair.js';
import { saveAndLoad } from '../support/save-and-load.js';

beforeAll(async () => {
  await useBackend('cpu');
  registerLayers();
});

const image = [6, 5, 3] as const;

test.each([
  [
    'dense generator',
    () =>
      buildGenerator({
        latentSize: 4,
        hidden: [6],
        outputShape: image,
        activation: 'leakyRelu',
        outputActivation: 'tanh',
      }),
    [4],
  ],
  [
    'convolutional generator',
    () =>
      buildGenerator({
        latentSize: 4,
        filters: [4, 3],
        outputShape: image,
        normalization: 'batch',
        outputActivation: 'sigmoid',
      }),
    [4],
  ],
  ['dense discriminator', () => buildDiscriminator({ inputShape: image, hidden: [6], dropout: 0.3 }), image],
  [
    'convolutional discriminator',
    () => buildDiscriminator({ inputShape: image, filters: [3, 4], normalization: 'batch', activation: 'tanh' }),
    image,
  ],
])('a %s survives save and load', async (_, build, shape) => {
  const model = build();
  const loaded = await saveAndLoad(model);
  expect(await weightsOf(loaded)).toEqual(await weightsOf(model));
  const inputs = latentNoise(createRng(1), [3, ...shape]);
  const expected = await (model.predict(inputs) as Tensor).data();
  expect(await (loaded.predict(inputs) as Tensor).data()).toEqual(expected);
});

test('a loaded pair goes on training', async () => {
  const generator = await saveAndLoad(buildGenerator({ latentSize: 3, hidden: [8], outputShape: [4] }));
  const discriminator = await saveAndLoad(buildDiscriminator({ inputShape: [4], hidden: [8], dropout: 0.2 }));
  const before = await weightsOf(discriminator);
  expect((await trainGan({ generator, discriminator, data: smallData(), steps: 3 })).steps).toBe(3);
  expect(await weightsOf(discriminator)).not.toEqual(before);
});
