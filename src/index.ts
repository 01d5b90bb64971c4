export type { ArrayData, NumericArray } from './data/array-data.js';
export type { Batch, TrainingData } from './data/batch-source.js';
export { parseIdx } from './data/idx.js';
export { createInteractions, type InteractionRows } from './data/interactions/create-interactions.js';
export type { DuplicatePolicy } from './data/interactions/merge-duplicates.js';
export type { Interactions } from './data/interactions.js';
export { encodeSafetensors, type SafetensorInput } from './data/safetensors/encode-safetensors.js';
export { parseSafetensors, type SafetensorsFile } from './data/safetensors/parse-safetensors.js';
export type { Safetensor, SafetensorType } from './data/safetensors/safetensor.js';
export { scalePixels } from './data/scale-pixels.js';
export type { RandomSplitOptions } from './data/splits/draw-parts.js';
export { type KCoreOptions, kCore } from './data/splits/k-core.js';
export { type LeaveLastOutOptions, leaveLastOut } from './data/splits/leave-last-out.js';
export type { InteractionSplit, ValidatedSplit } from './data/splits/split.js';
export { splitAtTime } from './data/splits/split-at-time.js';
export { splitRandom } from './data/splits/split-random.js';
export {
  createVocabulary,
  type Id,
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
export type { AlsOptions, AlsProgress } from './recsys/baselines/als-options.js';
export { implicitAls } from './recsys/baselines/implicit-als.js';
export { type ItemItemOptions, itemItem } from './recsys/baselines/item-item.js';
export { popularity } from './recsys/baselines/popularity.js';
export { evaluateRanking } from './recsys/evaluation/evaluate-ranking.js';
export { formatRanking } from './recsys/evaluation/format-ranking.js';
export type { EvaluateRankingOptions } from './recsys/evaluation/ranking-options.js';
export type {
  Estimate,
  MetricName,
  MetricReport,
  RankingReport,
  TieReport,
  UserMetricName,
} from './recsys/evaluation/ranking-report.js';
export { exactItemIndex, type ItemVectors } from './recsys/exact-item-index.js';
export { type FactorRecommenderConfig, factorRecommender } from './recsys/factor-recommender.js';
export type { FoundItems, ItemIndex, SearchOptions } from './recsys/item-index.js';
export type { Factors, Recommender } from './recsys/recommender.js';
export type { FoldedUser } from './recsys/serving/folded-user.js';
export type { UnknownItemPolicy } from './recsys/serving/item-indices.js';
export { recommend } from './recsys/serving/recommend.js';
export { type RecommendAllOptions, recommendAll, type UserRecommendations } from './recsys/serving/recommend-all.js';
export type { ChoiceOptions, Diversify, Recommendation, RecommendOptions } from './recsys/serving/recommend-options.js';
export { type ScoredItem, type ScoreItemsOptions, scoreItems } from './recsys/serving/score-items.js';
export { type SimilarItemsOptions, similarItems } from './recsys/serving/similar-items.js';
export {
  type UsearchIndex,
  type UsearchItemIndexOptions,
  type UsearchMatches,
  usearchItemIndex,
} from './recsys/serving/usearch-item-index.js';
export type { UnknownUserPolicy } from './recsys/serving/user-scores.js';
export { NonFiniteLossError } from './training/non-finite-loss-error.js';
export type { LoopOptions, Progress } from './training/run-steps.js';
