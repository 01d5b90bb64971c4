import '../../support/backends.js';
import { memory, type Tensor, tensor } from '@tensorflow/tfjs-core';
import { layers, sequential } from '@tensorflow/tfjs-layers';
import {
  buildGenerator,
  createRng,
  latentNoise,
  NonFiniteLossError,
  type ProjectSampleOptions,
  projectSample,
  sampleGan,
  useBackend,
} from 'minimart';
import { beforeEach, describe, expect, test } from 'vitest';
import { backends } from '../../support/backends.js';
import { weightsOf } from '../../support/gan-pair.js';

const small = () =>
  buildGenerator({ latentSize: 3, hidden: [12], activation: 'tanh', outputShape: [4, 4, 1], seed: 2 });

/** A generator that is linear, so that the answer can be written down: x = z W + b. */
function linear(kernel: number[], inputs: number, bias: number[]) {
  const units = bias.length;
  const weights = [tensor(kernel, [inputs, units]), tensor(bias, [units])];
  return sequential({ layers: [layers.dense({ units, inputShape: [inputs], weights })] });
}

describe.each(backends)('on %s', (backend) => {
  beforeEach(() => useBackend(backend));

  test('finds its way back to the noise of samples that the generator made itself', async () => {
    const generator = small();
    const z = latentNoise(createRng(8), [3, 3]);
    const made = generator.predict(z) as Tensor;
    const { latents, reconstructions, distances, losses } = await projectSample(generator, made, { steps: 250 });
    expect(latents.shape).toEqual([3, 3]);
    expect(reconstructions.shape).toEqual([3, 4, 4, 1]);
    const [found, wanted] = [await latents.data(), await z.data()];
    found.forEach((value, index) => {
      expect(Math.abs(value - wanted[index]!)).toBeLessThan(0.01);
    });
    expect(Math.max(...distances)).toBeLessThan(1e-3);
    expect(losses).toHaveLength(250);
    expect(losses[249]).toBeLessThan(1e-6);
  });
});

