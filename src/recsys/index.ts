export * from '../kernels/index.js';
export * from '../nn/embedding/index.js';
export * from '../nn/sequences/index.js';
export * from '../random/index.js';
export * from '../statistics/index.js';
export * from '../training/index.js';
export { type EvaluateNextBasketOptions, evaluateNextBasket } from './evaluation/baskets/evaluate-next-basket.js';
export { formatNextBasket } from './evaluation/baskets/format-next-basket.js';
export type {
  NextBasketMetricName,
  NextBasketPart,
  NextBasketPartName,
  NextBasketReport,
  NextBasketResult,
  NextBasketScore,
} from './evaluation/baskets/next-basket-report.js';
export { evaluateRanking } from './evaluation/evaluate-ranking.js';
export { formatRanking } from './evaluation/format-ranking.js';
export type { AccuracyMetricName, MetricName } from './evaluation/ranking-metrics.js';
export type { EvaluateRankingOptions } from './evaluation/ranking-options.js';
export type { MetricReport, RankingPart, RankingReport } from './evaluation/ranking-report.js';
export { explainRecommendation } from './explaining/explain-recommendation.js';
export type { Explanation } from './explaining/explanation.js';
export { exportRecommender } from './exporting/export-recommender.js';
export { exportSasRec } from './exporting/export-sas-rec.js';
export { foldInItem, type NewItem } from './folding/fold-in-item.js';
export type { FoldInItemOptions, FoldInUserOptions } from './folding/fold-in-options.js';
export { foldInUser } from './folding/fold-in-user.js';
export type { FoldedUser } from './folding/folded-user.js';
export { exactItemIndex } from './indexes/exact-item-index.js';
export type { FoundItems, ItemIndex, ItemVectors } from './indexes/item-index.js';
export {
  type UsearchIndex,
  usearchItemIndex,
} from './indexes/usearch-item-index.js';
export type { ImplicitAlsOptions, ImplicitAlsResult } from './kinds/als/als-options.js';
export type { LeastSquares } from './kinds/als/least-squares.js';
export { trainImplicitAls } from './kinds/als/train-implicit-als.js';
export { asRecommender } from './kinds/as-recommender.js';
export type { NextBasketRecommender } from './kinds/baskets/mixed-recommender.js';
export { type NextBasketOptions, nextBasketRecommender } from './kinds/baskets/next-basket-recommender.js';
export type { ChanceCurve, NextBasketMix } from './kinds/baskets/purchase-chances.js';
export { type FactorRecommenderConfig, factorRecommender } from './kinds/factor-recommender.js';
export { type EaseOptions, easeRecommender } from './kinds/items/ease-recommender.js';
export { type ItemItemRecommenderOptions, itemItemRecommender } from './kinds/items/item-item-recommender.js';
export { popularityRecommender } from './kinds/popularity-recommender.js';
export { personalFrequencyRecommender } from './kinds/sequences/personal-frequency-recommender.js';
export { type SasRecRecommenderOptions, sasRecRecommender } from './kinds/sequences/sas-rec-recommender.js';
export {
  type SequentialRulesOptions,
  sequentialRulesRecommender,
} from './kinds/sequences/sequential-rules-recommender.js';
export type {
  Contribution,
  Knowledge,
  Recommender,
  RecommenderState,
  SavedRecommender,
  ScoreSource,
} from './recommender.js';
export { type DecodeRecommenderOptions, decodeRecommender } from './saving/decode-recommender.js';
export { encodeRecommender } from './saving/encode-recommender.js';
export { recommend } from './serving/recommend.js';
export { recommendAll } from './serving/recommend-all.js';
export type {
  Recommendation,
  RecommendOptions,
  UserRecommendations,
} from './serving/recommend-options.js';
export { type ScoredItem, scoreItems } from './serving/score-items.js';
export { similarItems } from './serving/similar-items.js';
export {
  type NegativeSampling,
  popularityNegatives,
  uniformNegatives,
} from './training/negatives/negative-sampling.js';
export type {
  ImplicitTrainingOptions,
  LabelledTrainingOptions,
  RecommenderReport,
  RecommenderTrainingOptions,
  TestReport,
} from './training/recommender-options.js';
export { recommenderSteps } from './training/recommender-steps.js';
export type { SasRecTrainingOptions, SasRecTrainingResult } from './training/sequences/sas-rec-options.js';
export { trainSasRec } from './training/sequences/train-sas-rec.js';
export {
  type ImplicitTrainingResult,
  type LabelledTrainingResult,
  trainRecommender,
} from './training/train-recommender.js';
export type {
  CustomValidation,
  RankingValidation,
} from './training/validation.js';
