import '../../support/backends.js';
import { engine, setBackend } from '@tensorflow/tfjs-core';
import { useBackend, wasmKernels } from 'minimart/rl';
import { expect, test } from 'vitest';

test.each([0, 33, 1.5, Number.NaN, '2'])('%s threads are refused before anything starts', async (threads) => {
  await useBackend('cpu');
  await expect(useBackend('wasm', { threads: threads as number })).rejects.toThrow(
    'useBackend: `threads` must be a whole number from 1 to 32, received',
  );
  expect(engine().registry.wasm).toBeUndefined();
});

test('threads are refused for a backend that has none, and options that there are not', async () => {
  await expect(useBackend('cpu', { threads: 2 })).rejects.toThrow(
    "useBackend: `threads` must be left out for 'cpu': only 'wasm' has threads, received 2 (number).",
  );
  await expect(useBackend('cpu', { workers: 2 } as never)).rejects.toThrow('`workers` must be left out');
});

test('a backend that something else has started stays on one thread, and says so where threads are asked for', async () => {
  await setBackend('wasm');
  await setBackend('cpu');
  await expect(useBackend('wasm', { threads: 2 })).rejects.toThrow(
    'useBackend: `threads` must be given when the wasm backend starts, received 2 for one that runs on a single thread.',
  );
  await useBackend('wasm');
  expect(wasmKernels()?.threads).toBe(1);
  await useBackend('wasm', { threads: 1 });
  expect(wasmKernels()?.threads).toBe(1);
});
