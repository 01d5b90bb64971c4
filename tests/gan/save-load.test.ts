import '../support/backends.js';
import type { Tensor } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import {
  buildDiscriminator,
  buildGenerator,
  buildImageDiscriminator,
  buildImageGenerator,
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

interface Saved {
  readonly name: string;
  build(): LayersModel;
  readonly inputShapes: readonly (readonly number[])[];
}

const models: readonly Saved[] = [
  {
    name: 'dense generator',
    build: () =>
      buildGenerator({
        latentSize: 4,
        hidden: [6],
        outputShape: image,
        activation: 'leakyRelu',
        outputActivation: 'tanh',
      }),
    inputShapes: [[4]],
  },
  {
    name: 'convolutional generator',
    build: () =>
      buildGenerator({
        latentSize: 4,
        filters: [4, 3],
        outputShape: image,
        normalization: 'batch',
        outputActivation: 'sigmoid',
      }),
    inputShapes: [[4]],
  },
  {
    name: 'generator with spectral norm',
    build: () => buildGenerator({ latentSize: 4, filters: [4, 3], outputShape: image, normalization: 'spectral' }),
    inputShapes: [[4]],
  },
  {
    name: 'generator of images from images',
    build: () => buildImageGenerator({ imageShape: image, latentSize: 4, filters: [3, 4], normalization: 'batch' }),
    inputShapes: [[4], image],
  },
  {
    name: 'dense discriminator',
    build: () => buildDiscriminator({ inputShape: image, hidden: [6], dropout: 0.3 }),
    inputShapes: [image],
  },
  {
    name: 'convolutional discriminator',
    build: () => buildDiscriminator({ inputShape: image, filters: [3, 4], normalization: 'batch', activation: 'tanh' }),
    inputShapes: [image],
  },
  {
    name: 'discriminator with spectral norm and minibatch spread',
    build: () =>
      buildDiscriminator({ inputShape: image, filters: [3, 4], normalization: 'spectral', minibatchSpread: true }),
    inputShapes: [image],
  },
  {
    name: 'discriminator of images beside images',
    build: () => buildImageDiscriminator({ imageShape: image, filters: [3], normalization: 'spectral', dropout: 0.2 }),
    inputShapes: [image, image],
  },
];

test.each(models)('a $name survives save and load', async ({ build, inputShapes }) => {
  const model = build();
  const loaded = await saveAndLoad(model);
  expect(await weightsOf(loaded)).toEqual(await weightsOf(model));
  const inputs = inputShapes.map((shape, index) => latentNoise(createRng(index), [3, ...shape]));
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
