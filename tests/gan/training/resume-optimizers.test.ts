import '../../support/backends.js';
import { memory, type Optimizer, train } from '@tensorflow/tfjs-core';
import { adam, type CheckpointStore, memoryStore, trainGan, useBackend } from 'minimart';
import { describe, expect, test } from 'vitest';
import { smallData, smallPair, weightsOf } from '../../support/gan-pair.js';

const makers: Readonly<Record<string, () => Optimizer>> = {
  'adam of minimart': () => adam({ learningRate: 1e-2, beta1: 0.5 }),
  'train.sgd': () => train.sgd(0.1),
  'train.momentum': () => train.momentum(0.05, 0.9),
  'train.momentum, Nesterov': () => train.momentum(0.05, 0.9, true),
  'train.adagrad': () => train.adagrad(0.05),
  'train.adadelta': () => train.adadelta(0.5),
  'train.adam': () => train.adam(0.01),
  'train.rmsprop': () => train.rmsprop(0.01, 0.9, 0.5),
};

/** Trains so many steps, from a store or into it, and gives all weights of both networks. */
async function run(
  make: () => Optimizer,
  steps: number,
  stores: { to?: CheckpointStore; from?: CheckpointStore } = {},
) {
  const pair = smallPair();
  const optimizers = [make(), make()] as const;
  const { to, from } = stores;
  try {
    await trainGan({
      ...pair,
      generatorOptimizer: optimizers[0],
      discriminatorOptimizer: optimizers[1],
      ...{ data: smallData(), batchSize: 8, seed: 3, steps },
      ...(to && { checkpoint: { store: to } }),
      ...(from && { resume: from }),
    });
    return [...(await weightsOf(pair.generator)), ...(await weightsOf(pair.discriminator))];
  } finally {
    for (const each of [...Object.values(pair), ...optimizers]) each.dispose();
  }
}

describe.each(['cpu', 'wasm'])('on %s', (backend) => {
  test.each(Object.keys(makers))('%s goes on with the same bits, and not as a new one would', async (name) => {
    await useBackend(backend);
    const make = makers[name]!;
    const whole = await run(make, 6);
    const store = memoryStore();
    const tensors = [memory().numTensors];
    const note = () => tensors.push(memory().numTensors);
    expect(await run(make, 3, { to: store })).not.toEqual(whole);
    note();
    expect(await run(make, 6, { from: store })).toEqual(whole);
    note();
    // train.momentum keeps a scalar when it is disposed, whatever the run.
    expect(tensors[2]! - tensors[1]!).toBe(tensors[1]! - tensors[0]!);
    if (!name.startsWith('train.momentum')) expect(tensors[2]).toBe(tensors[0]);
  });

  test('train.adamax, which tells its state to nobody, is refused before any work', async () => {
    await useBackend(backend);
    const store = memoryStore();
    await expect(run(() => train.adamax(0.01), 3, { to: store })).rejects.toThrow(
      /^trainGan: `generatorOptimizer` must/,
    );
    expect(await store.list()).toEqual([]);
  });
});
