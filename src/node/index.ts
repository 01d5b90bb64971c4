export { fileStore } from './file-store.js';
export type { ImageGridOptions } from './image-grid.js';
export { type ReadIdxOptions, readIdx } from './read-idx.js';
export { readTableFile } from './read-table-file.js';
export { readRecommender, writeRecommender } from './recommender-file.js';
export { streamTableFile } from './stream-table-file.js';
export type { SyntheticMark } from './synthetic-mark.js';
export { encodeImageGrid, writeImageGrid } from './write-image-grid.js';
export { type RatingSheetFiles, writeRatingSheet } from './write-rating-sheet.js';