describe('projectSample', () => {
  beforeEach(() => useBackend('cpu'));

  test('reports the distance that is left where the generator cannot make the sample', async () => {
    // x = (z, 2 z): of (1, 0) the nearest is at z = (1 * 1 + 2 * 0) / (1 + 4), (0.2, 0.4).
    const { latents, distances } = await projectSample(linear([1, 2], 1, [0, 0]), tensor([1, 0], [1, 2]));
    expect((await latents.data())[0]).toBeCloseTo(0.2, 3);
    expect(distances[0]).toBeCloseTo(Math.sqrt(((1 - 0.2) ** 2 + 0.4 ** 2) / 2), 4);
  });

  test('weighs the length of the latent vector against the distance', async () => {
    // (z - 3)^2 + w z^2 is least at 3 / (1 + w), and is 9 w / (1 + w) there.
    const options = { priorWeight: 0.5 };
    const { latents, distances, losses } = await projectSample(linear([1], 1, [0]), tensor([3], [1, 1]), options);
    expect((await latents.data())[0]).toBeCloseTo(2, 3);
    expect(distances[0]).toBeCloseTo(1, 3);
    expect(losses.at(-1)).toBeCloseTo(3, 4);
  });

  test('keeps the best of several starts', async () => {
    // relu(z) is flat below 0: starts from there stay where they are.
    const weights = [tensor([1], [1, 1]), tensor([0])];
    const generator = sequential({
      layers: [layers.dense({ units: 1, inputShape: [1], activation: 'relu', weights })],
    });
    const of = async (restarts: number, seed: number) =>
      (await projectSample(generator, tensor([2], [1, 1]), { restarts, seed, steps: 80 })).distances[0]!;
    const stuck = await Promise.all([1, 2, 3, 4].map((seed) => of(1, seed)));
    expect(Math.max(...stuck)).toBeGreaterThan(1);
    for (const seed of [1, 2]) expect(await of(12, seed)).toBeLessThan(0.01);
  });

  test('goes by the conditions of each sample', async () => {
    const generator = buildGenerator({ latentSize: 2, hidden: [], outputShape: [5], condition: { size: 3 }, seed: 4 });
    const conditions = [2, 0, 1];
    const made = await sampleGan(generator, 3, { seed: 6, conditions });
    const right = await projectSample(generator, made, { conditions });
    expect(Math.max(...right.distances)).toBeLessThan(1e-3);
    const wrong = await projectSample(generator, made, { conditions: [0, 1, 2], steps: 100 });
    expect(Math.min(...wrong.distances)).toBeGreaterThan(0.01);
  });

  test('repeats a search from the same seed, takes arrays as well, and leaves the generator as it was', async () => {
    const generator = buildGenerator({ latentSize: 3, hidden: [6], normalization: 'batch', outputShape: [4] });
    const before = await weightsOf(generator);
    const values = createRng(2).fillNormal(new Float32Array(8));
    const run = async (samples: Parameters<typeof projectSample>[1], seed: number) =>
      (await projectSample(generator, samples, { steps: 20, seed })).latents.data();
    const first = await run(tensor(values, [2, 4]), 1);
    expect(await run({ values, shape: [2, 4] }, 1)).toEqual(first);
    expect(await run(tensor(values, [2, 4]), 2)).not.toEqual(first);
    expect(await weightsOf(generator)).toEqual(before);
  });

  test('reports as it goes, and leaves two tensors, its results', async () => {
    const generator = small();
    const samples = await sampleGan(generator, 2);
    const before = memory().numTensors;
    const steps: number[] = [];
    const options = { steps: 7, reportEvery: 3, onProgress: ({ step }: { step: number }) => void steps.push(step) };
    const { latents, reconstructions, losses } = await projectSample(generator, samples, options);
    expect(steps).toEqual([3, 6, 7]);
    expect(losses).toHaveLength(3);
    expect(memory().numTensors).toBe(before + 2);
    latents.dispose();
    reconstructions.dispose();
  });

  test('stops at a signal or an error with nothing left behind', async () => {
    const generator = small();
    const samples = await sampleGan(generator, 2);
    const before = memory().numTensors;
    const controller = new AbortController();
    const reason = new Error('enough');
    const onProgress = ({ step }: { step: number }) => {
      if (step === 2) controller.abort(reason);
    };
    await expect(projectSample(generator, samples, { signal: controller.signal, onProgress })).rejects.toBe(reason);
    const throwing = () => {
      throw reason;
    };
    await expect(projectSample(generator, samples, { onProgress: throwing })).rejects.toBe(reason);
    expect(memory().numTensors).toBe(before);
  });

  test('ends with an error when the loss is no number', async () => {
    const before = memory().numTensors;
    const generator = linear([Number.NaN], 1, [0]);
    await expect(projectSample(generator, tensor([1], [1, 1]))).rejects.toThrow(NonFiniteLossError);
    // The generator's weights as they were given, the same in the layer, and the sample.
    expect(memory().numTensors).toBe(before + 5);
  });

  const refusals: [string, unknown, Record<string, unknown>, string][] = [
    [
      'samples of another shape',
      { values: Float32Array.of(1, 2), shape: [1, 2] },
      {},
      '`samples` must have the shape [N, 4, 4, 1] of the networks',
    ],
    ['one sample without its batch', new Float32Array(16), {}, '`samples` must be a Tensor or { values, shape }'],
    ['no steps', undefined, { steps: 0 }, '`steps` must be a positive integer, received 0 (number).'],
    ['no starts', undefined, { restarts: 0 }, '`restarts` must be a positive integer, received 0 (number).'],
    ['a step size of 0', undefined, { learningRate: 0 }, '`learningRate` must be a positive number, received 0'],
    ['a negative weight', undefined, { priorWeight: -1 }, '`priorWeight` must be a number >= 0, received -1 (number).'],
    ['a broken seed', undefined, { seed: 0.5 }, '`seed` must be a safe integer, received 0.5 (number).'],
    [
      'conditions without need',
      undefined,
      { conditions: [1] },
      '`conditions` must be left out: the generator takes none',
    ],
    ['no callback', undefined, { onProgress: 1 }, '`onProgress` must be a function, received 1 (number).'],
  ];
  test.each(refusals)('refuses %s', async (_, samples, options, message) => {
    const given = (samples ?? (await sampleGan(small(), 1))) as Tensor;
    await expect(projectSample(small(), given, options as ProjectSampleOptions)).rejects.toThrow(
      `projectSample: ${message}`,
    );
  });

  test('refuses pixels that the last activation cannot reach', async () => {
    const generator = buildGenerator({ latentSize: 3, hidden: [], outputShape: [2], outputActivation: 'sigmoid' });
    await expect(projectSample(generator, tensor([0, 255], [1, 2]))).rejects.toThrow(
      'projectSample: `samples` must hold values in [0, 1], because the generator ends in sigmoid',
    );
  });
});
