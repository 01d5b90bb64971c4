import '../../support/backends.js';
import { memory, type Tensor, tensor } from '@tensorflow/tfjs-core';
import {
  buildCategoryGenerator,
  buildPreferenceDiscriminator,
  buildPreferenceGenerator,
  type CategoryGeneratorConfig,
  checkSecondOrder,
  createRng,
  latentNoise,
  type PreferenceDiscriminatorConfig,
  type PreferenceGeneratorConfig,
  registerLayers,
  useBackend,
} from 'minimart';
import { beforeAll, describe, expect, test } from 'vitest';
import { expectClose } from '../../support/expect-close.js';
import { weightsOf } from '../../support/gan-pair.js';
import { saveAndLoad } from '../../support/save-and-load.js';

beforeAll(async () => {
  await useBackend('cpu');
  registerLayers();
});

const noise = (...shape: number[]) => latentNoise(createRng(4), shape);
const tastes = () => tensor([0.5, -1, 2, 3, 0, 0.25], [2, 3]);

/** x W + b, row by row, in double precision. */
function dense(rows: readonly number[][], kernel: ArrayLike<number>, bias: ArrayLike<number>): number[][] {
  const units = bias.length;
  return rows.map((row) =>
    Array.from(bias, (offset, unit) => row.reduce((sum, x, index) => sum + x * kernel[index * units + unit]!, offset)),
  );
}

const leaky = (rows: readonly number[][]) => rows.map((row) => row.map((x) => (x > 0 ? x : 0.2 * x)));

async function joinedRows(left: Tensor, right: Tensor): Promise<number[][]> {
  const [a, b] = [await left.data(), await right.data()];
  const [width, other] = [left.shape[1]!, right.shape[1]!];
  return Array.from({ length: left.shape[0]! }, (_, row) => [
    ...a.slice(row * width, (row + 1) * width),
    ...b.slice(row * other, (row + 1) * other),
  ]);
}

describe('buildPreferenceGenerator', () => {
  const config: PreferenceGeneratorConfig = { preferenceSize: 3, featureSize: 4, latentSize: 2, hidden: [5] };

  test('gives leaky relu layers of [z, p]', async () => {
    const generator = buildPreferenceGenerator(config);
    const [z, p] = [noise(2, 2), tastes()];
    const [kernel, bias, last, lastBias] = await weightsOf(generator);
    const hidden = leaky(dense(await joinedRows(z, p), kernel!, bias!));
    const expected = dense(hidden, last!, lastBias!).flat();
    await expectClose(generator.apply([z, p]) as Tensor, expected, [2, 4]);
  });

  test('gives the softmax of that as a distribution', async () => {
    const inputs = [noise(2, 2), tastes()];
    const plain = await (buildPreferenceGenerator(config).apply(inputs) as Tensor).data();
    const powers = Array.from(plain, Math.exp);
    const expected = powers.map((power, index) => {
      const row = Math.floor(index / 4);
      return power / powers.slice(row * 4, row * 4 + 4).reduce((sum, each) => sum + each, 0);
    });
    const shares = buildPreferenceGenerator({ ...config, output: 'distribution' }).apply(inputs) as Tensor;
    await expectClose(shares, expected, [2, 4]);
  });

  test('has two hidden layers of 128 and 16 numbers of noise unless told otherwise', () => {
    const generator = buildPreferenceGenerator({ preferenceSize: 3, featureSize: 4 });
    expect(generator.inputs.map(({ shape }) => shape)).toEqual([
      [null, 16],
      [null, 3],
    ]);
    expect(generator.countParams()).toBe(19 * 128 + 128 + 128 * 128 + 128 + 128 * 4 + 4);
  });

  test.each([
    ['no preference size', { preferenceSize: 0 }, '`preferenceSize` must be a positive integer, received 0 (number).'],
    ['no feature size', { featureSize: 1.5 }, '`featureSize` must be a positive integer, received 1.5 (number).'],
    ['an unknown output', { output: 'item' }, "`output` must be one of 'features', 'distribution', received 'item'"],
  ])('refuses %s', (_, change, message) => {
    const broken = { ...config, ...change } as PreferenceGeneratorConfig;
    expect(() => buildPreferenceGenerator(broken)).toThrow(`buildPreferenceGenerator: ${message}`);
  });
});

