import '../../support/backends.js';
import { fill, memory, type Tensor, zeros } from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import {
  buildDiscriminator,
  buildGenerator,
  type DiscriminatorConfig,
  type GeneratorConfig,
  useBackend,
} from 'minimart';
import { beforeAll, describe, expect, test } from 'vitest';
import { weightsOf } from '../../support/gan-pair.js';

beforeAll(() => useBackend('cpu'));

describe('buildGenerator', () => {
  test('makes samples of the asked shape from dense layers', () => {
    const generator = buildGenerator({ latentSize: 5, hidden: [6, 7], outputShape: [2, 3, 1] });
    expect(generator.inputs[0]!.shape).toEqual([null, 5]);
    expect(generator.outputs[0]!.shape).toEqual([null, 2, 3, 1]);
    // 5x6 + 6, 6x7 + 7, 7x6 + 6
    expect(generator.countParams()).toBe(36 + 49 + 48);
  });

  test('is a single linear map without hidden layers', async () => {
    const generator = buildGenerator({ latentSize: 5, hidden: [], outputShape: [3] });
    expect(generator.countParams()).toBe(5 * 3 + 3);
    const nothing = generator.apply(zeros([1, 5])) as Tensor;
    expect(await nothing.data()).toEqual(Float32Array.of(0, 0, 0));
  });

  test('doubles from 7 x 7 to 28 x 28 with two stages', () => {
    const generator = buildGenerator({ latentSize: 10, filters: [8, 4], outputShape: [28, 28, 1] });
    const shapes = generator.layers.map((layer) => layer.outputShape);
    expect(shapes).toContainEqual([null, 7, 7, 8]);
    expect(shapes).toContainEqual([null, 14, 14, 4]);
    expect(generator.outputs[0]!.shape).toEqual([null, 28, 28, 1]);
  });

  test('makes images of any height, width and colour', () => {
    const size = fc.integer({ min: 1, max: 19 });
    fc.assert(
      fc.property(
        size,
        size,
        fc.constantFrom(1, 3),
        fc.integer({ min: 1, max: 3 }),
        (height, width, channels, stages) => {
          const filters = Array.from({ length: stages }, () => 2);
          const generator = buildGenerator({ latentSize: 2, filters, outputShape: [height, width, channels] });
          const discriminator = buildDiscriminator({ inputShape: [height, width, channels], filters });
          const images = generator.apply(zeros([2, 2])) as Tensor;
          const logits = discriminator.apply(images) as Tensor;
          expect(images.shape).toEqual([2, height, width, channels]);
          expect(logits.shape).toEqual([2, 1]);
          for (const each of [generator, discriminator, images, logits]) each.dispose();
        },
      ),
      { numRuns: 20 },
    );
  });

  test.each([
    ['sigmoid', 0, 1],
    ['tanh', -1, 1],
    ['relu', 0, Number.POSITIVE_INFINITY],
  ] as const)('keeps to the range of %s', async (outputActivation, low, high) => {
    const generator = buildGenerator({ latentSize: 4, hidden: [8], outputShape: [50], outputActivation });
    const values = await (generator.apply(fill([1, 4], 3)) as Tensor).data();
    for (const value of values) expect(value >= low && value <= high).toBe(true);
  });

  test('has the weights of its seed', async () => {
    const make = (seed: number) => weightsOf(buildGenerator({ latentSize: 4, hidden: [8, 8], outputShape: [3], seed }));
    expect(await make(1)).toEqual(await make(1));
    expect(await make(1)).not.toEqual(await make(2));
    const [first, , second] = await weightsOf(
      buildGenerator({ latentSize: 8, hidden: [8, 8], outputShape: [8], seed: 1 }),
    );
    expect(first).not.toEqual(second);
  });

  test('leaves nothing behind when it is disposed', () => {
    const before = memory().numTensors;
    buildGenerator({ latentSize: 4, filters: [8], normalization: 'batch', outputShape: [5, 5, 3] }).dispose();
    expect(memory().numTensors).toBe(before);
  });
});

describe('buildDiscriminator', () => {
  test('ends in one logit without an activation', () => {
    const discriminator = buildDiscriminator({ inputShape: [4, 4, 1], hidden: [6] });
    expect(discriminator.outputs[0]!.shape).toEqual([null, 1]);
    expect(discriminator.layers.at(-1)!.getConfig().activation).toBe('linear');
    // 16x6 + 6, 6x1 + 1
    expect(discriminator.countParams()).toBe(102 + 7);
  });

  test('halves height and width, rounded up, with each convolution', () => {
    const discriminator = buildDiscriminator({ inputShape: [9, 5, 3], filters: [4, 8] });
    const shapes = discriminator.layers.map((layer) => layer.outputShape);
    expect(shapes).toContainEqual([null, 5, 3, 4]);
    expect(shapes).toContainEqual([null, 3, 2, 8]);
  });
});

const generatorRefusals: [string, Partial<Record<keyof GeneratorConfig, unknown>>, string][] = [
  ['no latent size', { latentSize: 0 }, '`latentSize` must be a positive integer, received 0 (number).'],
  ['a broken size', { hidden: [8, 2.5] }, '`hidden` must hold positive integers only, received [8, 2.5] (array).'],
  ['an empty shape', { outputShape: [] }, '`outputShape` must not be empty, received [] (array).'],
  ['sizes as a number', { hidden: 64 }, '`hidden` must be an array of positive integers, received 64 (number).'],
  [
    'neither stack',
    { hidden: undefined },
    '`hidden` must be given, or else `filters`, and not both, received undefined.',
  ],
  ['both stacks', { filters: [8] }, '`hidden` must be given, or else `filters`, and not both, received [8] (array).'],
  [
    'convolutions for a vector',
    { hidden: undefined, filters: [8] },
    '`outputShape` must be [height, width, channels] for `filters`, received [3] (array).',
  ],
  [
    'an unknown activation',
    { activation: 'step' },
    "`activation` must be one of 'relu', 'leakyRelu', 'tanh', received",
  ],
  [
    'an unknown output activation',
    { outputActivation: 'sin' },
    "`outputActivation` must be one of 'linear', 'sigmoid',",
  ],
  [
    'a kernel size for dense layers',
    { kernelSize: 3 },
    '`kernelSize` must go with `filters` only, received 3 (number).',
  ],
  ['a broken seed', { seed: 0.5 }, '`seed` must be a safe integer, received 0.5 (number).'],
];

test.each(generatorRefusals)('buildGenerator refuses %s', (_, change, message) => {
  const config = { latentSize: 4, hidden: [8], outputShape: [3], ...change } as GeneratorConfig;
  expect(() => buildGenerator(config)).toThrow(message);
});

test.each([
  ['dropout of 1', { dropout: 1 }, '`dropout` must be a number in [0, 1), received 1 (number).'],
  [
    'a shape of text',
    { inputShape: '28' },
    "`inputShape` must be an array of positive integers, received '28' (string).",
  ],
  [
    'an unknown normalization',
    { normalization: 'layer' },
    "`normalization` must be one of 'none', 'batch', 'spectral', received",
  ],
])('buildDiscriminator refuses %s', (_, change, message) => {
  const config = { inputShape: [3], hidden: [8], ...change } as DiscriminatorConfig;
  expect(() => buildDiscriminator(config)).toThrow(`buildDiscriminator: ${message}`);
});
