import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';

/** The backends that run everywhere; browsers add webgl and webgpu in tests/conformance. */
export const backends = ['cpu', 'wasm'] as const;
