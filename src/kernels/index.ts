export { prepareBackend } from './prepare-backend.js';
export { type BackendOptions, useBackend } from './use-backend.js';
export { type WasmKernels, wasmKernels } from './wasm-kernels.js';
