export type { ArrayData, NumericArray } from './array-data.js';
export type { Batch, TrainingData } from './batch-source.js';
export { parseIdx } from './idx.js';
export { createInteractions, type InteractionRows } from './interactions/create-interactions.js';
export type { DuplicatePolicy } from './interactions/merge-duplicates.js';
export type { Interactions } from './interactions.js';
export { scalePixels } from './scale-pixels.js';
export {
  createVocabulary,
  type Id,
  type Vocabulary,
  type VocabularyOptions,
  type VocabularyState,
} from './vocabulary.js';
