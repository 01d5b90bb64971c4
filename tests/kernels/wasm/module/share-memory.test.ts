import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { decodeModule } from '../../../../src/kernels/wasm/module/decode-module.js';
import { moduleBytes } from '../../../../src/kernels/wasm/module/module-bytes.js';
import { shareMemory } from '../../../../src/kernels/wasm/module/share-memory.js';

const folder = dirname(fileURLToPath(import.meta.resolve('@tensorflow/tfjs-backend-wasm')));

/** Bytes that differ, as [place, before, after]. */
function changes(before: Uint8Array, after: Uint8Array | undefined): number[][] {
  expect(after?.length).toBe(before.length);
  return [...before.keys()].filter((at) => before[at] !== after![at]).map((at) => [at, before[at]!, after![at]!]);
}

test('one byte makes the memory of tfjs a shared one, with the maximum that it has', async () => {
  const bytes = new Uint8Array(await readFile(join(folder, 'tfjs-backend-wasm-simd.wasm')));
  const shared = shareMemory(bytes);
  expect(changes(bytes, shared).map(([, before, after]) => [before, after])).toEqual([[1, 3]]);
  expect(WebAssembly.validate(shared!)).toBe(true);
});

test('our module links to a shared memory after the change, and to no other', async () => {
  const bytes = await decodeModule(moduleBytes);
  const shared = shareMemory(bytes)!;
  expect(changes(bytes, shared).map(([, before, after]) => [before, after])).toEqual([[1, 3]]);
  const link = async (module: Uint8Array<ArrayBuffer>, isShared: boolean) => {
    const memory = new WebAssembly.Memory({ initial: 1, maximum: 65_536, shared: isShared });
    return WebAssembly.instantiate(module, { env: { memory } }).then(
      () => 'links',
      (error: Error) => error.constructor.name,
    );
  };
  expect(await Promise.all([link(shared, true), link(shared, false), link(bytes, true), link(bytes, false)])).toEqual([
    ...['links', 'LinkError', 'LinkError', 'links'],
  ]);
});

test('what the compiler makes for shared memory is the same', async () => {
  const { compileKernels } = await import('../../../../scripts/build-kernels.mjs');
  const shared = await compileKernels('index.ts', ['--enable', 'threads', '--sharedMemory']);
  expect(Buffer.from(shared).equals(shareMemory(await decodeModule(moduleBytes))!)).toBe(true);
});

test('modules without such a memory, and bytes that are none, are left alone', () => {
  const head = [0, 97, 115, 109, 1, 0, 0, 0];
  const withMemory = (...limits: number[]) => Uint8Array.of(...head, 5, 1 + limits.length, 1, ...limits);
  expect(shareMemory(withMemory(1, 1, 2))).toEqual(withMemory(3, 1, 2));
  // Without a maximum, shared already, without a memory, cut short, no module.
  expect(shareMemory(withMemory(0, 1))).toBeUndefined();
  expect(shareMemory(withMemory(3, 1, 2))).toBeUndefined();
  expect(shareMemory(Uint8Array.from(head))).toBeUndefined();
  expect(shareMemory(withMemory(1, 1, 2).slice(0, -1))).toBeUndefined();
  expect(shareMemory(new Uint8Array(100).fill(255))).toBeUndefined();
  expect(shareMemory(new Uint8Array(0))).toBeUndefined();
});
