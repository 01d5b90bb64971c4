export { prepareBackend } from './prepare-backend.js';
export type { BackendOptions } from './threads/require-threads.js';
export { useBackend } from './use-backend.js';
export { type WasmKernels, wasmKernels } from './wasm-kernels.js';
