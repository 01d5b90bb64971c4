import { engine, env, getBackend, ready, setBackend } from '@tensorflow/tfjs-core';
import { describe } from '../internal/describe.js';
import { prepareBackend } from './prepare-backend.js';

/**
 * Makes `name` the active TensorFlow.js backend, waits until it works, and gives it the training kernels it lacks.
 *
 * `setBackend` of TensorFlow.js returns false, and work goes on elsewhere, when a backend fails to start; this throws.
 * The package of the backend must have been imported, for example `import '@tensorflow/tfjs-backend-wasm'`.
 *
 * In a cross-origin isolated page TensorFlow.js would start its threaded wasm build, whose memory the training kernels of
 * minimart cannot use; this starts the other one, which trains faster. To have the threaded one all the same, say so before:
 * `env().set('WASM_HAS_MULTITHREAD_SUPPORT', true)`.
 *
 * @param name - `'wasm'`, `'webgl'`, `'webgpu'`, `'cpu'`, `'tensorflow'`, or any name that was registered.
 * @throws RangeError when no backend of that name is registered; Error when it fails to start, with the cause and what
 *   helps, such as where `.wasm` files were looked for and not found, or when the device of webgpu was lost. The backend that
 *   was active before stays active.
 * @example
 * await useBackend('cpu');
 * getBackend(); // 'cpu'
 */
export async function useBackend(name: string): Promise<void> {
  const registered = engine().registryFactory;
  if (typeof name !== 'string' || !(name in registered)) {
    const known = Object.keys(registered).map((each) => `'${each}'`);
    throw new RangeError(
      `useBackend: \`name\` must be a registered backend (${known.join(', ') || 'none is'}), received ${describe(name)}. ` +
        `Import its package first, for example '@tensorflow/tfjs-backend-${packageOf(name)}'.`,
    );
  }
  if (name === 'wasm') preferOneThread();
  const before = engine().backendName;
  const started = await setBackend(name);
  if (!started || getBackend() !== name) {
    if (before) await setBackend(before);
    const { explainFailure } = await import('./backend-failure.js');
    throw new Error(
      `useBackend: \`name\` must be a backend that starts here, received ${describe(name)}: ${await explainFailure(name)}`,
    );
  }
  await ready();
  try {
    await prepareBackend();
  } catch (error) {
    if (before) await setBackend(before);
    throw error;
  }
}

// In the threaded build memory is shared, so that our kernels cannot link to it. A flag that has a value was set by the user.
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
