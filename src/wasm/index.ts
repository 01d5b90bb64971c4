export { startWasm } from './start-wasm.js';
