import '../../support/backends.js';
import { engine, matMul, registerBackend, removeBackend, tidy } from '@tensorflow/tfjs-core';
import { createInteractions, createVocabulary } from 'minimart/data';
import { easeRecommender, trainImplicitAls, useBackend, wasmKernels } from 'minimart/recsys';
import { expect, test, vi } from 'vitest';
import type { HostThread, ThreadEvents } from '../../../src/kernels/threads/host-threads.js';
import { matMulReference } from '../suites/references.js';
import { expectNear, numbers, numbersOf } from '../suites/support.js';

/** Threads that were started, with why they ended. */
const threads: { readonly thread: HostThread; ended?: string }[] = [];

vi.mock('../../../src/kernels/threads/host-threads.js', async (load) => {
  const host = await load<typeof import('../../../src/kernels/threads/host-threads.js')>();
  const startThread = (events: ThreadEvents) => {
    const onEnd = (reason: string) => {
      record.ended = reason;
      events.onEnd(reason);
    };
    const record: (typeof threads)[number] = { thread: host.startThread({ ...events, onEnd }) };
    threads.push(record);
    return record.thread;
  };
  return { ...host, startThread };
});

const running = () => threads.filter(({ ended }) => ended === undefined).length;

/** A product that is split, compared with the plain sum. */
async function multiply(): Promise<void> {
  const product = tidy(() => matMul(numbersOf([90, 80], 1), numbersOf([80, 150], 2)));
  expectNear(await product.data(), matMulReference(numbers(7200, 1), numbers(12_000, 2), [90, 80, 150], {}));
  product.dispose();
}

test('has one thread less than it is asked for, the caller being one, and as many as it had when it is not asked', async () => {
  for (const count of [2, 5, 3, 1, 2]) {
    await useBackend('wasm', { threads: count });
    expect(wasmKernels()?.threads).toBe(count);
    await expect.poll(running).toBe(count - 1);
    await multiply();
    await useBackend('cpu');
    await useBackend('wasm');
    expect(wasmKernels()?.threads).toBe(count === 1 ? wasmKernels()?.threads : count);
  }
});

test('a thread that died is an error of the next kernel that is split, and useBackend starts another', async () => {
  await useBackend('wasm', { threads: 3 });
  threads.at(-1)!.thread.stop();
  await expect.poll(running).toBe(1);
  await expect(multiply()).rejects.toThrow(
    "minimart: a thread of the wasm kernels has died (it ended). useBackend('wasm') starts new ones, " +
      "useBackend('wasm', { threads: 1 }) goes on without.",
  );
  await useBackend('wasm');
  expect(wasmKernels()?.threads).toBe(3);
  await multiply();
  threads.at(-1)!.thread.stop();
  await expect.poll(running).toBe(1);
  await useBackend('wasm', { threads: 1 });
  await multiply();
});

test('a thread that dies is an error of work on the host as well, in its middle too', async () => {
  const ids = (count: number) => createVocabulary(Array.from({ length: count }, (_, id) => id));
  const rows = Array.from({ length: 4000 }, (_, row) => row);
  const shop = createInteractions({
    ...{ users: ids(100), items: ids(400) },
    ...{ userIndices: rows.map((row) => row % 100), itemIndices: rows.map((row) => (row * row) % 400) },
  });
  await useBackend('wasm', { threads: 3 });
  const onProgress = async () => {
    threads.at(-1)!.thread.stop();
    await expect.poll(running).toBe(1);
  };
  const died = 'minimart: a thread of the wasm kernels has died (it ended).';
  await expect(trainImplicitAls({ interactions: shop, factors: 64, epochs: 2, onProgress })).rejects.toThrow(died);
  await useBackend('wasm');
  threads.at(-1)!.thread.stop();
  await expect.poll(running).toBe(1);
  await expect(easeRecommender(shop)).rejects.toThrow(died);
  await useBackend('wasm', { threads: 1 });
  await easeRecommender(shop);
});

test('leaves no thread behind when it starts and stops twenty times', async () => {
  const before = threads.length;
  for (let cycle = 0; cycle < 20; cycle += 1) {
    await useBackend('wasm', { threads: 3 });
    await multiply();
    await useBackend('wasm', { threads: 1 });
  }
  expect(threads.length).toBe(before + 40);
  await expect.poll(running).toBe(0);
});

test('ends with its backend, and another backend of the same name gets its own', async () => {
  await useBackend('wasm', { threads: 2 });
  const { factory, priority } = engine().registryFactory.wasm!;
  removeBackend('wasm');
  await expect.poll(running).toBe(0);
  registerBackend('wasm', factory, priority);
  await useBackend('wasm', { threads: 2 });
  expect(wasmKernels()?.threads).toBe(2);
  expect(running()).toBe(1);
  await multiply();
});
