import { engine, getBackend, ready, setBackend } from '@tensorflow/tfjs-core';
import { describe } from '../internal/describe.js';
import { prepareBackend } from './prepare-backend.js';

/**
 * Makes `name` the active TensorFlow.js backend, waits until it works, and gives it the training kernels it lacks.
 *
 * `setBackend` of TensorFlow.js returns false, and work goes on elsewhere, when a backend fails to start; this throws.
 * The package of the backend must have been imported, for example `import '@tensorflow/tfjs-backend-wasm'`.
 *
 * @param name - `'wasm'`, `'webgl'`, `'webgpu'`, `'cpu'`, `'tensorflow'`, or any name that was registered.
 * @throws RangeError when no backend of that name is registered; Error when it fails to start. The backend that was
 *   active before stays active.
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
        `Import its package first, for example '@tensorflow/tfjs-backend-${String(name)}'.`,
    );
  }
  const before = engine().backendName;
  const started = await setBackend(name);
  if (!started || getBackend() !== name) {
    if (before) await setBackend(before);
    throw new Error(
      `useBackend: \`name\` must be a backend that starts here, received ${describe(name)}: it did not start.`,
    );
  }
  await ready();
  await prepareBackend();
}
