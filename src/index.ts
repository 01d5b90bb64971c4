export type { Rng, RngState } from './random/rng.js';
export { createRng, restoreRng } from './random/rng.js';
