export * from '../kernels/index.js';
export * from '../nn/embedding/index.js';
export * from '../random/index.js';
export * from '../training/index.js';
export type { ScoreSource } from './completion.js';
export { evaluateRanking } from './evaluation/evaluate-ranking.js';
export { formatRanking } from './evaluation/format-ranking.js';
export type { EvaluateRankingOptions } from './evaluation/ranking-options.js';
export type {
  AccuracyMetricName,
  Estimate,
  GroupReport,
  MetricName,
  MetricReport,
  RankingReport,
  TieReport,
  UserMetricName,
} from './evaluation/ranking-report.js';
export { type ExplainRecommendationOptions, explainRecommendation } from './explaining/explain-recommendation.js';
export type { Explanation } from './explaining/explanation.js';
export { exportRecommender } from './exporting/export-recommender.js';
export { foldInItem, type ItemUser, type NewItem } from './folding/fold-in-item.js';
export type { FoldInItemOptions, FoldInUserOptions } from './folding/fold-in-options.js';
export { foldInUser, type HistoryItem } from './folding/fold-in-user.js';
export type { FoldedUser } from './folding/folded-user.js';
export { exactItemIndex } from './indexes/exact-item-index.js';
export type { FoundItems, ItemIndex, ItemVectors, SearchOptions } from './indexes/item-index.js';
export {
  type UsearchIndex,
  type UsearchItemIndexOptions,
  type UsearchMatches,
  usearchItemIndex,
} from './indexes/usearch-item-index.js';
export type { ImplicitAlsOptions, ImplicitAlsReport } from './kinds/als-options.js';
export { type AsRecommenderOptions, asRecommender } from './kinds/as-recommender.js';
export { type FactorRecommenderConfig, factorRecommender } from './kinds/factor-recommender.js';
export { type ItemItemRecommenderOptions, itemItemRecommender } from './kinds/item-item-recommender.js';
export type { LeastSquares } from './kinds/least-squares.js';
export { type PopularityRecommenderOptions, popularityRecommender } from './kinds/popularity-recommender.js';
export { trainImplicitAls } from './kinds/train-implicit-als.js';
export type {
  Contribution,
  Factors,
  Knowledge,
  Recommender,
  RecommenderState,
  SavedRecommender,
} from './recommender.js';
export { type DecodeRecommenderOptions, decodeRecommender } from './saving/decode-recommender.js';
export { encodeRecommender } from './saving/encode-recommender.js';
export type { UnknownItemOptions, UnknownItemPolicy } from './serving/item-indices.js';
export { recommend } from './serving/recommend.js';
export { type RecommendAllOptions, recommendAll } from './serving/recommend-all.js';
export type {
  ChoiceOptions,
  Diversify,
  Recommendation,
  RecommendOptions,
  UserRecommendations,
} from './serving/recommend-options.js';
export { type ScoredItem, type ScoreItemsOptions, scoreItems } from './serving/score-items.js';
export { type SimilarItemsOptions, similarItems } from './serving/similar-items.js';
export type { UnknownUserPolicy } from './serving/user-scores.js';
export {
  type NegativeSampling,
  type PopularityNegativesOptions,
  popularityNegatives,
  type UniformNegativesOptions,
  uniformNegatives,
} from './training/negatives/negative-sampling.js';
export type {
  ImplicitTraining,
  ImplicitTrainingOptions,
  LabelledTraining,
  LabelledTrainingOptions,
  RecommenderReport,
  RecommenderTrainingBase,
  RecommenderTrainingOptions,
  TestReport,
} from './training/recommender-options.js';
export { recommenderSteps } from './training/recommender-steps.js';
export {
  type ImplicitTrainingResult,
  type LabelledTrainingResult,
  type TrainingCallbacks,
  type TrainingResult,
  type TrainRecommenderOptions,
  trainRecommender,
} from './training/train-recommender.js';
export type {
  CustomValidation,
  RankingValidation,
  Validation,
  ValidationPace,
  ValidationReport,
} from './training/validation.js';
