export type { AlsOptions, AlsProgress } from './baselines/als-options.js';
export { implicitAls } from './baselines/implicit-als.js';
export { type ItemItemOptions, itemItem } from './baselines/item-item.js';
export { popularity } from './baselines/popularity.js';
export { evaluateRanking } from './evaluation/evaluate-ranking.js';
export { formatRanking } from './evaluation/format-ranking.js';
export type { EvaluateRankingOptions } from './evaluation/ranking-options.js';
export type {
  Estimate,
  MetricName,
  MetricReport,
  RankingReport,
  TieReport,
  UserMetricName,
} from './evaluation/ranking-report.js';
export { exactItemIndex, type ItemVectors } from './exact-item-index.js';
export { type FactorRecommenderConfig, factorRecommender } from './factor-recommender.js';
export type { FoundItems, ItemIndex, SearchOptions } from './item-index.js';
export type { Factors, Recommender } from './recommender.js';
export type { FoldedUser } from './serving/folded-user.js';
export type { UnknownItemPolicy } from './serving/item-indices.js';
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
