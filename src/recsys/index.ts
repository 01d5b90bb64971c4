export type { FoundItems, ItemIndex, SearchOptions } from './item-index.js';
export type { Factors, Recommender } from './recommender.js';
