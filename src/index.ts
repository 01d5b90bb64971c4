export type { ArrayData, NumericArray } from './data/array-data.js';
export type { Batch, TrainingData } from './data/batch-source.js';
export { type CategoryByKeyOptions, type CategoryReduction, categoryByKey } from './data/features/category-by-key.js';
export { type NumberByKeyOptions, type NumberReduction, numberByKey } from './data/features/number-by-key.js';
export { parseIdx } from './data/idx.js';
export { createInteractions, type InteractionRows } from './data/interactions/create-interactions.js';
export type {
  DropReason,
  InteractionOptions,
  InteractionReport,
  NamesOf,
  TableInteractions,
} from './data/interactions/interaction-options.js';
export type { DuplicatePolicy } from './data/interactions/merge-duplicates.js';
export { toInteractions } from './data/interactions/to-interactions.js';
export type { Interactions } from './data/interactions.js';
export { scalePixels } from './data/scale-pixels.js';
export type { RandomSplitOptions } from './data/splits/draw-parts.js';
export { type KCoreOptions, kCore } from './data/splits/k-core.js';
export { type LeaveLastOutOptions, leaveLastOut } from './data/splits/leave-last-out.js';
export type { InteractionSplit, ValidatedSplit } from './data/splits/split.js';
export { splitAtTime } from './data/splits/split-at-time.js';
export { splitRandom } from './data/splits/split-random.js';
export { splitTable, type TableSplit } from './data/splits/split-table.js';
export type { CodedColumn, Column, Columns, CountColumn, NumberColumn, TimeColumn } from './data/table/column.js';
export type { ColumnKind, ColumnKinds, ColumnReader } from './data/table/column-kind.js';
export type { Dialect } from './data/table/csv/dialect.js';
export { category } from './data/table/kinds/category.js';
export type { CodedOptions } from './data/table/kinds/coded.js';
export { type CountOptions, count } from './data/table/kinds/count.js';
export { id } from './data/table/kinds/id.js';
export { type MoneyOptions, money } from './data/table/kinds/money.js';
export { type NumberOptions, number } from './data/table/kinds/number.js';
export type { MissingNumber } from './data/table/kinds/numeric-reader.js';
export { type TimeOptions, time } from './data/table/kinds/time.js';
export { wholeNumberId } from './data/table/kinds/whole-number-id.js';
export { type LoadTableOptions, loadTable } from './data/table/load-table.js';
export { readTable } from './data/table/read-table.js';
export { type StreamTableOptions, streamTable } from './data/table/stream-table.js';
export type { BadRow, Table, TableReport } from './data/table/table.js';
export type { TableOptions } from './data/table/table-options.js';
export type { NumberFormat } from './data/table/text/number-text.js';
export type { TextSource } from './data/table/text-source.js';
export {
  createVocabulary,
  growVocabulary,
  type Id,
  restoreVocabulary,
  type Vocabulary,
  type VocabularyOptions,
  type VocabularyState,
} from './data/vocabulary.js';
export type { AdversarialLoss, MinimaxLossOptions } from './gan/adversarial-loss.js';
export {
  buildDiscriminator,
  type ConvDiscriminatorConfig,
  type DenseDiscriminatorConfig,
  type DiscriminatorBase,
  type DiscriminatorConfig,
} from './gan/build-discriminator.js';
export {
  buildGenerator,
  type ConvGeneratorConfig,
  type DenseGeneratorConfig,
  type GeneratorBase,
  type GeneratorConfig,
} from './gan/build-generator.js';
export type { GanOptions, GanReport } from './gan/gan-options.js';
export { ganSteps } from './gan/gan-steps.js';
export { minimaxLoss } from './gan/minimax-loss.js';
export { nonSaturatingLoss } from './gan/non-saturating-loss.js';
export { type SampleGanOptions, sampleGan } from './gan/sample-gan.js';
export { type GanResult, type TrainGanOptions, trainGan } from './gan/train-gan.js';
export { prepareBackend } from './kernels/prepare-backend.js';
export { useBackend } from './kernels/use-backend.js';
export { type ClipOptions, clipActivation } from './nn/activations/clip.js';
export { type EluOptions, eluActivation } from './nn/activations/elu.js';
export { exponentialActivation } from './nn/activations/exponential.js';
export { geluActivation } from './nn/activations/gelu.js';
export { type LeakyReluOptions, leakyReluActivation } from './nn/activations/leaky-relu.js';
export { preluActivation } from './nn/activations/prelu.js';
export { seluActivation } from './nn/activations/selu.js';
export { sigmoidActivation } from './nn/activations/sigmoid.js';
export { softmaxActivation } from './nn/activations/softmax.js';
export { swishActivation } from './nn/activations/swish.js';
export { tanhActivation } from './nn/activations/tanh.js';
export {
  type LayerBase,
  type LayerCallArguments,
  type LayerConfig,
  type LayerStatics,
  layerBase,
} from './nn/layer-base.js';
export {
  type ActivationConfig,
  type ActivationKind,
  ActivationLayer,
  type ActivationSettings,
  activationLayer,
} from './nn/layers/activation-layer.js';
export { AveragePooling, type AveragePoolingConfig, averagePooling } from './nn/layers/average-pooling.js';
export { MaxPooling, type MaxPoolingConfig, maxPooling } from './nn/layers/max-pooling.js';
export type { Pair } from './nn/layers/pair.js';
export { PRelu, type PReluConfig, preluLayer } from './nn/layers/prelu.js';
export { ReflectionPadding, type ReflectionPaddingConfig, reflectionPadding } from './nn/layers/reflection-padding.js';
export { SeededDropout, type SeededDropoutConfig, seededDropout } from './nn/layers/seeded-dropout.js';
export { type Interpolation, UpSampling, type UpSamplingConfig, upSampling } from './nn/layers/up-sampling.js';
export { Adam, type AdamConfig, adam, type OptimizerTensor } from './nn/optimizers/adam.js';
export type { Gradients } from './nn/optimizers/updates.js';
export { registerLayers } from './nn/register-layers.js';
export type { PoolWindow } from './nn/resampling/average-pool.js';
export { type Reseedable, reseedLayers } from './nn/reseed-layers.js';
export { checkSecondOrder, type SecondOrderProblem } from './nn/second-order/check-second-order.js';
export { latentNoise } from './random/latent-noise.js';
export { createRng, type Rng, type RngState, restoreRng } from './random/rng.js';
export { NonFiniteLossError } from './training/non-finite-loss-error.js';
export type { LoopOptions, Progress } from './training/run-steps.js';
