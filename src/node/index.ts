export { enableFusedProducts } from './enable-fused-products.js';
export { fileStore } from './file-store.js';
export type { ImageGridOptions } from './images/image-grid.js';
export { encodeImageGrid, writeImageGrid } from './images/write-image-grid.js';
export { type ExportKerasOptions, exportKeras } from './keras/export-keras.js';
export { importKeras, type KerasImport } from './keras/import-keras.js';
export { readDqn, writeDqn } from './models/dqn-file.js';
export { readFeatureExtractor, writeFeatureExtractor } from './models/extractor-file.js';
export { readGan, writeGan } from './models/gan-file.js';
export { readQTable, writeQTable } from './models/q-table-file.js';
export { readRecommender, writeRecommender } from './models/recommender-file.js';
export { readTableModel, writeTableModel } from './models/table-model-file.js';
export { readImageFolder } from './pictures/read-image-folder.js';
export {
  type BarStream,
  type ProgressBar,
  type ProgressBarOptions,
  progressBar,
  type StepProgress,
} from './progress/progress-bar.js';
export type { SyntheticMark } from './rating/synthetic-mark.js';
export { writeRatingSheet } from './rating/write-rating-sheet.js';
export { readIdx } from './read-idx.js';
export { readTableFile } from './read-table-file.js';
export { streamTableFile } from './stream-table-file.js';
