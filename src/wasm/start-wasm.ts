import { setWasmPaths, version_wasm } from '@tensorflow/tfjs-backend-wasm';
import { engine, env } from '@tensorflow/tfjs-core';
import { requireOptions } from '../internal/options.js';
import { compileFault } from '../kernels/backend-failure.js';
import { type BackendOptions, requireThreads } from '../kernels/threads/require-threads.js';
import { goBackTo, useBackend } from '../kernels/use-backend.js';
import { decodeModule } from '../kernels/wasm/module/decode-module.js';
import { answeringWith } from './answer-with.js';

/**
 * Makes TensorFlow.js's wasm backend the active one, with its binary out of this package, and waits until it works.
 *
 * It is `useBackend('wasm')` without files: nothing is fetched, so that it works as it stands in bundles, pages, workers and Node,
 * and under a Content-Security-Policy of `default-src 'self'; script-src 'self' 'wasm-unsafe-eval'`. It imports the
 * package `@tensorflow/tfjs-backend-wasm` itself, which must be installed in the version whose binary is here, 4.22.0. The
 * binary is a chunk of its own (140 kB as gzip), which is loaded by this call; bundlers that make no chunks put it into the
 * bundle of those who import this function. Where the backend runs already, it goes on as it is.
 *
 * @throws RangeError for unknown options and for `threads` out of range; Error where another version of the backend's package is
 *   installed, where WebAssembly cannot be compiled or has no SIMD, where TensorFlow.js has tried before and failed, and where
 *   the backend does not start. The backend that was active before stays active.
 * @example
 * await startWasm();
 * getBackend(); // 'wasm'
 */
export async function startWasm(options: BackendOptions = {}): Promise<void> {
  requireOptions('startWasm', options, { threads: true });
  requireThreads('startWasm', 'wasm', options);
  if (engine().registry.wasm !== undefined) return useBackend('wasm', options);
  const { simdBinary, binaryVersion } = await import('./simd-binary.js');
  if (version_wasm !== binaryVersion) {
    fail(
      `it has the binary of @tensorflow/tfjs-backend-wasm ${binaryVersion}, received ${version_wasm}. ` +
        `Install that version, or ${byFiles}`,
    );
  }
  await requireHost();
  const bytes = await decodeModule(simdBinary).catch(() => fail(`there is no DecompressionStream here; ${byFiles}`));
  takePaths();
  const before = engine().backendName;
  try {
    await answeringWith(bytes.buffer, () => useBackend('wasm', options));
  } catch (error) {
    await goBackTo(before);
    throw error;
  }
}

const byFiles = "call `setWasmPaths` of @tensorflow/tfjs-backend-wasm and `useBackend('wasm')` instead";

async function requireHost(): Promise<void> {
  const fault = await compileFault();
  if (fault) fail(fault);
  if (!(await env().getAsync('WASM_HAS_SIMD_SUPPORT'))) {
    fail("WebAssembly has no SIMD here, which its binary needs; `useBackend('cpu')` or 'webgl' work without");
  }
}

// tfjs asks the platform for its binary by whatever name it is told here.
function takePaths(): void {
  const name = 'minimart/wasm';
  const paths = {
    'tfjs-backend-wasm.wasm': name,
    'tfjs-backend-wasm-simd.wasm': name,
    'tfjs-backend-wasm-threaded-simd.wasm': name,
  };
  try {
    setWasmPaths(paths, true);
  } catch {
    fail('tfjs has tried to start its wasm backend before, and failed: it tries once. Call startWasm first');
  }
}

function fail(reason: string): never {
  throw new Error(`startWasm: ${reason.replace(/\.$/, '')}.`);
}
