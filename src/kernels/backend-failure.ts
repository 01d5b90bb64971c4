import { engine } from '@tensorflow/tfjs-core';
import { describe, plainText } from '../internal/describe.js';

/** Why a backend did not start, as far as can be told here, and what helps. */
export async function explainFailure(backendName: string): Promise<string> {
  if (backendName === 'wasm') return explainWasm();
  const hint = hints[backendName];
  const said = await askAgain(backendName);
  return `it did not start${said ? ` (${said})` : ''}.${hint ? ` ${hint}` : ''}`;
}

const hints: Readonly<Record<string, string>> = {
  webgl: 'It needs a page or worker whose browser has WebGL switched on, with textures of floats.',
  webgpu: 'It needs a browser with WebGPU and an adapter, in a page that came by HTTPS or from localhost.',
};

// tfjs swallows what a backend says when it fails, so it is asked once more.
async function askAgain(backendName: string): Promise<string | undefined> {
  try {
    const backend = await engine().registryFactory[backendName]?.factory();
    backend?.dispose();
    return undefined;
  } catch (error) {
    return error instanceof Error ? plainText(error.message, 200) : describe(error);
  }
}

async function explainWasm(): Promise<string> {
  const forbidden = await compileFault();
  if (forbidden) return `it did not start, since ${forbidden}`;
  const asked = await lastWasmUrl();
  const fault = asked && (await faultAt(asked));
  if (fault) return `it did not start, since ${fault}. ${remedy}`;
  const usual = usualWasmUrl();
  const missing = usual && (await faultAt(usual));
  const where = missing ? ` (${missing}; that is where tfjs looks unless it is told otherwise)` : '';
  return `it did not start. If it is a bundle that runs here, its \`.wasm\` files may be missing${where}. ${remedy}`;
}

const remedy =
  'Call `startWasm()` of `minimart/wasm` instead of useBackend, which brings them along in a bundle, ' +
  'or tell tfjs where they are: `setWasmPaths` of `@tensorflow/tfjs-backend-wasm`, before useBackend is called.';

/** Why WebAssembly cannot be compiled here, and what helps; undefined where it can. */
export async function compileFault(): Promise<string | undefined> {
  if (typeof WebAssembly === 'undefined') return 'there is no WebAssembly here.';
  try {
    // The smallest module there is, an empty one.
    await WebAssembly.compile(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0));
    return undefined;
  } catch (error) {
    return (
      `WebAssembly may not be compiled here (${error instanceof Error ? error.name : 'an error'}). ` +
      "A page with a Content-Security-Policy needs `script-src 'wasm-unsafe-eval'`."
    );
  }
}

// Browsers keep a list of what a page has asked for, whatever path tfjs was told. An entry may come a moment late.
async function lastWasmUrl(): Promise<string | undefined> {
  if (typeof location === 'undefined') return undefined;
  await new Promise((resolve) => setTimeout(resolve, 100));
  const asked = globalThis.performance?.getEntriesByType?.('resource') ?? [];
  return asked
    .map(({ name }) => name)
    .filter((name) => /\.wasm(\?|$)/.test(name))
    .at(-1);
}

// Beside the page, or beside the script of a worker.
function usualWasmUrl(): string | undefined {
  return typeof location === 'undefined' ? undefined : new URL('tfjs-backend-wasm-simd.wasm', location.href).href;
}

async function faultAt(url: string): Promise<string | undefined> {
  try {
    const response = await fetch(url);
    if (!response.ok) return `its file ${url} is not there (HTTP ${response.status})`;
    const start = new Uint8Array(await response.arrayBuffer()).subarray(0, 4);
    const isWasm = start.length === 4 && start.every((byte, index) => byte === [0, 97, 115, 109][index]);
    return isWasm ? undefined : `what ${url} answers with is no WebAssembly, but perhaps a page in its place`;
  } catch {
    return `its file ${url} cannot be reached`;
  }
}
