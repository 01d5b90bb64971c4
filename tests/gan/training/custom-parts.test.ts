import '../../support/backends.js';
import { keep, mean, memory, mul, ones, scalar, slice, sub, type Tensor, train } from '@tensorflow/tfjs-core';
import {
  type AdversarialLoss,
  adam,
  type GanObserver,
  ganSteps,
  generatorAverage,
  nonSaturatingLoss,
  relativisticPairingLoss,
  trainGan,
  useBackend,
} from 'minimart';
import { beforeEach, describe, expect, test } from 'vitest';
import { smallData, smallPair, smallRun, weightsOf } from '../../support/gan-pair.js';

beforeEach(() => useBackend('cpu'));

async function weightsWith(loss: AdversarialLoss): Promise<Float32Array[]> {
  const pair = smallPair();
  await trainGan(smallRun({ ...pair, loss }));
  return [...(await weightsOf(pair.generator)), ...(await weightsOf(pair.discriminator))];
}

describe('a loss of a user’s own', () => {
  test.each([
    [
      'rest parameters',
      (base: AdversarialLoss) =>
        (...logits: [Tensor, Tensor]) =>
          base.generator(...logits),
    ],
    [
      'a default',
      (base: AdversarialLoss) =>
        (fake: Tensor, real: Tensor = fake) =>
          base.generator(fake, real),
    ],
    ['bind', (base: AdversarialLoss) => base.generator.bind(base)],
  ])('that hands on by %s trains to the bits of the loss within', async (_, wrap) => {
    const base = relativisticPairingLoss();
    expect(await weightsWith({ ...base, generator: wrap(base) })).toEqual(await weightsWith(base));
  });

  test('gets real logits in place of a function that did without', async () => {
    const base = relativisticPairingLoss();
    const mixed = { ...nonSaturatingLoss(), discriminator: base.discriminator };
    const generator = (...logits: [Tensor, Tensor]) => base.generator(...logits);
    expect(await weightsWith({ ...mixed, generator })).toEqual(await weightsWith(base));
  });

  test.each<[string, () => unknown, string]>([
    ['a vector', () => ones([8]), 'give a scalar tensor, such as a mean over the batch, received [8] (array).'],
    ['a number', () => 0.5, 'give a scalar tensor, received 0.5 (number).'],
    ['nothing', () => undefined, 'give a scalar tensor, received undefined.'],
    ['a promise', async () => scalar(1), 'give a scalar tensor, received an instance of Promise (object).'],
    ['whole numbers', () => scalar(1, 'int32'), "give a scalar tensor of type float32, received 'int32' (string)."],
  ])('that gives %s is refused by name, and leaves no tensor', async (_, give, says) => {
    for (const side of ['discriminator', 'generator'] as const) {
      const options = smallRun({ loss: { ...nonSaturatingLoss(), [side]: give as never } });
      await expect(trainGan(options)).rejects.toThrow(`trainGan: \`loss.${side}\` must ${says}`);
    }
    const penalties = [{ name: 'own', weight: 1, compute: give as never }];
    await expect(trainGan(smallRun({ penalties }))).rejects.toThrow(`trainGan: \`penalties: own\` must ${says}`);
  });
});

describe('other parts of a user’s own', () => {
  test.each([Number.NaN, -1, undefined, Number.POSITIVE_INFINITY])(
    'a schedule that gives %s is refused',
    async (factor) => {
      const pair = smallPair();
      const before = await weightsOf(pair.generator);
      const run = trainGan(smallRun({ ...pair, schedule: (() => factor) as never }));
      await expect(run).rejects.toThrow('trainGan: `schedule at step 0` must be a number >= 0, received');
      expect(await weightsOf(pair.generator)).toEqual(before);
    },
  );

  test.each<[string, (samples: Tensor) => unknown]>([
    ['fewer samples', (samples) => slice(samples, [0, 0], [2, 4])],
    ['no tensor', () => undefined],
  ])('an augmentation that gives %s is refused', async (_, apply) => {
    const run = trainGan(smallRun({ augmentation: { name: 'own', apply: apply as never } }));
    await expect(run).rejects.toThrow('trainGan: `samples` must be changed into as many of one shape, [8,4]');
  });

  test.each<[unknown, string]>([
    [{ findings: 'bad' }, 'give `findings` as a list of { verdict, evidence, remedy }'],
    [{ findings: [7] }, 'give `findings` as a list of { verdict, evidence, remedy }'],
    [{ stop: true }, 'give `stop` as text'],
    ['stop', 'give an Observation or nothing'],
  ])('an observer that says %j is refused', async (said, says) => {
    const observers = [{ name: 'own', observe: async () => said } as unknown as GanObserver];
    await expect(trainGan(smallRun({ observers }))).rejects.toThrow(`trainGan: \`observers: own\` must ${says}`);
  });

  test('two penalties with one name are refused, because reports know them by it', async () => {
    const own = { name: 'own', weight: 1, compute: ({ realLogits }: { realLogits: Tensor }) => mean(realLogits) };
    const run = trainGan(smallRun({ penalties: [own, own] as never }));
    await expect(run).rejects.toThrow("`penalties` must have a name of their own each, received 'own' (string).");
  });

  test.each<[string, () => Record<string, unknown>, string]>([
    ['a signal', () => ({ signal: {} }), '`signal` must be an AbortSignal'],
    ['reportEvery', () => ({ reportEvery: -3 }), '`reportEvery` must be a positive integer, received -3'],
    ['an optimizer', () => ({ generatorOptimizer: {} }), '`generatorOptimizer` must be an optimizer'],
    ['clipping', () => ({ gradientClipping: { nrom: 1 } }), '`nrom` must be left out: there is no such option'],
    [
      'data of whole 64-bit numbers',
      () => ({ data: { values: new BigInt64Array(32), shape: [8, 4] } }),
      '`data.values`',
    ],
    ['data beyond float32', () => ({ data: { values: new Float64Array(32).fill(1e39), shape: [8, 4] } }), 'float32'],
  ])('%s that is none is refused', async (_, change, says) => {
    await expect(trainGan(smallRun(change()))).rejects.toThrow(says);
  });

  test('models and optimizers that were disposed are refused', async () => {
    const gone = smallPair();
    gone.generator.dispose();
    await expect(trainGan(smallRun({ ...gone }))).rejects.toThrow('`generator` must not be disposed');
    for (const optimizer of [train.adam(0.1), train.sgd(0.1), train.adamax(0.1)]) {
      optimizer.dispose();
      await expect(trainGan(smallRun({ discriminatorOptimizer: optimizer }))).rejects.toThrow('must not be disposed');
    }
  });
});

