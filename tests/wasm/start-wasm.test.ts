import '../support/backends.js';
import {
  env,
  findBackendFactory,
  getBackend,
  matMul,
  registerBackend,
  removeBackend,
  tensor2d,
} from '@tensorflow/tfjs-core';
import { useBackend, wasmKernels } from 'minimart/rl';
import { startWasm } from 'minimart/wasm';
import { afterEach, expect, test, vi } from 'vitest';

const { instantiate } = WebAssembly;
const { fetch } = env().platform;
const factory = findBackendFactory('wasm');

afterEach(async () => {
  vi.restoreAllMocks();
  await useBackend('cpu');
  // Which forgets how to make one, too.
  removeBackend('wasm');
  registerBackend('wasm', factory, 2);
});

/** A product that is right only where a backend computes: 1·5 + 2·7 = 19 and so on. */
async function expectProduct(): Promise<void> {
  const product = matMul(tensor2d([1, 2, 3, 4], [2, 2]), tensor2d([5, 6, 7, 8], [2, 2]));
  expect(Array.from(await product.data())).toEqual([19, 22, 43, 50]);
}

/** Every file read and every request fails, as in a page to which nothing was copied. */
function withoutFiles(): void {
  vi.spyOn(globalThis, 'fetch').mockRejectedValue(new Error('no network'));
}

test('refuses in its own name, before any work', async () => {
  // @ts-expect-error no such option
  await expect(startWasm({ thread: 2 })).rejects.toThrow(/^startWasm: `thread` /);
  await expect(startWasm({ threads: 0 })).rejects.toThrow(/^startWasm: `threads` must .* received 0/);
});

test('says what forbids WebAssembly, and leaves the backend that was active', async () => {
  await useBackend('cpu');
  vi.spyOn(WebAssembly, 'compile').mockRejectedValue(new WebAssembly.CompileError('refused'));
  await expect(startWasm()).rejects.toThrow(/^startWasm: WebAssembly .*CompileError.*'wasm-unsafe-eval'/);
  expect(getBackend()).toBe('cpu');
});

test('rejects where the binary cannot be instantiated, for which tfjs waits for ever, and starts the next time', async () => {
  await useBackend('cpu');
  // No memory for it, for example; small modules, by which tfjs looks at what the host can do, pass.
  Object.assign(WebAssembly, {
    instantiate: async (source: ArrayBuffer, imports?: WebAssembly.Imports) => {
      if (source.byteLength > 100_000) throw new RangeError('out of memory');
      return instantiate(source, imports);
    },
  });
  try {
    await expect(startWasm({ threads: 1 })).rejects.toThrow('out of memory');
  } finally {
    Object.assign(WebAssembly, { instantiate });
  }
  expect(getBackend()).toBe('cpu');
  await startWasm();
  await expectProduct();
});

test.each([1, 2])(
  'starts without a file or a request, on %d threads, and puts back what it borrowed',
  async (threads) => {
    withoutFiles();
    await startWasm({ threads });
    expect(getBackend()).toBe('wasm');
    expect(wasmKernels()?.threads).toBe(threads);
    await expectProduct();
    expect(globalThis.fetch).not.toHaveBeenCalled();
    expect(WebAssembly.instantiate).toBe(instantiate);
    expect(env().platform.fetch).toBe(fetch);
  },
);

test('keeps a backend that runs', async () => {
  await startWasm({ threads: 1 });
  const kept = tensor2d([1, 2], [1, 2]);
  await useBackend('cpu');
  await startWasm();
  expect(getBackend()).toBe('wasm');
  expect(Array.from(await kept.data())).toEqual([1, 2]);
});
