export * from '../kernels/index.js';
export * from '../nn/index.js';
export * from '../privacy/index.js';
export * from '../random/index.js';
export * from '../statistics/index.js';
export * from '../training/index.js';
export { type DiffAugmentOptions, diffAugment } from './augmenting/diff-augment.js';
export { buildCategoryGenerator, type CategoryGeneratorConfig } from './builders/build-category-generator.js';
export {
  buildDiscriminator,
  type ConvDiscriminatorConfig,
  type DenseDiscriminatorConfig,
  type DiscriminatorConfig,
} from './builders/build-discriminator.js';
export {
  buildGenerator,
  type ConvGeneratorConfig,
  type DenseGeneratorConfig,
  type GeneratorConfig,
} from './builders/build-generator.js';
export { buildImageDiscriminator, type ImageDiscriminatorConfig } from './builders/build-image-discriminator.js';
export { buildImageGenerator, type ImageGeneratorConfig } from './builders/build-image-generator.js';
export {
  buildPreferenceDiscriminator,
  type PreferenceDiscriminatorConfig,
} from './builders/build-preference-discriminator.js';
export { buildPreferenceGenerator, type PreferenceGeneratorConfig } from './builders/build-preference-generator.js';
export type { DiscriminatorCondition, GeneratorCondition } from './builders/condition.js';
export type { ConditionalModel, PlainModel } from './builders/conditional-model.js';
export type { DiscriminatorBase } from './builders/discriminator-parts.js';
export type { GeneratorBase } from './builders/generator-parts.js';
export type { AdversarialLoss, GeneratorLoss, MinimaxLossOptions } from './losses/adversarial-loss.js';
export { hingeLoss } from './losses/hinge-loss.js';
export { leastSquaresLoss } from './losses/least-squares-loss.js';
export { minimaxLoss } from './losses/minimax-loss.js';
export { nonSaturatingLoss } from './losses/non-saturating-loss.js';
export { relativisticPairingLoss } from './losses/relativistic-pairing-loss.js';
export { wassersteinLoss } from './losses/wasserstein-loss.js';
export { draganPenalty } from './penalties/dragan-penalty.js';
export { gradientPenalty } from './penalties/gradient-penalty.js';
export type { Penalty, PenaltyContext } from './penalties/penalty.js';
export type { PenaltyOptions } from './penalties/penalty-options.js';
export { r1Penalty } from './penalties/r1-penalty.js';
export { r2Penalty } from './penalties/r2-penalty.js';
export { decodeFeatureExtractor, encodeFeatureExtractor } from './quality/features/extractor-file.js';
export type { FeatureExtractorOptions } from './quality/features/extractor-options.js';
export { type FeatureExtractor, featureExtractorFrom } from './quality/features/feature-extractor.js';
export type { Features } from './quality/features/read-rows.js';
export { type TrainedFeatureExtractor, trainFeatureExtractor } from './quality/features/train-feature-extractor.js';
export { classAccuracy } from './quality/metrics/class-accuracy.js';
export {
  type FrechetScore,
  frechetDistance,
} from './quality/metrics/frechet/frechet-distance.js';
export { inceptionScore } from './quality/metrics/inception-score.js';
export { kernelDistance } from './quality/metrics/kernel-distance.js';
export { meanPairwiseDistance } from './quality/metrics/mean-pairwise-distance.js';
export type { MeasureOptions, Score } from './quality/metrics/measure-options.js';
export { type BirthdayTest, birthdayTest } from './quality/metrics/neighbours/birthday-test.js';
export { type DensityCoverage, densityCoverage } from './quality/metrics/neighbours/density-coverage.js';
export {
  type NearestNeighbours,
  nearestNeighbours,
} from './quality/metrics/neighbours/nearest-neighbours.js';
export {
  type NeighbourOptions,
  type PrecisionRecall,
  precisionRecall,
} from './quality/metrics/neighbours/precision-recall.js';
export { slicedWasserstein } from './quality/metrics/sliced-wasserstein.js';
export { cohenKappa, fleissKappa } from './quality/rating/kappa.js';
export { parseRatings } from './quality/rating/parse-ratings.js';
export {
  type RatingItem,
  type RatingKey,
  type RatingSheet,
  type RatingSheetOptions,
  ratingSheet,
} from './quality/rating/rating-sheet.js';
export { type Rating, type RatingReport, type RatingScore, scoreRatings } from './quality/rating/score-ratings.js';
export { type EvaluateSamplesOptions, evaluateSamples } from './quality/report/evaluate-samples.js';
export { formatQuality } from './quality/report/format-quality.js';
export type { QualityName, QualityReport, QualityScore } from './quality/report/quality-report.js';
export { type RecommendedGan, type RecommendedGanConfig, recommendedGan } from './recipes/recommended-gan.js';
export { interpolateLatents } from './sampling/interpolate-latents.js';
export {
  type Projection,
  type ProjectSampleOptions,
  projectSample,
} from './sampling/project-sample.js';
export { type SampleGanOptions, sampleGan } from './sampling/sample-gan.js';
export { type DecodeGanOptions, decodeGan, type SavedGan } from './saving/decode-gan.js';
export { encodeGan, type GanParts } from './saving/encode-gan.js';
export { ganSteps } from './training/gan-steps.js';
export { type GeneratorAverage, generatorAverage } from './training/generator-average.js';
export type { ConditionalGan, PlainGan } from './training/options/gan-networks.js';
export type { Augmentation, GanOptions, GanRules } from './training/options/gan-options.js';
export type { GanPrivacy } from './training/options/gan-privacy.js';
export { type GanResult, type TrainGanOptions, trainGan } from './training/train-gan.js';
export type { DoctorLimits } from './watching/doctor/limits.js';
export { type GanDoctorOptions, ganDoctor } from './watching/gan-doctor.js';
export type { Finding, GanMoment, GanObserver, GanReport, Observation } from './watching/gan-observer.js';
