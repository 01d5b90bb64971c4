export type { ArrayData, NumericArray } from './data/array-data.js';
export type { AnyBatch, Batch, ConditionalBatch, TrainingData } from './data/batch-source.js';
export type { Conditions } from './data/conditions.js';
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
export { encodeSafetensors, type SafetensorInput } from './data/safetensors/encode-safetensors.js';
export {
  type ParseSafetensorsOptions,
  parseSafetensors,
  type SafetensorsFile,
} from './data/safetensors/parse-safetensors.js';
export type { Safetensor, SafetensorType } from './data/safetensors/safetensor.js';
export { scalePixels } from './data/scale-pixels.js';
export type { RandomSplitOptions } from './data/splits/draw-parts.js';
export { type KCoreOptions, kCore } from './data/splits/k-core.js';
export { type LeaveLastOutOptions, leaveLastOut } from './data/splits/leave-last-out.js';
export type { InteractionSplit, ValidatedSplit } from './data/splits/split.js';
export { splitAtTime } from './data/splits/split-at-time.js';
export { type SplitRandomOptions, splitRandom } from './data/splits/split-random.js';
export { type SplitTableOptions, splitTable, type TableSplit } from './data/splits/split-table.js';
export type { SplitUnit, SplitUnitOptions } from './data/splits/split-units.js';
export type { CodedColumn, Column, Columns, CountColumn, NumberColumn, TimeColumn } from './data/table/column.js';
export type { ColumnKind, ColumnKinds, ColumnReader } from './data/table/column-kind.js';
export type { Dialect } from './data/table/csv/dialect.js';
export type { DecodingOptions } from './data/table/decode-text.js';
export { category } from './data/table/kinds/category.js';
export type { CodedOptions, MissingId } from './data/table/kinds/coded.js';
export { type CountOptions, count } from './data/table/kinds/count.js';
export { id, wholeNumberId } from './data/table/kinds/id.js';
export { type MoneyOptions, money } from './data/table/kinds/money.js';
export { type NumberOptions, number } from './data/table/kinds/number.js';
export type { MissingNumber } from './data/table/kinds/numeric-reader.js';
export { type TimeOptions, time } from './data/table/kinds/time.js';
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
export { type DiffAugmentOptions, diffAugment } from './gan/augmenting/diff-augment.js';
export { buildCategoryGenerator, type CategoryGeneratorConfig } from './gan/builders/build-category-generator.js';
export {
  buildDiscriminator,
  type ConvDiscriminatorConfig,
  type DenseDiscriminatorConfig,
  type DiscriminatorBase,
  type DiscriminatorConfig,
} from './gan/builders/build-discriminator.js';
export {
  buildGenerator,
  type ConvGeneratorConfig,
  type DenseGeneratorConfig,
  type GeneratorBase,
  type GeneratorConfig,
} from './gan/builders/build-generator.js';
export { buildImageDiscriminator, type ImageDiscriminatorConfig } from './gan/builders/build-image-discriminator.js';
export { buildImageGenerator, type ImageGeneratorConfig } from './gan/builders/build-image-generator.js';
export {
  buildPreferenceDiscriminator,
  type PreferenceDiscriminatorConfig,
} from './gan/builders/build-preference-discriminator.js';
export { buildPreferenceGenerator, type PreferenceGeneratorConfig } from './gan/builders/build-preference-generator.js';
export type { DiscriminatorCondition, GeneratorCondition } from './gan/builders/condition.js';
export type { ConditionalModel, PlainModel } from './gan/builders/conditional-model.js';
export type { AdversarialLoss, GeneratorLoss, MinimaxLossOptions } from './gan/losses/adversarial-loss.js';
export { hingeLoss } from './gan/losses/hinge-loss.js';
export { leastSquaresLoss } from './gan/losses/least-squares-loss.js';
export { minimaxLoss } from './gan/losses/minimax-loss.js';
export { nonSaturatingLoss } from './gan/losses/non-saturating-loss.js';
export { relativisticPairingLoss } from './gan/losses/relativistic-pairing-loss.js';
export { wassersteinLoss } from './gan/losses/wasserstein-loss.js';
export { type DraganOptions, dragan } from './gan/penalties/dragan.js';
export { gradientPenalty } from './gan/penalties/gradient-penalty.js';
export type { Penalty, PenaltyContext } from './gan/penalties/penalty.js';
export type { PenaltyMethod, PenaltyOptions } from './gan/penalties/penalty-options.js';
export { r1 } from './gan/penalties/r1.js';
export { r2 } from './gan/penalties/r2.js';
export type { SlopeTargetOptions } from './gan/penalties/slope-target.js';
export type {
  ClassLabels,
  ExtractorProgress,
  FeatureExtractorOptions,
  LabelledSamples,
} from './gan/quality/features/extractor-options.js';
export { type FeatureExtractor, featureExtractorFrom } from './gan/quality/features/feature-extractor.js';
export type { Features } from './gan/quality/features/read-rows.js';
export { type TrainedFeatureExtractor, trainFeatureExtractor } from './gan/quality/features/train-feature-extractor.js';
export { type BirthdayTest, type BirthdayTestOptions, birthdayTest } from './gan/quality/metrics/birthday-test.js';
export { classAccuracy } from './gan/quality/metrics/class-accuracy.js';
export { type DensityCoverage, densityCoverage } from './gan/quality/metrics/density-coverage.js';
export {
  type FrechetDistanceOptions,
  type FrechetScore,
  frechetDistance,
} from './gan/quality/metrics/frechet/frechet-distance.js';
export { type InceptionScoreOptions, inceptionScore } from './gan/quality/metrics/inception-score.js';
export { type KernelDistanceOptions, kernelDistance } from './gan/quality/metrics/kernel-distance.js';
export { meanPairwiseDistance } from './gan/quality/metrics/mean-pairwise-distance.js';
export type { MeasureOptions, Score } from './gan/quality/metrics/measure-options.js';
export {
  type NearestNeighbours,
  type NearestNeighboursOptions,
  nearestNeighbours,
} from './gan/quality/metrics/nearest-neighbours.js';
export {
  type NeighbourOptions,
  type PrecisionRecall,
  precisionRecall,
} from './gan/quality/metrics/precision-recall.js';
export { type SlicedWassersteinOptions, slicedWasserstein } from './gan/quality/metrics/sliced-wasserstein.js';
export { cohenKappa, fleissKappa } from './gan/quality/rating/kappa.js';
export { parseRatings } from './gan/quality/rating/parse-ratings.js';
export {
  type RatingAnswer,
  type RatingItem,
  type RatingKey,
  type RatingSheet,
  type RatingSheetOptions,
  ratingSheet,
} from './gan/quality/rating/rating-sheet.js';
export { type Rating, type RatingReport, type RatingScore, scoreRatings } from './gan/quality/rating/score-ratings.js';
export { type EvaluateSamplesOptions, evaluateSamples } from './gan/quality/report/evaluate-samples.js';
export { formatQuality } from './gan/quality/report/format-quality.js';
export type { QualityName, QualityReport, QualityScore } from './gan/quality/report/quality-report.js';
export { type RecommendedGan, type RecommendedGanConfig, recommendedGan } from './gan/recipes/recommended-gan.js';
export { type InterpolateLatentsOptions, interpolateLatents } from './gan/sampling/interpolate-latents.js';
export {
  type Projection,
  type ProjectionReport,
  type ProjectSampleOptions,
  projectSample,
} from './gan/sampling/project-sample.js';
export { type SampleGanOptions, sampleGan } from './gan/sampling/sample-gan.js';
export type {
  ConditionalBatches,
  ConditionalData,
  ConditionalGan,
  ConditionalNetworks,
  ConditionalSamples,
  PlainGan,
} from './gan/training/gan-networks.js';
export type { Augmentation, GanOptions, GanReport, GanRules } from './gan/training/gan-options.js';
export type { GradientClipping } from './gan/training/gan-player.js';
export { ganSteps } from './gan/training/gan-steps.js';
export { type MovingAverage, type MovingAverageOptions, movingAverage } from './gan/training/moving-average.js';
export { type GanCallbacks, type GanResult, type TrainGanOptions, trainGan } from './gan/training/train-gan.js';
export type { DoctorLimits } from './gan/watching/doctor/limits.js';
export { type GanDoctorOptions, ganDoctor } from './gan/watching/gan-doctor.js';
export type { Finding, GanMoment, GanObserver, Observation } from './gan/watching/gan-observer.js';
export {
  type BestGenerator,
  type BestKeeper,
  type GeneratorScore,
  type GeneratorScorer,
  type KeepBestOptions,
  keepBest,
} from './gan/watching/keep-best.js';
export { NonFiniteLossError } from './internal/non-finite-loss-error.js';
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
export { cloneModel } from './nn/clone-model.js';
export { binaryCrossEntropyLoss } from './nn/embedding/binary-cross-entropy-loss.js';
export { bprLoss } from './nn/embedding/bpr-loss.js';
export { buildDotProduct, type DotProductConfig } from './nn/embedding/build-dot-product.js';
export { buildEmbeddingMlp, type EmbeddingMlpConfig } from './nn/embedding/build-embedding-mlp.js';
export { buildGmf, type GmfConfig } from './nn/embedding/build-gmf.js';
export { buildNeuMf, type NeuMfConfig } from './nn/embedding/build-neu-mf.js';
export { buildTwoTower, type TwoTowerConfig } from './nn/embedding/build-two-tower.js';
export type { EmbeddingModelConfig } from './nn/embedding/builder-features.js';
export type { EmbeddingLoss, HostLossBatch, LossTargets } from './nn/embedding/embedding-loss.js';
export type { EmbeddingModel, Head } from './nn/embedding/embedding-model.js';
export {
  denseAdam,
  type EmbeddingOptimizer,
  type LazyAdagrad,
  type LazySgd,
  lazyAdagrad,
  lazyAdam,
  lazySgd,
  type RowAdam,
  type RowAdamConfig,
} from './nn/embedding/embedding-optimizer.js';
export { createEmbeddingStep } from './nn/embedding/embedding-step.js';
export type {
  EmbeddingBatch,
  EmbeddingStep,
  EmbeddingStepOptions,
  EmbeddingStepState,
} from './nn/embedding/embedding-step-types.js';
export {
  createEmbeddingTable,
  type EmbeddingTable,
  type EmbeddingTableConfig,
} from './nn/embedding/embedding-table.js';
export type { EmbeddingFactors } from './nn/embedding/factors.js';
export type {
  BagFeature,
  Bags,
  CategoricalFeature,
  Feature,
  FeatureColumn,
  FeatureColumns,
  FeatureConfig,
  FeatureRows,
  NumericFeature,
} from './nn/embedding/features.js';
export { inBatchSoftmaxLoss } from './nn/embedding/in-batch-softmax-loss.js';
export type { KernelInitializer } from './nn/embedding/initial-weights.js';
export type {
  DenseNode,
  DotNode,
  LeafNode,
  Network,
  NetworkNode,
  ProductNode,
  SumNode,
} from './nn/embedding/network.js';
export { poissonLoss } from './nn/embedding/poisson-loss.js';
export { type SampledSoftmaxOptions, sampledSoftmaxLoss } from './nn/embedding/sampled-softmax-loss.js';
export { squaredErrorLoss } from './nn/embedding/squared-error-loss.js';
export type { PoolWindow } from './nn/images/average-pool.js';
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
export type { Pair } from './nn/layers/image-shape.js';
export { MaxPooling, type MaxPoolingConfig, maxPooling } from './nn/layers/max-pooling.js';
export { MinibatchSpread, type MinibatchSpreadConfig, minibatchSpread } from './nn/layers/minibatch-spread.js';
export { PRelu, type PReluConfig, preluLayer } from './nn/layers/prelu.js';
export { ReflectionPadding, type ReflectionPaddingConfig, reflectionPadding } from './nn/layers/reflection-padding.js';
export { SeededDropout, type SeededDropoutConfig, seededDropout } from './nn/layers/seeded-dropout.js';
export {
  SpectralNorm,
  type SpectralNormConfig,
  type SpectralNormOptions,
  spectralNorm,
} from './nn/layers/spectral-norm.js';
export { type Interpolation, UpSampling, type UpSamplingConfig, upSampling } from './nn/layers/up-sampling.js';
export { Adam, type AdamConfig, adam, type OptimizerTensor } from './nn/optimizers/adam.js';
export type { Gradients } from './nn/optimizers/updates.js';
export { registerLayers } from './nn/register-layers.js';
export { type Reseedable, reseedLayers } from './nn/reseed-layers.js';
export { checkSecondOrder, type SecondOrderProblem } from './nn/second-order/check-second-order.js';
export { latentNoise } from './random/latent-noise.js';
export { createRng, type Rng, type RngState, restoreRng } from './random/rng.js';
export { type AsRecommenderOptions, asRecommender } from './recsys/as-recommender.js';
export type { AlsOptions, AlsProgress } from './recsys/baselines/als-options.js';
export { implicitAls } from './recsys/baselines/implicit-als.js';
export { type ItemItemOptions, itemItem } from './recsys/baselines/item-item.js';
export { type PopularityOptions, popularity } from './recsys/baselines/popularity.js';
export type { ScoreSource } from './recsys/completion.js';
export { evaluateRanking } from './recsys/evaluation/evaluate-ranking.js';
export { formatRanking } from './recsys/evaluation/format-ranking.js';
export type { EvaluateRankingOptions } from './recsys/evaluation/ranking-options.js';
export type {
  AccuracyMetricName,
  GroupReport,
  MetricName,
  MetricReport,
  RankingReport,
  TieReport,
  UserMetricName,
} from './recsys/evaluation/ranking-report.js';
export { exactItemIndex, type ItemVectors } from './recsys/exact-item-index.js';
export { type ExplainOptions, explain } from './recsys/explaining/explain.js';
export type { Contribution, Explanation } from './recsys/explaining/explanation.js';
export { exportRecommender } from './recsys/exporting/export-recommender.js';
export { type FactorRecommenderConfig, factorRecommender } from './recsys/factor-recommender.js';
export type { FitOptions } from './recsys/folding/fit-side.js';
export { type FoldInItemOptions, foldInItem, type ItemUser, type NewItem } from './recsys/folding/fold-in-item.js';
export { type FoldInUserOptions, foldInUser, type HistoryItem } from './recsys/folding/fold-in-user.js';
export type { FoldedUser } from './recsys/folding/folded-user.js';
export type { FeatureValues } from './recsys/folding/side-blocks.js';
export type { FoundItems, ItemIndex, SearchOptions } from './recsys/item-index.js';
export type {
  Factors,
  ItemNeighbours,
  Knowledge,
  LeastSquares,
  Recommender,
  RecommenderOrigin,
} from './recsys/recommender.js';
export { loadRecommender } from './recsys/saving/load-recommender.js';
export { saveRecommender } from './recsys/saving/save-recommender.js';
export type { UnknownItemOptions, UnknownItemPolicy } from './recsys/serving/item-indices.js';
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
export {
  type NegativeSampling,
  type PopularityNegativesOptions,
  popularityNegatives,
  type UniformNegativesOptions,
  uniformNegatives,
} from './recsys/training/negative-sampling.js';
export type {
  ImplicitTraining,
  ImplicitTrainingOptions,
  LabelledTraining,
  LabelledTrainingOptions,
  RecommenderReport,
  RecommenderTrainingBase,
  RecommenderTrainingOptions,
  TestReport,
} from './recsys/training/recommender-options.js';
export { recommenderSteps } from './recsys/training/recommender-steps.js';
export {
  type ImplicitTrainingResult,
  type LabelledTrainingResult,
  type TrainingCallbacks,
  type TrainingResult,
  type TrainRecommenderOptions,
  trainRecommender,
} from './recsys/training/train-recommender.js';
export type {
  CustomValidation,
  RankingValidation,
  Validation,
  ValidationPace,
  ValidationReport,
} from './recsys/training/validation.js';
export type { Bandit, BanditChoice, BanditOutcome, BanditState, ChooseOptions } from './rl/bandit/bandit.js';
export { type EpsilonGreedyConfig, epsilonGreedy } from './rl/bandit/epsilon-greedy.js';
export { type LinUcbConfig, linUcb } from './rl/bandit/lin-ucb.js';
export { type ThompsonConfig, thompson } from './rl/bandit/thompson.js';
export { cartPole } from './rl/cart-pole.js';
export {
  type CategoricalTargetOptions,
  categoricalQLearningLoss,
  categoricalQLearningTarget,
  type DistributionLossOptions,
} from './rl/categorical-q-learning.js';
export type { Certificate, CertificateRow, Gap } from './rl/certify/certificate.js';
export { type CertifyOptions, certify } from './rl/certify/certify.js';
export type { ServiceReport } from './rl/certify/play.js';
export { type CheckEnvironmentOptions, checkEnvironment } from './rl/check-environment.js';
export { type BaseStockOptions, baseStockPolicy } from './rl/classic/base-stock-policy.js';
export {
  type BestBaseStock,
  type BestCappedBaseStock,
  bestBaseStock,
  bestCappedBaseStock,
} from './rl/classic/best-base-stock.js';
export {
  type BestFixedPrice,
  type BestFixedPriceOptions,
  bestFixedPrice,
  fixedPricePolicy,
} from './rl/classic/best-fixed-price.js';
export type { BestPolicy, BestPolicyOptions } from './rl/classic/best-policy.js';
export { type BestReorder, type BestReorderOptions, bestReorder } from './rl/classic/best-reorder.js';
export { myopicPolicy } from './rl/classic/myopic-policy.js';
export {
  type NewsvendorAnswer,
  type NewsvendorOptions,
  type NewsvendorProfitAnswer,
  type NewsvendorProfitOptions,
  newsvendor,
  newsvendorCost,
  newsvendorProfit,
} from './rl/classic/newsvendor.js';
export { type ReorderOptions, reorderPolicy } from './rl/classic/reorder-policy.js';
export type { Demand, DemandGenerator, DemandSource } from './rl/demand/demand.js';
export { type DiscreteDemandOptions, discreteDemand } from './rl/demand/discrete-demand.js';
export { empiricalDemand } from './rl/demand/empirical-demand.js';
export { geometricDemand } from './rl/demand/geometric-demand.js';
export { lognormalDemand } from './rl/demand/lognormal-demand.js';
export { normalDemand } from './rl/demand/normal-demand.js';
export { poissonDemand } from './rl/demand/poisson-demand.js';
export { inWholeUnits } from './rl/demand/whole-units.js';
export { doubleQLearningTarget } from './rl/double-q-learning-target.js';
export { createDqn } from './rl/dqn/create-dqn.js';
export type { ActOptions, DqnAgent, DqnState, LearnOptions, LearnReport, LegalActions } from './rl/dqn/dqn-agent.js';
export type { DqnConfig, DqnPrioritySettings, TargetUpdate } from './rl/dqn/dqn-config.js';
export type { DqnOptions, DqnReport, Evaluation, EvaluationOptions } from './rl/dqn/dqn-options.js';
export { dqnSteps } from './rl/dqn/dqn-steps.js';
export type { LoggedDqnOptions, LoggedDqnReport } from './rl/dqn/logged-options.js';
export type { Transition } from './rl/dqn/n-step-window.js';
export type { Scaling, SeenRange } from './rl/dqn/scaling.js';
export { type DqnResult, type TrainDqnOptions, type TrainLoggedDqnOptions, trainDqn } from './rl/dqn/train-dqn.js';
export type {
  BoxSpace,
  ContinuousEnvironment,
  ContinuousSpace,
  DiscreteSpace,
  Environment,
  EnvironmentReset,
  EnvironmentStep,
  ResetOptions,
} from './rl/environment.js';
export type { DecisionModel } from './rl/exact/decision-model.js';
export { evaluatePolicy, type PolicyEvaluation } from './rl/exact/evaluate-policy.js';
export { type OptimalSolution, relativeValueIteration } from './rl/exact/relative-value-iteration.js';
export { type EpisodeSolution, type SolveEpisodesOptions, solveEpisodes } from './rl/exact/solve-episodes.js';
export type { SolveOptions } from './rl/exact/solve-table.js';
export { UnsolvedModelError } from './rl/exact/unsolved-model-error.js';
export { expectedSarsaTarget } from './rl/expected-sarsa-target.js';
export { greedyAction } from './rl/greedy-action.js';
export { type InventoryEnvironment, type InventoryStep, inventory } from './rl/inventory/inventory.js';
export { type InventoryBoundsOptions, inventoryBounds } from './rl/inventory/inventory-bounds.js';
export { type InventoryModel, type InventoryModelChoice, inventoryModel } from './rl/inventory/inventory-model.js';
export type { InventoryOptions, UnmetDemand } from './rl/inventory/inventory-options.js';
export type { InventoryPeriod } from './rl/inventory/inventory-rules.js';
export { type LambdaOptions, lambdaReturns } from './rl/lambda-returns.js';
export { type NStepOptions, nStepReturns } from './rl/n-step-returns.js';
export type { ValueEstimate } from './rl/off-policy/estimate.js';
export {
  evaluateOffPolicy,
  type LoggedDecision,
  type OffPolicyEvaluation,
  type OffPolicyOptions,
  type PolicyProbabilities,
} from './rl/off-policy/evaluate-off-policy.js';
export { type PersistentOptions, persistentQLearningTarget } from './rl/persistent-q-learning-target.js';
export type { InstantPolicy, Policy } from './rl/policy.js';
export {
  type ConstantElasticityOptions,
  constantElasticity,
  type LogitResponseOptions,
  logitResponse,
} from './rl/pricing/price-response.js';
export { type PricingEnvironment, type PricingStep, pricing } from './rl/pricing/pricing.js';
export { type PricingModel, pricingModel } from './rl/pricing/pricing-model.js';
export type { Competitors, Market, PriceResponse, PricingOptions } from './rl/pricing/pricing-options.js';
export type { PricingPeriod } from './rl/pricing/pricing-rules.js';
export { projectCategorical } from './rl/project-categorical.js';
export { type QLearningLossOptions, qLearningLoss } from './rl/q-learning-loss.js';
export { type NextActionOptions, qLearningTarget } from './rl/q-learning-target.js';
export {
  type QuantileLossOptions,
  type QuantileTargetOptions,
  quantileQLearningLoss,
  quantileQLearningTarget,
} from './rl/quantile-q-learning.js';
export { randomAction } from './rl/random-action.js';
export {
  createReplay,
  type Replay,
  type ReplayBatch,
  type ReplayState,
  type SampleOptions,
} from './rl/replay/create-replay.js';
export type { PrioritySettings, ReplayConfig } from './rl/replay/replay-config.js';
export type { StoredTransition, TransitionColumns } from './rl/replay/transition-store.js';
export { sarsaTarget } from './rl/sarsa-target.js';
export { explorationAt } from './rl/tabular/exploration.js';
export { createFullInformationTable, type FullInformationTable } from './rl/tabular/full-information.js';
export {
  type LearnFromDemandOptions,
  type LearnFromDemandResult,
  learnFromDemand,
} from './rl/tabular/learn-from-demand.js';
export { type LearningRateDecay, learningRateAt } from './rl/tabular/learning-rate.js';
export { qLearningUpdate, type TabularTransition, type TabularUpdateOptions } from './rl/tabular/q-learning-update.js';
export { bestAction, createQTable, type QTable, type QTableConfig } from './rl/tabular/q-table.js';
export { type TableAnswers, type TablePolicy, tablePolicy } from './rl/tabular/table-policy.js';
export type {
  StateOf,
  TabularOptions,
  TabularSettings,
  TabularWorld,
  WholeEnvironment,
} from './rl/tabular/tabular-options.js';
export type { TabularReport } from './rl/tabular/tabular-work.js';
export {
  type TrainQTableLoop,
  type TrainQTableOptions,
  type TrainQTableResult,
  trainQTable,
} from './rl/tabular/train-q-table.js';
export { tdError } from './rl/td-error.js';
export { type VectorEnvironment, type VectorReset, type VectorStep, vectorize } from './rl/vectorize.js';
export type {
  AdversarialRecommenderOptions,
  AdversarialRecommenderSettings,
} from './shop/adversarial/adversarial-options.js';
export {
  type AdversarialRecommenderResult,
  trainAdversarialRecommender,
} from './shop/adversarial/train-adversarial-recommender.js';
export type { DayWindow } from './shop/simulator/day-window.js';
export { expectedPurchases } from './shop/simulator/expected-purchases.js';
export { type ItemDemand, itemDemand } from './shop/simulator/item-demand.js';
export { ordersToCsv } from './shop/simulator/orders-to-csv.js';
export type { ShopCountry, ShopSettings, SimulateShopOptions } from './shop/simulator/shop-options.js';
export { simulateShop } from './shop/simulator/simulate-shop.js';
export type {
  ShopCategories,
  ShopItems,
  ShopOrders,
  ShopPrices,
  ShopPromotion,
  ShopUsers,
  SimulatedShop,
} from './shop/simulator/simulated-shop.js';
export { type TrueRecommenderOptions, trueRecommender } from './shop/simulator/true-recommender.js';
export type { Estimate, Interval } from './statistics/estimate.js';
export type { EpochsLength, RunLength, StepsLength } from './training/run-length.js';
export type { LoopOptions, Progress } from './training/run-steps.js';
export { cosineDecay } from './training/schedules/cosine-decay.js';
export type { DecayOptions } from './training/schedules/decay.js';
export type { LearningRateSchedule, ScheduleProgress } from './training/schedules/learning-rate-schedule.js';
export { linearDecay } from './training/schedules/linear-decay.js';
export type { LinearSchedule } from './training/schedules/linear-schedule.js';
