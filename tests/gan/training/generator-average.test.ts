import '../../support/backends.js';
import { memory } from '@tensorflow/tfjs-core';
import { generatorAverage, sampleGan, trainGan, useBackend } from 'minimart';
import { beforeEach, describe, expect, test } from 'vitest';
import { backends } from '../../support/backends.js';
import { smallPair, smallRun, weightsOf } from '../../support/gan-pair.js';

describe.each(backends)('generatorAverage on %s', (backend) => {
  beforeEach(() => useBackend(backend));

  test('is the weighted mean of the weights after every step, batch statistics included', async () => {
    const pair = smallPair();
    const average = generatorAverage(pair.generator, { decay: 0.3 });
    const expected = (await weightsOf(pair.generator)).map((values) => Float64Array.from(values));
    let updates = 0;
    await trainGan({
      ...smallRun({ ...pair, average, steps: 6 }),
      onProgress: async () => {
        const kept = Math.min(0.3, updates / (updates + 10));
        updates += 1;
        (await weightsOf(pair.generator)).forEach((values, index) => {
          values.forEach((value, place) => {
            expected[index]![place] = kept * expected[index]![place]! + (1 - kept) * value;
          });
        });
      },
    });
    const averaged = await weightsOf(average.model);
    averaged.forEach((values, index) => {
      values.forEach((value, place) => {
        expect(value).toBeCloseTo(expected[index]![place]!, 5);
      });
    });
    expect(average.updates).toBe(6);
  });
});

describe('generatorAverage', () => {
  beforeEach(() => useBackend('cpu'));

  test('changes nothing of the game', async () => {
    const run = async (averaged: boolean) => {
      const pair = smallPair();
      const average = averaged ? generatorAverage(pair.generator) : undefined;
      const { generator } = await trainGan(smallRun({ ...pair, average }));
      expect(generator).toBe(average?.model ?? pair.generator);
      return weightsOf(pair.generator);
    };
    expect(await run(true)).toEqual(await run(false));
  });

  test('goes on with the same bits from its saved weights and count', async () => {
    const { generator } = smallPair();
    const moved = smallPair(2).generator;
    const whole = generatorAverage(generator);
    whole.update();
    const saved = { weights: whole.model.getWeights().map((weight) => weight.clone()), updates: whole.updates };
    generator.setWeights(moved.getWeights());
    whole.update();
    const resumed = generatorAverage(generator);
    resumed.model.setWeights(saved.weights);
    resumed.updates = saved.updates;
    resumed.update();
    expect(await weightsOf(resumed.model)).toEqual(await weightsOf(whole.model));
  });

  test('draws, and leaves no tensor but its model', async () => {
    const { generator } = smallPair();
    const before = memory().numTensors;
    const average = generatorAverage(generator);
    average.update();
    const samples = await sampleGan(average.model, 3);
    samples.dispose();
    average.model.dispose();
    expect(memory().numTensors).toBe(before);
  });

  test('refuses a decay of 1 and what is no model', () => {
    const { generator } = smallPair();
    expect(() => generatorAverage(generator, { decay: 1 })).toThrow(
      'generatorAverage: `decay` must be a number in [0, 1)',
    );
    expect(() => generatorAverage({} as typeof generator)).toThrow(
      'generatorAverage: `generator` must be a LayersModel',
    );
  });
});
