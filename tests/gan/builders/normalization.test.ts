import '../../support/backends.js';
import { dispose, type Tensor, tensor, zeros } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import {
  buildDiscriminator,
  buildGenerator,
  checkSecondOrder,
  createRng,
  generatorAverage,
  r1Penalty,
  trainGan,
  useBackend,
} from 'minimart';
import { SingularValueDecomposition } from 'ml-matrix';
import { beforeAll, describe, expect, test } from 'vitest';
import { SpectralNorm } from '../../../src/nn/layers/spectral-norm.js';
import { weightsOf } from '../../support/gan-pair.js';

const image = [8, 7, 2];
const latentSize = 5;

beforeAll(() => useBackend('wasm'));

const spectralLayers = (model: LayersModel) =>
  model.layers.filter((layer): layer is SpectralNorm => layer instanceof SpectralNorm);

/** By SVD in double precision; a transposed convolution's kernel is `[…, out, in]`. */
async function largestSingularValue(layer: SpectralNorm): Promise<number> {
  const kernel = layer.normalizedKernel();
  const [beforeLast, last] = kernel.shape.slice(-2) as [number, number];
  const transposed = layer.layer.getClassName() === 'Conv2DTranspose';
  const rows: number[][] = Array.from({ length: transposed ? beforeLast : last }, () => []);
  for (const [index, value] of (await kernel.data()).entries()) {
    rows[transposed ? Math.floor(index / last) % beforeLast : index % last]!.push(value);
  }
  dispose(kernel);
  return Math.max(...new SingularValueDecomposition(rows, { autoTranspose: true }).diagonal);
}

const pair = (normalization: 'none' | 'batch' | 'spectral', minibatchSpread?: boolean) => ({
  generator: buildGenerator({ latentSize, filters: [6, 4], outputShape: image, normalization }),
  discriminator: buildDiscriminator({ inputShape: image, filters: [4, 6], normalization, minibatchSpread }),
});

const data = () => {
  const values = createRng(1).fillNormal(new Float32Array(16 * 8 * 7 * 2));
  return { values, shape: [16, ...image] };
};

describe("normalization 'spectral'", () => {
  test('stands around every dense and convolutional layer, with the same weights and names as without it', async () => {
    for (const name of ['generator', 'discriminator'] as const) {
      const [plain, spectral] = [pair('none')[name], pair('spectral')[name]];
      const kernels = plain.trainableWeights.filter(({ shape }) => shape.length > 1);
      expect(spectralLayers(spectral)).toHaveLength(kernels.length);
      expect(spectral.layers.map((layer) => layer.name)).toEqual(plain.layers.map((layer) => layer.name));
      const [expected, actual] = await Promise.all(
        [plain, spectral].map(({ trainableWeights }) =>
          Promise.all(trainableWeights.map((each) => each.read().data())),
        ),
      );
      expect(actual).toEqual(expected);
    }
  });

  test('goes through dense stacks too', () => {
    const generator = buildGenerator({ latentSize, hidden: [6], outputShape: [3], normalization: 'spectral' });
    const discriminator = buildDiscriminator({ inputShape: [3], hidden: [6], normalization: 'spectral' });
    expect(spectralLayers(generator)).toHaveLength(2);
    expect(spectralLayers(discriminator)).toHaveLength(2);
  });

  test('goes around the dense layer that a condition passes through', () => {
    const discriminator = buildDiscriminator({
      inputShape: [3],
      hidden: [6],
      normalization: 'spectral',
      minibatchSpread: true,
      condition: { size: 4, join: 'projection' },
    });
    expect(spectralLayers(discriminator).map(({ name }) => name)).toContain('discriminator_condition_projection');
    expect(discriminator.predict([zeros([2, 3]), zeros([2, 4])])).toMatchObject({ shape: [2, 1] });
  });

  test('keeps every layer of both networks at 1 within 5% after 20 steps of training, the average included', async () => {
    const { generator, discriminator } = pair('spectral');
    const average = generatorAverage(generator, { decay: 0.9 });
    await trainGan({ generator, discriminator, data: data(), batchSize: 8, steps: 20, average });
    for (const layer of [generator, discriminator].flatMap(spectralLayers)) {
      expect(Math.abs((await largestSingularValue(layer)) - 1), layer.name).toBeLessThan(0.05);
    }
    // Averages of u are not quite what belongs to averages of kernels.
    for (const layer of spectralLayers(average.model)) {
      expect(Math.abs((await largestSingularValue(layer)) - 1), layer.name).toBeLessThan(0.1);
    }
  });

  test('leaves a discriminator that can be differentiated twice, and trains with an exact penalty', async () => {
    const { generator, discriminator } = pair('spectral', true);
    expect(checkSecondOrder(discriminator)).toEqual([]);
    const penalties = [r1Penalty({ weight: 1 })];
    const run = await trainGan({ generator, discriminator, data: data(), batchSize: 8, steps: 2, penalties });
    expect(run.history.at(-1)!.penalties!.r1).toBeGreaterThan(0);
  });

  test('repeats a run from the same seed exactly', async () => {
    const run = async () => {
      const { generator, discriminator } = pair('spectral', true);
      await trainGan({ generator, discriminator, data: data(), batchSize: 8, steps: 3, seed: 4 });
      return [...(await weightsOf(generator)), ...(await weightsOf(discriminator))];
    };
    expect(await run()).toEqual(await run());
  });
});

describe('minibatchSpread', () => {
  test('is one more map before the flattening, or one more feature before the last dense layer', () => {
    const conv = buildDiscriminator({ inputShape: image, filters: [4, 6], minibatchSpread: true });
    // 8 x 7 halved twice, rounded up
    expect(conv.getLayer('discriminator_spread').outputShape).toEqual([null, 2, 2, 7]);
    expect(conv.getLayer('discriminator_logit').weights[0]!.shape).toEqual([28, 1]);
    const dense = buildDiscriminator({ inputShape: image, hidden: [9], minibatchSpread: true });
    expect(dense.getLayer('discriminator_logit').weights[0]!.shape).toEqual([10, 1]);
    const bare = buildDiscriminator({ inputShape: [3], hidden: [], minibatchSpread: true });
    expect(bare.getLayer('discriminator_logit').weights[0]!.shape).toEqual([4, 1]);
  });

  test('lets the judgement of a sample depend on the samples beside it', async () => {
    const judge = async (minibatchSpread: boolean) => {
      const model = buildDiscriminator({ inputShape: [2], hidden: [4], minibatchSpread });
      const logits = await Promise.all(
        [zeros([4, 2]), tensor([0, 0, 5, -5, -5, 5, 5, 5], [4, 2])].map((x) => (model.predict(x) as Tensor).data()),
      );
      return logits.map(([first]) => first);
    };
    const [alike, varied] = await judge(true);
    expect(alike).not.toBe(varied);
    const [same, still] = await judge(false);
    expect(same).toBe(still);
  });

  test('is refused when it is no boolean', () => {
    expect(() => buildDiscriminator({ inputShape: [3], hidden: [], minibatchSpread: 4 as never })).toThrow(
      'buildDiscriminator: `minibatchSpread` must be true or false, received 4 (number).',
    );
  });
});
