export type { ArrayData, NumericArray } from './array-data.js';
export type { Batch, TrainingData } from './batch-source.js';
export { parseIdx } from './idx.js';
export { createInteractions, type InteractionRows } from './interactions/create-interactions.js';
export type { DuplicatePolicy } from './interactions/merge-duplicates.js';
export type { Interactions } from './interactions.js';
export { encodeSafetensors, type SafetensorInput } from './safetensors/encode-safetensors.js';
export { parseSafetensors, type SafetensorsFile } from './safetensors/parse-safetensors.js';
export type { Safetensor, SafetensorType } from './safetensors/safetensor.js';
export { scalePixels } from './scale-pixels.js';
export type { RandomSplitOptions } from './splits/draw-parts.js';
export { type KCoreOptions, kCore } from './splits/k-core.js';
export { type LeaveLastOutOptions, leaveLastOut } from './splits/leave-last-out.js';
export type { InteractionSplit, ValidatedSplit } from './splits/split.js';
export { splitAtTime } from './splits/split-at-time.js';
export { splitRandom } from './splits/split-random.js';
export {
  createVocabulary,
  type Id,
  type Vocabulary,
  type VocabularyOptions,
  type VocabularyState,
} from './vocabulary.js';
