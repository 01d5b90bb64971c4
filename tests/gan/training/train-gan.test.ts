import '../../support/backends.js';
import { memory, mul, neg, type Optimizer, Tensor, tensor, train } from '@tensorflow/tfjs-core';
import { input, layers, model } from '@tensorflow/tfjs-layers';
import {
  type Batch,
  buildDiscriminator,
  buildGenerator,
  type GanOptions,
  type GanRules,
  ganSteps,
  layerBase,
  minimaxLoss,
  NonFiniteLossError,
  nonSaturatingLoss,
  type PlainGan,
  sampleGan,
  trainGan,
  useBackend,
} from 'minimart';
import { beforeEach, describe, expect, test } from 'vitest';
import { backends } from '../../support/backends.js';
import { smallData, smallPair, smallRun, weightsOf } from '../../support/gan-pair.js';

const batchOf = (count: number): Batch => ({ values: smallData(count).values, shape: [count, 4] });

describe.each(backends)('trainGan on %s', (backend) => {
  beforeEach(() => useBackend(backend));

  test('gives identical weights for one seed and others for another', async () => {
    const run = async (seed: number) => {
      const pair = smallPair();
      await trainGan(smallRun({ ...pair, seed, steps: 10 }));
      return [...(await weightsOf(pair.generator)), ...(await weightsOf(pair.discriminator))];
    };
    const first = await run(3);
    expect(await run(3)).toEqual(first);
    expect(await run(4)).not.toEqual(first);
  });

  test('keeps the number of tensors over 50 steps, and leaves none behind', async () => {
    const options = smallRun({ steps: 50 });
    const before = memory();
    const counts = new Set<number>();
    await trainGan({ ...options, onProgress: ({ step }) => void (step > 1 && counts.add(memory().numTensors)) });
    expect(counts.size).toBe(1);
    expect(memory().numTensors).toBe(before.numTensors);
    expect(memory().numDataBuffers).toBe(before.numDataBuffers);
  });
});

