export * from './customers/index.js';
export * from './data/index.js';
export * from './forecast/index.js';
export * from './gan/index.js';
export * from './recsys/index.js';
export * from './rl/index.js';
export * from './shop/index.js';
export * from './tables/index.js';
