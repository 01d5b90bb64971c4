import '../../support/backends.js';
import { memory } from '@tensorflow/tfjs-core';
import { checkSecondOrder, createRng, recommendedGan, sampleGan, trainGan, useBackend } from 'minimart';
import { beforeEach, describe, expect, test } from 'vitest';
import { weightsOf } from '../../support/gan-pair.js';

const uniform = (shape: number[]) => {
  const size = shape.reduce((product, length) => product * length, 1);
  return { values: createRng(1).fillUniform(new Float32Array(size)), shape };
};

describe('recommendedGan', () => {
  beforeEach(() => useBackend('wasm'));

  test.each([[[8, 8, 1]], [[9, 6, 3]], [[5]]])('trains on samples of %j and draws such samples', async (shape) => {
    const gan = recommendedGan({ sampleShape: shape });
    const { history, generator } = await trainGan({ ...gan, data: uniform([16, ...shape]), batchSize: 8, steps: 3 });
    expect(generator).toBe(gan.average.model);
    expect(Object.keys(history[0]!.penalties!)).toEqual(['r1', 'r2']);
    expect((await sampleGan(generator, 2)).shape).toEqual([2, ...shape]);
  });

  test('takes classes, of which both networks know', async () => {
    const gan = recommendedGan({ sampleShape: [3], condition: { size: 4 } });
    const conditions = Array.from({ length: 16 }, (_, place) => place % 4);
    await trainGan({ ...gan, data: uniform([16, 3]), conditions, steps: 2 });
    expect((await sampleGan(gan.generator, 2, { conditions: [3, 0] })).shape).toEqual([2, 3]);
  });

  test('has second derivatives throughout, for its exact penalties', () => {
    for (const sampleShape of [[8, 8, 1], [3]]) {
      expect(checkSecondOrder(recommendedGan({ sampleShape }).discriminator)).toEqual([]);
    }
  });

  test('has the range that is asked for, by default 0 to 1 for images and any number for rows', async () => {
    const lastOf = (config: Parameters<typeof recommendedGan>[0]) =>
      recommendedGan(config).generator.layers.at(-1)!.getConfig().activation;
    expect(lastOf({ sampleShape: [8, 8, 1] })).toBe('sigmoid');
    expect(lastOf({ sampleShape: [8, 8, 1], outputActivation: 'tanh' })).toBe('tanh');
    expect(lastOf({ sampleShape: [3] })).toBe('linear');
  });

  test('begins with the weights of its seed', async () => {
    const weights = async (seed: number) => weightsOf(recommendedGan({ sampleShape: [3], seed }).generator);
    expect(await weights(2)).toEqual(await weights(2));
    expect(await weights(2)).not.toEqual(await weights(3));
  });

  test('leaves nothing behind once its parts are disposed', async () => {
    const data = uniform([16, 3]);
    const run = async () => {
      const gan = recommendedGan({ sampleShape: [3] });
      await trainGan({ ...gan, data, steps: 2 });
      const { generator, discriminator, average, generatorOptimizer, discriminatorOptimizer } = gan;
      for (const part of [generator, discriminator, average.model, generatorOptimizer, discriminatorOptimizer]) {
        part.dispose();
      }
    };
    await run();
    const before = memory().numTensors;
    await run();
    expect(memory().numTensors).toBe(before);
  });

  test.each([[[]], [[4, 4]], [[3, 8, 1]], [[0]]])('refuses samples of %j', (sampleShape) => {
    expect(() => recommendedGan({ sampleShape })).toThrow('recommendedGan: `sampleShape` must');
  });
});
