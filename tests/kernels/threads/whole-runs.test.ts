import '../../support/backends.js';
import { createHash } from 'node:crypto';
import type { Tensor } from '@tensorflow/tfjs-core';
import { adam, buildDiscriminator, buildGenerator, memoryStore, trainGan, useBackend, wasmKernels } from 'minimart/gan';
import { expect, test, vi } from 'vitest';
import * as splitting from '../../../src/kernels/threads/split-work.js';

// Started on memory that threads can share, where it stays.
await useBackend('wasm', { threads: 2 });

const steps = 4;
const side = 16;
const shape = [side, side, 1];
const values = Float32Array.from({ length: 128 * side * side }, (_, place) => Math.sin(place * 0.37) / 2 + 0.5);

/** Networks whose layers are large enough for several threads. */
const pairs = {
  dense: () => ({
    generator: buildGenerator({
      ...{
        latentSize: 64,
        hidden: [256, 256],
        outputShape: shape,
        outputActivation: 'sigmoid',
        normalization: 'batch',
        seed: 1,
      },
    }),
    discriminator: buildDiscriminator({ inputShape: shape, hidden: [256, 128], seed: 2 }),
    batchSize: 128,
  }),
  convolutional: () => ({
    generator: buildGenerator({
      ...{ latentSize: 16, filters: [32, 16], outputShape: shape, seed: 1 },
    }),
    discriminator: buildDiscriminator({
      inputShape: shape,
      filters: [16, 32],
      seed: 2,
    }),
    batchSize: 32,
  }),
};

type Pair = ReturnType<(typeof pairs)[keyof typeof pairs]>;

function optionsOf(pair: Pair) {
  const optimizer = () => adam({ learningRate: 2e-3, beta1: 0.5 });
  return {
    ...{ ...pair, steps, seed: 3, reportEvery: 1, data: { values, shape: [128, ...shape] } },
    ...{ generatorOptimizer: optimizer(), discriminatorOptimizer: optimizer() },
  };
}

/** A digest of the bits of each weight: where they differ, to print hundreds of thousands of numbers takes minutes. */
async function weightsOf({ generator, discriminator }: Pair): Promise<string[]> {
  const weights = [generator, discriminator].flatMap((model) => model.getWeights());
  const digest = async (each: Tensor) =>
    createHash('sha256')
      .update(await each.data<'float32'>())
      .digest('hex');
  return Promise.all(weights.map(digest));
}

/** A run on so many threads: what it ends with, and how often it split a kernel. */
async function run(make: () => Pair, threads: number) {
  await useBackend('wasm', { threads });
  expect(wasmKernels()?.threads).toBe(threads);
  const pair = make();
  const { history } = await trainGan(optionsOf(pair));
  return { weights: await weightsOf(pair), losses: history.map(({ losses }) => losses) };
}

test.each(['dense', 'convolutional'] as const)(
  'a %s pair learns the same bits on any number of threads',
  async (kind) => {
    const asked = vi.spyOn(splitting, 'threadsFor');
    const one = await run(pairs[kind], 1);
    const most: number[] = [];
    for (const threads of [2, 3, 7]) {
      asked.mockClear();
      const many = await run(pairs[kind], threads);
      most.push(Math.max(...asked.mock.results.map(({ value }) => value as number)));
      expect(many).toEqual(one);
    }
    // The networks are large enough that all were at work.
    expect(most).toEqual([2, 3, 7]);
    asked.mockRestore();
  },
);

test('stopped on three threads and gone on with on one, a run ends with the same bits', async () => {
  const whole = await run(pairs.dense, 2);
  await useBackend('wasm', { threads: 3 });
  const store = memoryStore();
  const abort = new AbortController();
  const onProgress = ({ step }: { step: number }) => {
    if (step === 2) abort.abort(new Error('stop'));
  };
  const checkpoint = { store, everySteps: 1000 };
  await expect(trainGan({ ...optionsOf(pairs.dense()), onProgress, checkpoint, signal: abort.signal })).rejects.toThrow(
    'stop',
  );
  await useBackend('wasm', { threads: 1 });
  const again = pairs.dense();
  await trainGan({ ...optionsOf(again), resume: store });
  expect(await weightsOf(again)).toEqual(whole.weights);
});