describe('two runs', () => {
  test('on one pair, or with one optimizer or average, are refused until the first has ended', async () => {
    const pair = smallPair();
    const [generatorOptimizer, average] = [adam({ learningRate: 1e-3 }), generatorAverage(pair.generator)];
    const first = trainGan(smallRun({ ...pair, generatorOptimizer, average }));
    await expect(trainGan(smallRun({ ...pair }))).rejects.toThrow(
      "trainGan: `generator` must be free: another run has it, which is to be waited for, aborted, or left by return() of its iterator, received 'trainGan' (string).",
    );
    await expect(trainGan(smallRun({ generatorOptimizer }))).rejects.toThrow('`generatorOptimizer` must be free');
    const { discriminator } = pair;
    await expect(trainGan(smallRun({ generator: smallPair().generator, discriminator }))).rejects.toThrow(
      'must be free',
    );
    await first;
    expect((await trainGan(smallRun({ ...pair, generatorOptimizer, average }))).steps).toBe(5);
  });

  test('may follow one another after an error, an abort, and an iterator that was left', async () => {
    const pair = smallPair();
    const fail = () => Promise.reject(new Error('no'));
    await expect(trainGan({ ...smallRun({ ...pair }), onProgress: fail })).rejects.toThrow('no');
    await expect(trainGan(smallRun({ ...pair, signal: AbortSignal.abort('stop') }))).rejects.toBe('stop');
    for await (const { step } of ganSteps(smallRun({ ...pair }))) if (step === 2) break;
    expect((await trainGan(smallRun({ ...pair }))).steps).toBe(5);
  });
});

describe('a source that hangs', () => {
  const never = () => new Promise<never>(() => {});
  const batch = { values: smallData(8).values, shape: [8, 4] };

  test.each<[string, () => AsyncIterable<typeof batch>]>([
    ['before its first batch', () => ({ [Symbol.asyncIterator]: () => ({ next: never, return: never }) })],
    [
      'after its first batch',
      () => ({
        async *[Symbol.asyncIterator]() {
          yield batch;
          await never();
        },
      }),
    ],
  ])('%s can be aborted, and leaves no tensor and a pair that is free', async (_, make) => {
    const pair = smallPair();
    const before = memory().numTensors;
    const controller = new AbortController();
    const run = trainGan(smallRun({ ...pair, data: make(), batchSize: undefined, signal: controller.signal }));
    setTimeout(() => controller.abort('enough'), 5);
    await expect(run).rejects.toBe('enough');
    expect(memory().numTensors).toBe(before);
    expect((await trainGan(smallRun({ ...pair }))).steps).toBe(5);
  });

  test('so can an observer and a callback', async () => {
    for (const hanging of [{ observers: [{ name: 'slow', observe: never }] }, { onProgress: never }]) {
      const controller = new AbortController();
      const run = trainGan({ ...smallRun({ signal: controller.signal }), ...hanging });
      setTimeout(() => controller.abort('enough'), 5);
      await expect(run).rejects.toBe('enough');
    }
  });
});

test('a loss that keeps a tensor of its own is its own affair', async () => {
  const kept = keep(scalar(2));
  const loss: AdversarialLoss = {
    name: 'scaled',
    discriminator: (real, fake) => mul(kept, nonSaturatingLoss().discriminator(real, fake)),
    generator: (fake, real) => mul(kept, sub(mean(real), mean(fake))),
  };
  expect((await trainGan(smallRun({ loss }))).steps).toBe(5);
  kept.dispose();
});
