import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { startWasm } from 'minimart/wasm';
import { expect, test, vi } from 'vitest';
import { decodeModule } from '../../src/kernels/wasm/module/decode-module.js';

type SimdBinary = typeof import('../../src/wasm/simd-binary.js');

const path = '../../src/wasm/simd-binary.js';
const dist = dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm'));

test('the binary is the file of the installed package, to the byte, and names its version', async () => {
  const { simdBinary, binaryVersion } = await vi.importActual<SimdBinary>(path);
  const file = await readFile(join(dist, 'tfjs-backend-wasm-simd.wasm'));
  expect(Buffer.compare(await decodeModule(simdBinary), file)).toBe(0);
  expect(binaryVersion).toBe(JSON.parse(await readFile(join(dist, '../package.json'), 'utf8')).version);
});

test("startWasm refuses another version of the backend's package, and says what to do", async () => {
  vi.doMock(path, () => ({ simdBinary: '', binaryVersion: '4.21.0' }));
  await expect(startWasm()).rejects.toThrow(
    /^startWasm: it has the binary of @tensorflow\/tfjs-backend-wasm 4\.21\.0, received 4\.22\.0\. Install that version, .*setWasmPaths/,
  );
  vi.doUnmock(path);
});
