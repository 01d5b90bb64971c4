export * from '../kernels/index.js';
export * from '../nn/embedding/index.js';
export * from '../random/index.js';
export * from '../statistics/index.js';
export * from '../training/index.js';
export { type AsRecommenderOptions, asRecommender } from './as-recommender.js';
export type { AlsOptions, AlsProgress } from './baselines/als-options.js';
export { implicitAls } from './baselines/implicit-als.js';
export { type ItemItemOptions, itemItem } from './baselines/item-item.js';
export { type PopularityOptions, popularity } from './baselines/popularity.js';
export type { ScoreSource } from './completion.js';
export { evaluateRanking } from './evaluation/evaluate-ranking.js';
export { formatRanking } from './evaluation/format-ranking.js';
export type { EvaluateRankingOptions } from './evaluation/ranking-options.js';
export type {
  AccuracyMetricName,
  GroupReport,
  MetricName,
  MetricReport,
  RankingReport,
  TieReport,
  UserMetricName,
} from './evaluation/ranking-report.js';
export { exactItemIndex, type ItemVectors } from './exact-item-index.js';
export { type ExplainOptions, explain } from './explaining/explain.js';
export type { Contribution, Explanation } from './explaining/explanation.js';
export { exportRecommender } from './exporting/export-recommender.js';
export { type FactorRecommenderConfig, factorRecommender } from './factor-recommender.js';
export type { FitOptions } from './folding/fit-side.js';
export { type FoldInItemOptions, foldInItem, type ItemUser, type NewItem } from './folding/fold-in-item.js';
export { type FoldInUserOptions, foldInUser, type HistoryItem } from './folding/fold-in-user.js';
export type { FoldedUser } from './folding/folded-user.js';
export type { FeatureValues } from './folding/side-blocks.js';
export type { FoundItems, ItemIndex, SearchOptions } from './item-index.js';
export type {
  Factors,
  ItemNeighbours,
  Knowledge,
  LeastSquares,
  Recommender,
  RecommenderOrigin,
} from './recommender.js';
export { loadRecommender } from './saving/load-recommender.js';
export { saveRecommender } from './saving/save-recommender.js';
export type { UnknownItemOptions, UnknownItemPolicy } from './serving/item-indices.js';
export { recommend } from './serving/recommend.js';
export { type RecommendAllOptions, recommendAll, type UserRecommendations } from './serving/recommend-all.js';
export type { ChoiceOptions, Diversify, Recommendation, RecommendOptions } from './serving/recommend-options.js';
export { type ScoredItem, type ScoreItemsOptions, scoreItems } from './serving/score-items.js';
export { type SimilarItemsOptions, similarItems } from './serving/similar-items.js';
export {
  type UsearchIndex,
  type UsearchItemIndexOptions,
  type UsearchMatches,
  usearchItemIndex,
} from './serving/usearch-item-index.js';
export type { UnknownUserPolicy } from './serving/user-scores.js';
export {
  type NegativeSampling,
  type PopularityNegativesOptions,
  popularityNegatives,
  type UniformNegativesOptions,
  uniformNegatives,
} from './training/negative-sampling.js';
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