describe('buildPreferenceDiscriminator', () => {
  const config: PreferenceDiscriminatorConfig = { preferenceSize: 3, featureSize: 4, hidden: [5, 6] };

  test('gives the logit of leaky relu layers of [x, p]', async () => {
    const discriminator = buildPreferenceDiscriminator(config);
    const [x, p] = [noise(2, 4), tastes()];
    const [first, firstBias, second, secondBias, last, lastBias] = await weightsOf(discriminator);
    const hidden = leaky(dense(await joinedRows(x, p), first!, firstBias!));
    const expected = dense(leaky(dense(hidden, second!, secondBias!)), last!, lastBias!).flat();
    await expectClose(discriminator.apply([x, p]) as Tensor, expected, [2, 1]);
  });

  test('can be differentiated twice, and survives save and load', async () => {
    const discriminator = buildPreferenceDiscriminator({ ...config, join: 'projection', dropout: 0.2 });
    expect(checkSecondOrder(discriminator)).toEqual([]);
    const loaded = await saveAndLoad(discriminator);
    const inputs = [noise(2, 4), tastes()];
    const expected = await (discriminator.predict(inputs) as Tensor).data();
    expect(await (loaded.predict(inputs) as Tensor).data()).toEqual(expected);
  });

  test('refuses a missing size', () => {
    const broken = { ...config, featureSize: -1 };
    expect(() => buildPreferenceDiscriminator(broken)).toThrow(
      'buildPreferenceDiscriminator: `featureSize` must be a positive integer, received -1 (number).',
    );
  });
});

describe('buildCategoryGenerator', () => {
  test('gives a distribution over the categories, whatever the noise', async () => {
    const generator = buildCategoryGenerator();
    const shares = generator.apply(noise(3, 100)) as Tensor;
    expect(shares.shape).toEqual([3, 10]);
    const values = Array.from(await shares.data());
    for (let row = 0; row < 3; row += 1) {
      const line = values.slice(row * 10, row * 10 + 10);
      expect(line.every((share) => share > 0)).toBe(true);
      expect(line.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 5);
    }
    expect(values.slice(0, 10)).not.toEqual(values.slice(10, 20));
  });

  test('stands on two convolutions of 64 channels', () => {
    const generator = buildCategoryGenerator({ categories: 7, latentSize: 9, mapShape: [3, 5, 2] });
    const shapes = generator.layers.map(({ outputShape }) => outputShape);
    expect(shapes.filter((shape) => String(shape) === ',3,5,64')).toHaveLength(4);
    const convolutions = 9 * 2 * 64 + 64 + 9 * 64 * 64 + 64;
    expect(generator.countParams()).toBe(9 * 30 + 30 + convolutions + 3 * 5 * 64 * 7 + 7);
  });

  test('answers to a preference', async () => {
    const generator = buildCategoryGenerator({ latentSize: 2, filters: [3], condition: { size: 3 } });
    const z = noise(1, 2);
    const sharesFor = async (p: number[]) => (generator.apply([z, tensor(p, [1, 3])]) as Tensor).data();
    expect(await sharesFor([1, 0, 0])).not.toEqual(await sharesFor([0, 1, 0]));
  });

  test('survives save and load, and leaves nothing behind when it is disposed', async () => {
    const generator = buildCategoryGenerator({ latentSize: 4, filters: [3] });
    const loaded = await saveAndLoad(generator);
    const expected = await (generator.predict(noise(2, 4)) as Tensor).data();
    expect(await (loaded.predict(noise(2, 4)) as Tensor).data()).toEqual(expected);
    const before = memory().numTensors;
    buildCategoryGenerator({ latentSize: 4, filters: [3] }).dispose();
    expect(memory().numTensors).toBe(before);
  });

  test.each([
    ['no categories', { categories: 0 }, '`categories` must be a positive integer, received 0 (number).'],
    ['a flat map', { mapShape: [4, 4] }, '`mapShape` must be [height, width, channels], received [4, 4] (array).'],
    ['no convolution', { filters: [] }, '`filters` must not be empty, received [] (array).'],
  ])('refuses %s', (_, change, message) => {
    expect(() => buildCategoryGenerator(change as CategoryGeneratorConfig)).toThrow(
      `buildCategoryGenerator: ${message}`,
    );
  });
});
