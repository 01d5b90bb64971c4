export type { ArrayData, NumericArray } from './array-data.js';
export type { Batch, TrainingData } from './batch-source.js';
export { parseIdx } from './idx.js';
export { scalePixels } from './scale-pixels.js';
