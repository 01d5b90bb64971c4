import '../../support/backends.js';
import { memory, mul, train, zerosLike } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import {
  adam,
  type GanReport,
  ganSteps,
  generatorAverage,
  NonFiniteLossError,
  nonSaturatingLoss,
  type TrainGanOptions,
  trainGan,
  useBackend,
} from 'minimart';
import { beforeEach, describe, expect, test } from 'vitest';
import { backends } from '../../support/backends.js';
import { smallPair, smallRun, weightsOf } from '../../support/gan-pair.js';

/** A pair with an average, and all weights of the three. */
function watched() {
  const pair = smallPair();
  const average = generatorAverage(pair.generator, { decay: 0.9 });
  const models: LayersModel[] = [pair.generator, pair.discriminator, average.model];
  const weights = async () => (await Promise.all(models.map(weightsOf))).flat();
  return { ...pair, average, weights };
}

async function errorOf(run: Promise<unknown>): Promise<NonFiniteLossError> {
  const error = await run.then(
    () => undefined,
    (thrown) => thrown,
  );
  expect(error).toBeInstanceOf(NonFiniteLossError);
  return error;
}

// Adam moves a weight by about its learning rate in its first step: 3e38, and by as much again beyond what float32 holds.
const huge = () => adam({ learningRate: 3e38, beta1: 0.5 });

/** A loss whose generator's side is NaN from so many calls on. */
function brokenFrom(step: number) {
  const sound = nonSaturatingLoss();
  let calls = 0;
  return {
    ...sound,
    generator: (fake: Parameters<typeof sound.generator>[0]) => {
      calls += 1;
      const value = sound.generator(fake, fake);
      return calls >= step ? mul(value, Number.NaN) : value;
    },
  } as ReturnType<typeof nonSaturatingLoss>;
}

/** The weights after so many sound steps. */
async function soundWeights(steps: number, loss = brokenFrom(1e9)): Promise<Float32Array[]> {
  const { weights, ...game } = watched();
  if (steps > 0) await trainGan(smallRun({ ...game, steps, loss }));
  return weights();
}

describe.each(backends)('weights on %s', (backend) => {
  beforeEach(() => useBackend(backend));

  test.each([
    { steps: 1, reportEvery: 1 },
    { steps: 3, reportEvery: 1 },
    { steps: 4, reportEvery: 3 },
    { steps: 2, reportEvery: 1, accumulate: 2 },
  ])('that an update broke end a run of %j, and are finite afterwards', async (length) => {
    const { weights, ...game } = watched();
    const before = await weights();
    // Two updates of 3e38 each end beyond what float32 holds.
    const optimizers = { generatorOptimizer: train.sgd(3e38), discriminatorOptimizer: train.sgd(1e-9) };
    const tensors = memory().numTensors;
    await errorOf(trainGan(smallRun({ ...game, ...optimizers, ...length, loss: steep() })));
    const after = await weights();
    for (const values of after) for (const value of values) expect(Number.isFinite(value)).toBe(true);
    expect(after.slice(0, 2)).toEqual(before.slice(0, 2));
    expect(memory().numTensors).toBe(tensors);
  });

  test('are those before the update that broke them, by a loss that is NaN from the third step on', async () => {
    const { weights, ...game } = watched();
    const error = await errorOf(trainGan(smallRun({ ...game, steps: 9, loss: brokenFrom(3) })));
    expect([error.network, error.step, error.what]).toEqual(['generator', 3, 'loss']);
    expect(await weights()).toEqual(await soundWeights(2));
    expect(game.average.updates).toBe(2);
  });

  test('are those of the last report where reports are rare', async () => {
    const { weights, ...game } = watched();
    await errorOf(trainGan(smallRun({ ...game, steps: 20, reportEvery: 4, loss: brokenFrom(7) })));
    // Reports at steps 4 and 8; the second finds what broke at 7.
    expect(await weights()).toEqual(await soundWeights(4));
  });
});

/** A loss so steep that one step of plain descent overflows. */
function steep() {
  const sound = nonSaturatingLoss();
  return {
    ...sound,
    generator: (fake: Parameters<typeof sound.generator>[0]) => mul(sound.generator(fake, fake), 1e6),
  } as ReturnType<typeof nonSaturatingLoss>;
}

describe('the last update', () => {
  beforeEach(() => useBackend('cpu'));
  const overflowing = (): Partial<TrainGanOptions> => ({
    generatorOptimizer: train.sgd(3e38),
    discriminatorOptimizer: train.sgd(1e-9),
    loss: steep(),
  });

  test('of a single step is looked at', async () => {
    const { weights, ...game } = watched();
    const error = await errorOf(trainGan(smallRun({ ...game, ...overflowing(), steps: 1 })));
    expect([error.network, error.step, error.what]).toEqual(['generator', 1, 'weights']);
    expect(error.message).toContain('trainGan: the weights of the generator must stay finite');
    expect(await weights()).toEqual(await soundWeights(0));
  });

  test('before an abort, or before the iteration is left, is looked at too', async () => {
    const game = smallPair();
    const controller = new AbortController();
    const stop = () => controller.abort('enough');
    // At its first report, after one update.
    const aborted = { ...smallRun({ ...game, ...overflowing(), signal: controller.signal }), onProgress: stop };
    expect((await errorOf(trainGan(aborted))).what).toBe('weights');
    const left = async () => {
      for await (const _ of ganSteps(smallRun({ ...game, ...overflowing() }))) break;
    };
    expect((await errorOf(left())).what).toBe('weights');
    for (const values of await weightsOf(game.generator)) expect(values.every(Number.isFinite)).toBe(true);
  });

  test('of a run that an observer ends is looked at', async () => {
    const observers = [{ name: 'halt', observe: async () => ({ stop: 'enough' }) }];
    expect((await errorOf(trainGan(smallRun({ ...overflowing(), observers })))).what).toBe('weights');
  });

  test('is not kept by a validation whose score overlooks it', async () => {
    const game = smallPair();
    const bests: number[] = [];
    const onProgress = ({ validation }: GanReport) => void bests.push(validation!.bestAt);
    const run = smallRun({ ...game, ...overflowing(), validation: { score: () => 1, every: 1 } });
    await errorOf(trainGan({ ...run, onProgress }));
    expect(bests.length).toBeGreaterThan(0);
    expect(new Set(bests)).toEqual(new Set([0]));
    for (const values of await weightsOf(game.generator)) expect(values.every(Number.isFinite)).toBe(true);
  });

  test('with the largest learning rate that Adam takes leaves finite weights or an error', async () => {
    const { weights, ...game } = watched();
    await errorOf(trainGan(smallRun({ ...game, generatorOptimizer: huge(), steps: 3 })));
    for (const values of await weights()) expect(values.every(Number.isFinite)).toBe(true);
  });
});

test('a network that is broken before it begins is refused', async () => {
  await useBackend('cpu');
  const { generator, discriminator } = smallPair();
  discriminator.setWeights(
    discriminator.getWeights().map((each, index) => (index === 1 ? mul(zerosLike(each), Number.NaN) : each)),
  );
  await expect(trainGan(smallRun({ generator, discriminator }))).rejects.toThrow(
    'trainGan: `discriminator` must have finite weights, received NaN (number).',
  );
});
