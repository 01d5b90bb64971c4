import '../../support/backends.js';
import { memory, ones, type Tensor, tensor, zeros } from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import {
  buildImageDiscriminator,
  buildImageGenerator,
  checkSecondOrder,
  createRng,
  type ImageDiscriminatorConfig,
  type ImageGeneratorConfig,
  latentNoise,
  sampleGan,
  trainGan,
  useBackend,
} from 'minimart';
import { beforeAll, describe, expect, test } from 'vitest';
import { SpectralNorm } from '../../../src/nn/layers/spectral-norm.js';
import { weightsOf } from '../../support/gan-pair.js';

const imageShape = [6, 5, 3];
const judged = { imageShape, filters: [3, 4] };
const small = { ...judged, latentSize: 4 };

beforeAll(() => useBackend('cpu'));

const images = (seed: number, count = 2) => latentNoise(createRng(seed), [count, ...imageShape]);
const noise = (seed: number, count = 2) => latentNoise(createRng(seed), [count, 4]);

async function drawn(config: ImageGeneratorConfig, z: Tensor, image: Tensor): Promise<Float32Array> {
  const generator = buildImageGenerator(config);
  const values = (await (generator.predict([z, image]) as Tensor).data()) as Float32Array;
  generator.dispose();
  return values;
}

describe('buildImageGenerator', () => {
  test('gives images of the size, and whatever size, of those that go in', () => {
    const size = fc.integer({ min: 1, max: 13 });
    const stages = fc.integer({ min: 1, max: 3 });
    fc.assert(
      fc.property(size, size, fc.constantFrom(1, 3), stages, fc.boolean(), (height, width, channels, count, skip) => {
        const shape = [height, width, channels];
        const filters = Array.from({ length: count }, () => 2);
        const generator = buildImageGenerator({
          imageShape: shape,
          latentSize: 2,
          filters,
          kernelSize: 3,
          skipConnections: skip,
        });
        const discriminator = buildImageDiscriminator({ imageShape: shape, filters });
        const image = ones([2, ...shape]);
        const made = generator.apply([zeros([2, 2]), image]) as Tensor;
        const logits = discriminator.apply([made, image]) as Tensor;
        expect(made.shape).toEqual([2, ...shape]);
        expect(logits.shape).toEqual([2, 1]);
        for (const each of [generator, discriminator, image, made, logits]) each.dispose();
      }),
      { numRuns: 15 },
    );
  });

  test('halves on the way in and doubles on the way out, beside the maps of the same size', () => {
    const generator = buildImageGenerator({ imageShape: [28, 20, 1], latentSize: 4, filters: [8, 16] });
    const shapeOf = (name: string) => generator.getLayer(name).outputShape;
    expect(shapeOf('generator_encoder_conv_0')).toEqual([null, 14, 10, 8]);
    expect(shapeOf('generator_encoder_conv_1')).toEqual([null, 7, 5, 16]);
    // 16 maps of the image and as many of the noise
    expect(shapeOf('generator_code')).toEqual([null, 7, 5, 32]);
    expect(shapeOf('generator_decoder_conv_0')).toEqual([null, 14, 10, 8]);
    expect(shapeOf('generator_decoder_skip_0')).toEqual([null, 14, 10, 16]);
    const narrow = { imageShape: [28, 20, 1], latentSize: 4, filters: [8, 16], skipConnections: false };
    expect(buildImageGenerator(narrow).layers.map(({ name }) => name)).not.toContain('generator_decoder_skip_0');
  });

  test.each([true, false])('depends on the noise and on the image, with skip connections: %s', async (skip) => {
    const config = { ...small, skipConnections: skip };
    const first = await drawn(config, noise(1), images(1));
    expect(await drawn(config, noise(1), images(1))).toEqual(first);
    expect(await drawn(config, noise(2), images(1))).not.toEqual(first);
    expect(await drawn(config, noise(1), images(2))).not.toEqual(first);
  });

  test('has the weights of its seed', async () => {
    const make = (seed: number) => weightsOf(buildImageGenerator({ ...small, seed }));
    expect(await make(1)).toEqual(await make(1));
    expect(await make(1)).not.toEqual(await make(2));
  });

  test('keeps to the range of its last activation', async () => {
    const values = await drawn({ ...small, outputActivation: 'tanh' }, noise(1), images(1));
    expect(values.every((value) => Math.abs(value) < 1)).toBe(true);
    expect(values.some((value) => value < 0)).toBe(true);
  });

  test('takes the normalizations of all generators', () => {
    const names = (normalization: 'batch' | 'spectral') =>
      buildImageGenerator({ ...small, normalization }).layers.map((layer) => layer.getClassName());
    // Two maps on the way in, that of the noise, and one on the way out.
    expect(names('batch').filter((name) => name === 'BatchNormalization')).toHaveLength(4);
    // And the last.
    expect(names('spectral').filter((name) => name === SpectralNorm.className)).toHaveLength(5);
  });

  test('leaves nothing behind when it is disposed', () => {
    const before = memory().numTensors;
    buildImageGenerator({ ...small, normalization: 'spectral' }).dispose();
    buildImageDiscriminator({ ...judged, normalization: 'batch' }).dispose();
    expect(memory().numTensors).toBe(before);
  });

  const refusals: [string, Partial<Record<keyof ImageGeneratorConfig, unknown>>, string][] = [
    ['no latent size', { latentSize: 0 }, '`latentSize` must be a positive integer, received 0 (number).'],
    [
      'rows of a table',
      { imageShape: [7] },
      '`imageShape` must be [height, width, channels] for `filters`, received [7] (array).',
    ],
    ['no filters', { filters: [] }, '`filters` must not be empty, received [] (array).'],
    ['missing filters', { filters: undefined }, '`filters` must be an array of positive integers, received undefined.'],
    ['a kernel of no size', { kernelSize: 0 }, '`kernelSize` must be a positive integer, received 0 (number).'],
    ['skips in words', { skipConnections: 'all' }, "`skipConnections` must be true or false, received 'all' (string)."],
    ['an unknown output', { outputActivation: 'sin' }, "`outputActivation` must be one of 'linear', 'sigmoid',"],
    ['an unknown activation', { activation: 'step' }, "`activation` must be one of 'relu', 'leakyRelu', 'tanh',"],
    ['a broken seed', { seed: 0.5 }, '`seed` must be a safe integer, received 0.5 (number).'],
  ];
  test.each(refusals)('refuses %s', (_, change, message) => {
    const config = { ...small, ...change } as ImageGeneratorConfig;
    expect(() => buildImageGenerator(config)).toThrow(message);
  });
});

