import { engine, env, getBackend, ready, setBackend } from '@tensorflow/tfjs-core';
import { describe } from '../internal/describe.js';
import { requireOptions } from '../internal/options.js';
import { kernelState } from './kernel-state.js';
import { prepareBackend } from './prepare-backend.js';
import { type BackendOptions, requireThreads } from './threads/require-threads.js';

/**
 * Makes `name` the active TensorFlow.js backend, waits until it works, and gives it the training kernels it lacks.
 *
 * `setBackend` of TensorFlow.js returns false, and work goes on elsewhere, when a backend fails to start; this throws.
 * The package of the backend must have been imported, for example `import '@tensorflow/tfjs-backend-webgl'`. For wasm,
 * `startWasm` of `minimart/wasm` does all of it, and works in bundles, which do not hold the `.wasm` files of TensorFlow.js.
 *
 * On wasm large kernels are split over threads, where the host lets threads share memory: in Node, and in pages and workers that are
 * cross-origin isolated. Results do not depend on the number of threads, to the last bit. Where there is no shared memory, or where
 * something else has started the backend before, kernels run on one thread; `wasmKernels()` says how many there are. Called
 * again, it changes the number. Threads do not keep a process alive, and end with `removeBackend('wasm')`.
 *
 * TensorFlow.js has a threaded wasm build of its own for cross-origin isolated pages, on which training kernels are missing; this
 * starts the other one. To have it all the same, say so before: `env().set('WASM_HAS_MULTITHREAD_SUPPORT', true)`.
 *
 * @param name - `'wasm'`, `'webgl'`, `'webgpu'`, `'cpu'`, `'tensorflow'`, or any name that was registered.
 * @throws RangeError when no backend of that name is registered, or when `threads` is out of range or given for another backend;
 *   Error when the backend fails to start, with the cause and what helps, such as where `.wasm` files were looked for and not
 *   found, when the device of webgpu was lost, and when `threads` come too late for a backend that runs already. The backend
 *   that was active before stays active.
 * @example
 * await useBackend('cpu');
 * getBackend(); // 'cpu'
 */
export async function useBackend(name: string, options: BackendOptions = {}): Promise<void> {
  requireOptions('useBackend', options, { threads: true });
  requireBackend(name);
  const threads = requireThreads('useBackend', name, options);
  if (name === 'wasm') preferOneThread();
  const before = engine().backendName;
  const started = await (name === 'wasm' ? startWasm(threads) : setBackend(name));
  if (!started || getBackend() !== name) {
    await goBackTo(before);
    const { explainFailure } = await import('./backend-failure.js');
    throw new Error(
      `useBackend: \`name\` must be a backend that starts here, received ${describe(name)}: ${await explainFailure(name)}`,
    );
  }
  await ready();
  try {
    await prepareBackend();
    // One thread needs nothing of what starts others, but that the others end.
    if (name === 'wasm' && (threads !== 1 || kernelState().pool)) {
      const { arrangeThreads } = await import('./threads/arrange-threads.js');
      await arrangeThreads(threads);
    }
  } catch (error) {
    await goBackTo(before);
    throw error;
  }
}

/** Makes the backend active that was it before a start that failed, without waiting for what may never end. */
export async function goBackTo(before: string | undefined): Promise<void> {
  if (before) await setBackend(before);
}

async function startWasm(threads: number | undefined): Promise<boolean> {
  if (threads === 1) return setBackend('wasm');
  const { startWithThreads } = await import('./threads/arrange-threads.js');
  return startWithThreads(threads, () => setBackend('wasm'));
}

function requireBackend(name: string): void {
  const registered = engine().registryFactory;
  if (typeof name === 'string' && name in registered) return;
  const known = Object.keys(registered).map((each) => `'${each}'`);
  throw new RangeError(
    `useBackend: \`name\` must be a registered backend (${known.join(', ') || 'none is'}), received ${describe(name)}. ` +
      `Import its package first, for example '@tensorflow/tfjs-backend-${packageOf(name)}'.`,
  );
}

// In the threaded build work of tfjs's own is split, not that of our kernels. A flag that has a value was set by the user.
function preferOneThread(): void {
  const flag = 'WASM_HAS_MULTITHREAD_SUPPORT';
  if (flag in env().getFlags()) return;
  try {
    env().set(flag, false);
  } catch {
    // A wasm backend that is not tfjs's own registers no such flag.
  }
}

function packageOf(name: unknown): string {
  return typeof name === 'string' && /^[\w-]{1,20}$/.test(name) ? name : 'wasm';
}
