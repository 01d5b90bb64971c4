export type { AlsOptions, AlsProgress } from './baselines/als-options.js';
export { implicitAls } from './baselines/implicit-als.js';
export { type FactorRecommenderConfig, factorRecommender } from './factor-recommender.js';
export type { FoundItems, ItemIndex, SearchOptions } from './item-index.js';
export type { Factors, Recommender } from './recommender.js';