describe('trainGan', () => {
  beforeEach(() => useBackend('cpu'));

  test('learns the mean of its data', async () => {
    const generator = buildGenerator({ latentSize: 3, hidden: [16], outputShape: [4] });
    const discriminator = buildDiscriminator({ inputShape: [4], hidden: [16] });
    const adam = () => train.adam(0.01, 0.5, 0.999, 1e-7);
    const optimizers = { generatorOptimizer: adam(), discriminatorOptimizer: adam() };
    const data = smallData(256);
    await trainGan({ generator, discriminator, ...optimizers, data, batchSize: 32, steps: 300, seed: 1 });
    const samples = await sampleGan(generator, 500, { seed: 2 });
    const values = await samples.data<'float32'>();
    const mean = values.reduce((sum, value) => sum + value / 2000, 0);
    // Real values are normal around 1 with deviation 0.5; an untrained generator's mean is near 0.
    expect(Math.abs(mean - 1)).toBeLessThan(0.35);
  });

  test('reports every step with counts, losses and scores', async () => {
    const { history, steps } = await trainGan(smallRun({ steps: undefined, epochs: 2, loss: minimaxLoss() }));
    // 32 samples in batches of 8: 4 steps an epoch.
    expect(steps).toBe(8);
    expect(history.map(({ step }) => step)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    for (const report of history) {
      expect(report.totalSteps).toBe(8);
      expect(report.samplesPerSecond).toBeGreaterThan(0);
      expect(report.losses.discriminator).toBeGreaterThan(0);
      expect(report.losses.generator).toBeLessThan(0);
      expect(report.realScore).toBeGreaterThan(0);
      expect(report.fakeScore).toBeLessThan(1);
    }
  });

  test('trains the same whether every step is reported or every third', async () => {
    const run = async (reportEvery: number) => {
      const pair = smallPair();
      const { history } = await trainGan(smallRun({ ...pair, steps: 7, reportEvery }));
      return { history, weights: await weightsOf(pair.generator) };
    };
    const every = await run(1);
    const third = await run(3);
    expect(third.weights).toEqual(every.weights);
    expect(third.history.map(({ step, losses }) => [step, losses])).toEqual(
      [every.history[2]!, every.history[5]!, every.history[6]!].map(({ step, losses }) => [step, losses]),
    );
  });

  test('takes as many real batches a step as there are discriminator steps', async () => {
    let asked = 0;
    const data = {
      *[Symbol.iterator]() {
        while (true) {
          asked += 1;
          yield batchOf(4);
        }
      },
    };
    const { steps } = await trainGan({ ...smallPair(), data, steps: 5, discriminatorSteps: 3 });
    expect([steps, asked]).toEqual([5, 15]);
    const epoch = await trainGan({
      ...smallPair(),
      data: smallData(32),
      batchSize: 8,
      epochs: 2,
      discriminatorSteps: 3,
    });
    // 8 batches make two whole steps of three.
    expect(epoch.steps).toBe(2);
  });

  test('leaves the caller’s optimizers alive and in charge', async () => {
    const optimizers: Optimizer[] = [train.sgd(0), train.sgd(0)];
    const pair = smallPair();
    const before = await weightsOf(pair.discriminator);
    await trainGan(smallRun({ ...pair, generatorOptimizer: optimizers[0], discriminatorOptimizer: optimizers[1] }));
    expect(await weightsOf(pair.discriminator)).toEqual(before);
  });
});

describe('data', () => {
  beforeEach(() => useBackend('cpu'));
  const trained = async (data: PlainGan['data'], rest: GanRules = { batchSize: 8 }) => {
    const pair = smallPair();
    const { steps } = await trainGan({ ...pair, data, epochs: 2, seed: 3, ...rest });
    return { steps, weights: await weightsOf(pair.generator) };
  };

  test('may be a tensor or typed numbers, which train alike', async () => {
    const { values, shape } = smallData();
    const data = tensor(values, [...shape]);
    const fromTensor = await trained(data);
    expect(data.isDisposed).toBe(false);
    expect(fromTensor).toEqual(await trained({ values, shape }));
    expect(fromTensor).toEqual(await trained({ values: Float64Array.from(values), shape }));
  });

  test('in memory come in a new order every epoch, whole batches only', async () => {
    const values = Float32Array.from({ length: 10 }, (_, index) => index);
    const seen: number[][] = [];
    const spy: GanOptions['loss'] = {
      ...nonSaturatingLoss(),
      discriminator: (real, fake) => {
        seen.push([...real.dataSync()]);
        return nonSaturatingLoss().discriminator(real, fake);
      },
    };
    // A discriminator that hands its input through shows which samples came.
    const x = input({ shape: [1] });
    const identity = layers.dense({ units: 1, useBias: false, kernelInitializer: 'ones' });
    const discriminator = model({ inputs: x, outputs: identity.apply(x) as never });
    const generator = buildGenerator({ latentSize: 1, hidden: [], outputShape: [1] });
    await trainGan({
      generator,
      discriminator,
      data: { values, shape: [10, 1] },
      batchSize: 4,
      epochs: 3,
      loss: spy,
      discriminatorOptimizer: train.sgd(0),
      generatorOptimizer: train.sgd(1e-6),
    });
    expect(seen.map((batch) => batch.length)).toEqual([4, 4, 4, 4, 4, 4]);
    const epochs = [0, 2, 4].map((first) => [...seen[first]!, ...seen[first + 1]!]);
    for (const epoch of epochs) expect(new Set(epoch).size).toBe(8);
    expect(epochs[0]).not.toEqual(epochs[1]);
  });

  test.each([
    ['an array', () => [batchOf(8), batchOf(8), batchOf(3)]],
    [
      'an async iterable',
      () => ({
        async *[Symbol.asyncIterator]() {
          yield batchOf(8);
          yield batchOf(8);
          yield batchOf(3);
        },
      }),
    ],
  ])('may be %s of batches, a smaller last one included', async (_, make) => {
    expect((await trained(make(), {})).steps).toBe(6);
  });

  test('from an iterable have an unknown length until its first end', async () => {
    const totals: number[] = [];
    await trainGan({
      ...smallPair(),
      data: [batchOf(4), batchOf(4)],
      epochs: 2,
      onProgress: ({ totalSteps }) => void totals.push(totalSteps),
    });
    expect(totals).toEqual([Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, 4, 4]);
  });

  test('may be tensors that their maker disposes when the next is asked for', async () => {
    const before = memory().numTensors;
    const pair = smallPair();
    const models = memory().numTensors - before;
    const data = {
      *[Symbol.iterator]() {
        while (true) {
          const made = tensor(smallData(8).values, [8, 4]);
          yield made;
          made.dispose();
        }
      },
    };
    await trainGan({ ...pair, data, steps: 6, discriminatorSteps: 2 });
    // The maker is told to stop, but its last tensor waits behind a yield that never returns to it: one is left.
    expect(memory().numTensors - before - models).toBeLessThanOrEqual(1);
  });

  test('from a generator object end with its first epoch, which an error says', async () => {
    const once = (function* () {
      yield batchOf(8);
    })();
    await expect(trainGan({ ...smallPair(), data: once, epochs: 2 })).rejects.toThrow(
      "trainGan: `data` must start anew every epoch (an object whose [Symbol.iterator] or [Symbol.asyncIterator] returns a new iterator), received 'an iterable that yields nothing in epoch 2' (string).",
    );
  });

  test('close the iterator when training stops', async () => {
    let closed = false;
    const data = {
      *[Symbol.iterator]() {
        try {
          while (true) yield batchOf(8);
        } finally {
          closed = true;
        }
      },
    };
    await trainGan({ ...smallPair(), data, steps: 2 });
    expect(closed).toBe(true);
  });
});

describe('stopping', () => {
  beforeEach(() => useBackend('cpu'));

  test('by the signal rejects with its reason and leaves both models at the last whole step', async () => {
    const pair = smallPair();
    const before = memory().numTensors;
    const controller = new AbortController();
    const reason = new Error('enough');
    const seen: number[] = [];
    const run = trainGan({
      ...smallRun({ ...pair, steps: 100 }),
      signal: controller.signal,
      onProgress: ({ step }) => {
        seen.push(step);
        if (step === 4) controller.abort(reason);
      },
    });
    await expect(run).rejects.toBe(reason);
    expect(seen).toEqual([1, 2, 3, 4]);
    expect(memory().numTensors).toBe(before);
    const four = smallPair();
    await trainGan(smallRun({ ...four, steps: 4 }));
    expect(await weightsOf(pair.generator)).toEqual(await weightsOf(four.generator));
  });

  test('before the start does nothing', async () => {
    const pair = smallPair();
    const before = await weightsOf(pair.generator);
    await expect(trainGan(smallRun({ ...pair, signal: AbortSignal.abort('no') }))).rejects.toBe('no');
    expect(await weightsOf(pair.generator)).toEqual(before);
  });

  test.each([
    [
      'onProgress',
      {
        onProgress: () => {
          throw new Error('bar broke');
        },
      },
      'bar broke',
    ],
    [
      'the loss',
      {
        loss: {
          ...nonSaturatingLoss(),
          generator: () => {
            throw new Error('loss broke');
          },
        },
      },
      'loss broke',
    ],
    [
      'the data',
      {
        batchSize: undefined,
        data: {
          *[Symbol.iterator]() {
            yield batchOf(8);
            throw new Error('disk broke');
          },
        },
      },
      'disk broke',
    ],
  ])('by an error in %s leaves no tensor', async (_, change, message) => {
    const options = { ...smallRun(), ...change };
    const before = memory().numTensors;
    await expect(trainGan(options)).rejects.toThrow(message);
    expect(memory().numTensors).toBe(before);
  });

  test('by leaving the loop over ganSteps frees what training made', async () => {
    const pair = smallPair();
    const before = memory().numTensors;
    for await (const { step } of ganSteps(smallRun({ ...pair, steps: 100 }))) if (step === 3) break;
    expect(memory().numTensors).toBe(before);
  });

  test.each([
    [
      'discriminator',
      { discriminator: (real: Tensor, fake: Tensor) => mul(nonSaturatingLoss().discriminator(real, fake), Number.NaN) },
    ],
    [
      'generator',
      { generator: (fake: Tensor) => neg(mul(nonSaturatingLoss().generator(fake, fake), Number.POSITIVE_INFINITY)) },
    ],
  ])('by a loss that is no number names the %s and the step', async (network, broken) => {
    let calls = 0;
    const sound = nonSaturatingLoss();
    const from =
      (step: number, side: 'discriminator' | 'generator') =>
      (...logits: [Tensor, Tensor]) => {
        if (side === network) calls += 1;
        const replaced = (broken as Partial<typeof sound>)[side];
        return calls >= step && replaced ? replaced(...logits) : sound[side](...logits);
      };
    const loss = {
      name: 'broken',
      discriminator: from(3, 'discriminator'),
      generator: from(3, 'generator'),
    } as typeof sound;
    const before = smallRun({ loss, reportEvery: 5, steps: 20 });
    const tensors = memory().numTensors;
    const error = await trainGan(before).catch((thrown) => thrown);
    expect(error).toBeInstanceOf(NonFiniteLossError);
    expect([error.network, error.step]).toEqual([network, 3]);
    expect(error.message).toContain(`trainGan: the loss of the ${network} must stay finite, received`);
    expect(memory().numTensors).toBe(tensors);
  });

  test('is possible from a timer, because the event loop goes on', async () => {
    const controller = new AbortController();
    setTimeout(() => controller.abort('later'), 60);
    await expect(trainGan(smallRun({ steps: 1_000_000, signal: controller.signal }))).rejects.toBe('later');
  });
});

describe('models written by hand', () => {
  beforeEach(() => useBackend('cpu'));

  test('train, custom layers included', async () => {
    class Halve extends layerBase() {
      static className = 'Halve';
      override call(inputs: Tensor | Tensor[]): Tensor {
        return mul(inputs instanceof Tensor ? inputs : inputs[0]!, 0.5);
      }
    }
    const z = input({ shape: [2] });
    const halved = new Halve().apply(layers.dense({ units: 5 }).apply(z)) as never;
    const generator = model({ inputs: z, outputs: layers.dense({ units: 4 }).apply(halved) as never });
    const x = input({ shape: [4] });
    const discriminator = model({
      inputs: x,
      outputs: layers.dense({ units: 1 }).apply(new Halve().apply(x)) as never,
    });
    const before = await weightsOf(generator);
    const { steps } = await trainGan({ generator, discriminator, data: smallData(), epochs: 3 });
    expect(steps).toBe(3);
    const after = await weightsOf(generator);
    for (const [index, values] of after.entries()) expect(values).not.toEqual(before[index]);
  });
});

describe('refusals', () => {
  beforeEach(() => useBackend('cpu'));
  const sigmoidGenerator = () =>
    buildGenerator({ latentSize: 3, hidden: [4], outputShape: [4], outputActivation: 'sigmoid' });
  const tanhGenerator = () =>
    buildGenerator({ latentSize: 3, hidden: [4], outputShape: [4], outputActivation: 'tanh' });
  const withSigmoid = () => {
    const x = input({ shape: [4] });
    return model({ inputs: x, outputs: layers.dense({ units: 1, activation: 'sigmoid' }).apply(x) as never });
  };
  const pixels = { values: Uint8Array.from({ length: 32 }, (_, index) => 8 * index), shape: [8, 4] };
  const withNaN = () => {
    const { values, shape } = smallData(8);
    return { values: values.map((value, index) => (index === 5 ? Number.NaN : value)), shape };
  };

  const cases: [string, () => Partial<Record<string, unknown>>, string][] = [
    [
      'networks that do not fit',
      () => ({ discriminator: buildDiscriminator({ inputShape: [5], hidden: [4] }) }),
      'trainGan: `discriminator` must take samples of the shape that the generator makes, [4], received [5] (array).',
    ],
    [
      'data of another shape',
      () => ({ data: { values: new Float32Array(15), shape: [3, 5] } }),
      'trainGan: `data` must have the shape [N, 4] of the networks, received [3, 5] (array).',
    ],
    [
      'a shape that does not hold the values',
      () => ({ data: { values: new Float32Array(15), shape: [4, 4] } }),
      'trainGan: `data.shape` must hold 15 numbers, as many as `data.values`, received [4, 4] (array).',
    ],
    [
      'bytes for a sigmoid',
      () => ({ generator: sigmoidGenerator(), data: pixels }),
      'trainGan: `data` must hold values in [0, 1], because the generator ends in sigmoid; for pixels from 0 to 255 divide by 255 (first offender at position 1), received 8 (number).',
    ],
    ['bytes for a tanh', () => ({ generator: tanhGenerator(), data: pixels }), 'divide by 127.5 and subtract 1'],
    [
      'numbers below a sigmoid',
      () => ({
        generator: sigmoidGenerator(),
        data: { values: Float32Array.of(0, -0.5, 1, 1), shape: [1, 4] },
        batchSize: 1,
      }),
      'rescale the data, or choose another output activation (first offender at position 1), received -0.5 (number).',
    ],
    [
      'a batch out of range from an iterable',
      () => ({ generator: sigmoidGenerator(), batchSize: undefined, data: [pixels] }),
      'trainGan: `data` must hold values in [0, 1]',
    ],
    [
      'no data',
      () => ({ data: { values: new Float32Array(0), shape: [0, 4] } }),
      'trainGan: `data` must not be empty, received [0, 4] (array).',
    ],
    ['no batches', () => ({ data: [], batchSize: undefined }), 'trainGan: `data` must not be empty'],
    [
      'NaN in data',
      () => ({ data: withNaN() }),
      'trainGan: `data` must hold finite numbers only (first offender at position 5), received NaN (number).',
    ],
    [
      'a batch larger than the data',
      () => ({ batchSize: 64 }),
      'trainGan: `batchSize` must be at most the number of samples, 32, received 64 (number).',
    ],
    [
      'a broken batch size',
      () => ({ batchSize: 0 }),
      'trainGan: `batchSize` must be a positive integer, received 0 (number).',
    ],
    [
      'a batch size for an iterable',
      () => ({ data: [batchOf(8)] }),
      'trainGan: `batchSize` must be left out for an iterable',
    ],
    [
      'data of no kind',
      () => ({ data: 7 }),
      'trainGan: `data` must be a Tensor, { values, shape }, or an iterable of batches, received 7 (number).',
    ],
    [
      'a discriminator that ends in a sigmoid',
      () => ({ discriminator: withSigmoid() }),
      "trainGan: `discriminator` must end in logits, without an output activation: the losses apply the sigmoid, received 'sigmoid' (string).",
    ],
    [
      'a generator that is none',
      () => ({ generator: {} }),
      'trainGan: `generator` must be a LayersModel, received an instance of Object (object).',
    ],
    [
      'epochs and steps',
      () => ({ epochs: 1 }),
      'trainGan: `steps` must be left out beside `epochs`, received 5 (number).',
    ],
    [
      'neither epochs nor steps',
      () => ({ steps: undefined }),
      'trainGan: `epochs` must be given, or else `steps`, received undefined.',
    ],
    ['broken steps', () => ({ steps: 1.5 }), 'trainGan: `steps` must be a positive integer, received 1.5 (number).'],
    [
      'no discriminator steps',
      () => ({ discriminatorSteps: 0 }),
      'trainGan: `discriminatorSteps` must be a positive integer, received 0 (number).',
    ],
    [
      'one optimizer for both',
      () => {
        const one = train.sgd(0.1);
        return { generatorOptimizer: one, discriminatorOptimizer: one };
      },
      'trainGan: `discriminatorOptimizer` must be another instance than `generatorOptimizer`, received an instance of SGDOptimizer (object).',
    ],
    [
      'an option that does not exist',
      () => ({ learningRate: 0.1 }),
      'trainGan: `learningRate` must be left out: there is no such option (there are: ',
    ],
    ['a broken seed', () => ({ seed: 0.5 }), 'trainGan: `seed` must be a safe integer, received 0.5 (number).'],
    [
      'a loss that is none',
      () => ({ loss: 'minimax' }),
      "trainGan: `loss` must be an AdversarialLoss, such as nonSaturatingLoss(), received 'minimax' (string).",
    ],
    [
      'progress that is no function',
      () => ({ onProgress: true }),
      'trainGan: `onProgress` must be a function, received true (boolean).',
    ],
  ];

  test.each(cases)('%s', async (_, change, message) => {
    const options = { ...smallRun(), ...change() } as GanOptions;
    const before = memory().numTensors;
    await expect(trainGan(options)).rejects.toThrow(message);
    expect(memory().numTensors).toBe(before);
  });
});