describe('buildImageDiscriminator', () => {
  test('lays the images over one another, and can be differentiated twice', async () => {
    const discriminator = buildImageDiscriminator({ ...judged, normalization: 'spectral', minibatchSpread: true });
    expect(discriminator.getLayer('discriminator_join').outputShape).toEqual([null, 6, 5, 6]);
    expect(checkSecondOrder(discriminator)).toEqual([]);
    const judge = async (sample: Tensor, image: Tensor) => (discriminator.predict([sample, image]) as Tensor).data();
    const logits = await judge(images(1), images(2));
    expect(await judge(images(1), images(3))).not.toEqual(logits);
    expect(await judge(images(2), images(1))).not.toEqual(logits);
  });

  test('has the weights of its seed', async () => {
    const make = (seed: number) => weightsOf(buildImageDiscriminator({ ...judged, seed }));
    expect(await make(1)).toEqual(await make(1));
    expect(await make(1)).not.toEqual(await make(2));
  });

  test.each([
    ['rows of a table', { imageShape: [7] }, '`imageShape` must be [height, width, channels] for `filters`'],
    ['dropout of 1', { dropout: 1 }, '`dropout` must be a number in [0, 1), received 1 (number).'],
    ['no filters', { filters: [] }, '`filters` must not be empty, received [] (array).'],
  ])('refuses %s', (_, change, message) => {
    const config = { imageShape, filters: [3], ...change } as ImageDiscriminatorConfig;
    expect(() => buildImageDiscriminator(config)).toThrow(`buildImageDiscriminator: ${message}`);
  });
});

test('an image pair trains on pairs of images, row by row, and draws beside given images', async () => {
  const count = 8;
  const values = (seed: number) => createRng(seed).fillUniform(new Float32Array(count * 90));
  const generator = buildImageGenerator({ ...small, outputActivation: 'sigmoid' });
  const discriminator = buildImageDiscriminator(judged);
  const before = await weightsOf(generator);
  const run = await trainGan({
    generator,
    discriminator,
    data: { values: values(1), shape: [count, ...imageShape] },
    conditions: { values: values(2), shape: [count, ...imageShape] },
    batchSize: 4,
    epochs: 1,
  });
  expect(run.steps).toBe(2);
  const after = await weightsOf(generator);
  expect(after.every((weight, index) => weight.some((value, place) => value !== before[index]![place]))).toBe(true);
  const conditions = tensor(values(3).slice(0, 270), [3, ...imageShape]);
  expect((await sampleGan(generator, 3, { conditions })).shape).toEqual([3, ...imageShape]);
});
