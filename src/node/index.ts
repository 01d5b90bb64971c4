export type { ImageGridOptions } from './image-grid.js';
export { readIdx } from './read-idx.js';
export { readRecommender, writeRecommender } from './recommender-file.js';
export { encodeImageGrid, writeImageGrid } from './write-image-grid.js';
