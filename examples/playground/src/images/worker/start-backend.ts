import { useBackend } from 'minimart';
import type { BackendChoice } from '../settings.js';

type Backend = Exclude<BackendChoice, 'auto'>;

/** Starts the backend that is asked for; `auto` takes webgpu where there is a GPU for it, else wasm, else webgl. */
export async function startBackend(choice: BackendChoice): Promise<Backend> {
  const candidates: readonly Backend[] = choice === 'auto' ? await likely() : [choice];
  const failures: string[] = [];
  for (const name of candidates) {
    try {
      await start[name]();
      return name;
    } catch (error) {
      failures.push(`${name}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  throw new Error(`No backend could be started. ${failures.join(' ')}`);
}

/** Which backends this browser has. */
export async function presentBackends(): Promise<readonly BackendChoice[]> {
  const webgpu = (await adapter()) !== undefined;
  const webgl = new OffscreenCanvas(1, 1).getContext('webgl2') !== null;
  return ['auto', ...(webgpu ? (['webgpu'] as const) : []), ...(webgl ? (['webgl'] as const) : []), 'wasm'];
}

// Networks of this size are small for a GPU: one that is done by software loses to wasm by far.
async function likely(): Promise<readonly Backend[]> {
  const found = await adapter();
  const isSoftware =
    found === undefined ||
    found.info.isFallbackAdapter ||
    /swiftshader|llvmpipe/i.test(found.info.architecture + found.info.description);
  return isSoftware ? ['wasm', 'webgl'] : ['webgpu', 'wasm', 'webgl'];
}

interface Adapter {
  readonly info: { readonly isFallbackAdapter?: boolean; readonly architecture: string; readonly description: string };
}

async function adapter(): Promise<Adapter | undefined> {
  const { gpu } = navigator as { readonly gpu?: { requestAdapter(): Promise<Adapter | null> } };
  const found = await gpu?.requestAdapter().catch(() => null);
  return found ?? undefined;
}

const start: Readonly<Record<Backend, () => Promise<void>>> = {
  webgpu: async () => {
    await import('@tensorflow/tfjs-backend-webgpu');
    await useBackend('webgpu');
  },
  webgl: async () => {
    await import('@tensorflow/tfjs-backend-webgl');
    await useBackend('webgl');
  },
  wasm: async () => {
    const { startWasm } = await import('minimart/wasm');
    await startWasm();
  },
};
