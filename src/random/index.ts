export { latentNoise } from './latent-noise.js';
export { createRng, type Rng, type RngState, restoreRng } from './rng.js';
