export * from '../random/index.js';
export type { ArrayData, NumericArray } from './array-data.js';
export type { AnyBatch, Batch, ConditionalBatch, TrainingData } from './batch-source.js';
export type { Conditions } from './conditions.js';
export { categoryByKey } from './features/category-by-key.js';
export { numberByKey } from './features/number-by-key.js';
export { decodeIdx } from './idx.js';
export { createInteractions, type InteractionRows } from './interactions/create-interactions.js';
export type {
  InteractionOptions,
  NamesOf,
  TableInteractions,
} from './interactions/interaction-options.js';
export { repeatShare } from './interactions/repeat-share.js';
export { toInteractions } from './interactions/to-interactions.js';
export type { Interactions } from './interactions.js';
export type { ImageSet, ImageSetOptions, ImageSetProgress } from './pictures/image-set.js';
export { readImageFiles } from './pictures/read-image-files.js';
export {
  decodeSafetensors,
  type SafetensorsFile,
} from './safetensors/decode-safetensors.js';
export { encodeSafetensors, type SafetensorInput } from './safetensors/encode-safetensors.js';
export type { Safetensor } from './safetensors/safetensor.js';
export { type ColumnScalerOptions, columnScaler } from './scaling/column-scaler.js';
export { pixelScaler } from './scaling/pixel-scaler.js';
export { restoreScaler } from './scaling/restore-scaler.js';
export { scalePixels } from './scaling/scale-pixels.js';
export type { ScaledData, Scaler, ScalerOptions, ScalerState } from './scaling/scaler.js';
export type { RandomSplitOptions } from './splits/draw-parts.js';
export { kCore } from './splits/k-core.js';
export { type LeaveLastOutOptions, leaveLastOut } from './splits/leave-last-out.js';
export type { InteractionSplit } from './splits/split.js';
export { splitAtTime } from './splits/split-at-time.js';
export { splitRandom } from './splits/split-random.js';
export { splitTable } from './splits/split-table.js';
export type { SplitUnitOptions } from './splits/split-units.js';
export type { CodedColumn, Column, Columns, CountColumn, NumberColumn, TimeColumn } from './table/column.js';
export type { ColumnKind, ColumnKinds, ColumnReader } from './table/column-kind.js';
export type { Dialect } from './table/csv/dialect.js';
export type { DecodingOptions } from './table/decode-text.js';
export { categoryColumn } from './table/kinds/category-column.js';
export type { CodedOptions } from './table/kinds/coded.js';
export { countColumn } from './table/kinds/count-column.js';
export { idColumn, wholeNumberId } from './table/kinds/id-column.js';
export { moneyColumn } from './table/kinds/money-column.js';
export { numberColumn } from './table/kinds/number-column.js';
export { timeColumn } from './table/kinds/time-column.js';
export { parseTable } from './table/parse-table.js';
export { type ReadTableOptions, readTable } from './table/read-table.js';
export { type StreamTableOptions, streamTable } from './table/stream-table.js';
export type { Table, TableReport } from './table/table.js';
export type { TableOptions } from './table/table-options.js';
export type { NumberFormat } from './table/text/number-text.js';
export type { TextSource } from './table/text-source.js';
export {
  createVocabulary,
  growVocabulary,
  type Id,
  restoreVocabulary,
  type Vocabulary,
  type VocabularyState,
} from './vocabulary.js';
