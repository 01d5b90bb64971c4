export * from '../kernels/index.js';
export * from '../random/index.js';
export * from '../statistics/index.js';
export * from '../training/index.js';
export { greedyAction } from './acting/greedy-action.js';
export type { InstantPolicy, Policy } from './acting/policy.js';
export { randomAction } from './acting/random-action.js';
export type { Bandit } from './bandit/bandit.js';
export { epsilonGreedyBandit } from './bandit/epsilon-greedy.js';
export { linUcbBandit } from './bandit/lin-ucb.js';
export { thompsonBandit } from './bandit/thompson.js';
export type { Certificate } from './certify/certificate.js';
export { type CertifyPolicyOptions, certifyPolicy } from './certify/certify-policy.js';
export { baseStockPolicy } from './classic/base-stock-policy.js';
export { bestBaseStock, bestCappedBaseStock } from './classic/best-base-stock.js';
export { bestFixedPrice, fixedPricePolicy } from './classic/best-fixed-price.js';
export { bestReorder } from './classic/best-reorder.js';
export { myopicPolicy } from './classic/myopic-policy.js';
export { type NewsvendorOptions, newsvendor, newsvendorCost, newsvendorProfit } from './classic/newsvendor.js';
export { reorderPolicy } from './classic/reorder-policy.js';
export type { BestPolicy, BestPolicyOptions } from './classic/stock-problem.js';
export type { WholePacks } from './classic/whole-packs.js';
export type { Demand, DemandSource } from './demand/demand.js';
export { type DemandShift, type DemandShiftOptions, demandShift } from './demand/demand-shift.js';
export { discreteDemand } from './demand/discrete-demand.js';
export { empiricalDemand } from './demand/empirical-demand.js';
export { geometricDemand } from './demand/geometric-demand.js';
export { leadTimeDemand } from './demand/lead-time-demand.js';
export { lognormalDemand } from './demand/lognormal-demand.js';
export { negativeBinomialDemand } from './demand/negative-binomial-demand.js';
export { normalDemand } from './demand/normal-demand.js';
export { poissonDemand } from './demand/poisson-demand.js';
export { wholeUnitDemand } from './demand/whole-units.js';
export { createDqn } from './dqn/agent/create-dqn.js';
export type { DqnAgent, DqnState } from './dqn/agent/dqn-agent.js';
export type { DqnConfig } from './dqn/agent/dqn-config.js';
export type { DqnOptions, DqnReport, DqnValidationReport } from './dqn/dqn-options.js';
export type { Transition } from './dqn/learning/n-step-window.js';
export type { SeenRange } from './dqn/learning/scaling.js';
export type { LoggedDqnOptions, LoggedDqnReport } from './dqn/logged-options.js';
export { type DecodeDqnOptions, decodeDqn } from './dqn/saving/decode-dqn.js';
export { type EncodeDqnOptions, encodeDqn } from './dqn/saving/encode-dqn.js';
export { type DqnResult, dqnSteps, trainDqn } from './dqn/train-dqn.js';
export { cartPoleEnvironment } from './environments/cart-pole.js';
export { checkEnvironment } from './environments/check-environment.js';
export type {
  ContinuousEnvironment,
  Environment,
  EnvironmentReset,
  EnvironmentStep,
} from './environments/environment.js';
export { type VectorEnvironment, type VectorStep, vectorizeEnvironments } from './environments/vectorize.js';
export type { DecisionModel } from './exact/decision-model.js';
export { evaluatePolicy } from './exact/evaluate-policy.js';
export { relativeValueIteration } from './exact/relative-value-iteration.js';
export { type EpisodeSolution, type SolveEpisodesOptions, solveEpisodes } from './exact/solve-episodes.js';
export type { OptimalSolution, SolveOptions } from './exact/solve-table.js';
export { UnsolvedModelError } from './exact/unsolved-model-error.js';
export { type ForecastBaseStockOptions, forecastBaseStockPolicy } from './forecasts/forecast-base-stock.js';
export {
  type ForecastInventoryEnvironment,
  type ForecastInventoryOptions,
  forecastInventoryEnvironment,
} from './forecasts/forecast-environment.js';
export { type InventoryBoundsOptions, inventoryBounds } from './inventory/inventory-bounds.js';
export { type InventoryEnvironment, inventoryEnvironment } from './inventory/inventory-environment.js';
export { inventoryModel } from './inventory/inventory-model.js';
export type { InventoryOptions } from './inventory/inventory-options.js';
export type { InventoryPeriod } from './inventory/inventory-rules.js';
export type { FiniteHorizonPlan } from './lots/backward-periods.js';
export {
  bestReorderQuantity,
  type ReorderQuantity,
  type ReorderQuantityOptions,
  reorderQuantityCost,
} from './lots/best-reorder-quantity.js';
export {
  type DiscountedOrderQuantity,
  type DiscountedOrderQuantityOptions,
  discountedOrderQuantity,
  type QuantityDiscount,
} from './lots/discounted-order-quantity.js';
export { type EconomicOrderQuantityOptions, economicOrderQuantity } from './lots/economic-order-quantity.js';
export { type FiniteHorizonOptions, finiteHorizonReorder } from './lots/finite-horizon-reorder.js';
export { type SharedBudget, shareBudget } from './lots/share-budget.js';
export { sharedBaseStockPolicy } from './lots/shared-base-stock.js';
export { type SharedDelivery, sharedDelivery } from './lots/shared-delivery.js';
export { sharedInventoryEnvironment } from './lots/shared-environment.js';
export { sharedInventoryModel } from './lots/shared-model.js';
export type { SharedProduct } from './lots/shared-products.js';
export type { SharedInventoryOptions } from './lots/shared-rules.js';
export { type WagnerWhitinOptions, wagnerWhitin } from './lots/wagner-whitin.js';
export {
  evaluateOffPolicy,
  type LoggedDecision,
  type OffPolicyEvaluation,
} from './off-policy/evaluate-off-policy.js';
export { type BestPricesOptions, bestPrices, type PricesTogether } from './pricing/best-prices.js';
export type { JointPricing, JointProduct } from './pricing/joint-pricing.js';
export { constantElasticityResponse, logitResponse } from './pricing/price-response.js';
export { type PricingEnvironment, pricingEnvironment } from './pricing/pricing-environment.js';
export { pricingModel } from './pricing/pricing-model.js';
export type { PriceResponse, PricingOptions } from './pricing/pricing-options.js';
export type { PricingPeriod } from './pricing/pricing-rules.js';
export { createReplay, type Replay, type ReplayState } from './replay/create-replay.js';
export type { PrioritySettings, ReplayConfig } from './replay/replay-config.js';
export type { ReplayBatch, StoredTransition } from './replay/transition-store.js';
export { seasonalBaseStockPolicy, seasonalLevels } from './seasonal/seasonal-base-stock.js';
export { type SeasonalInventoryEnvironment, seasonalInventoryEnvironment } from './seasonal/seasonal-environment.js';
export { seasonalInventoryModel } from './seasonal/seasonal-model.js';
export type { SeasonalInventoryOptions } from './seasonal/seasonal-problem.js';
export { type BestForServiceOptions, bestForService } from './service/best-for-service.js';
export type { BestForService, ServiceIntervals, ServiceMeasures } from './service/service-measures.js';
export { createFullInformationTable, type FullInformationTable } from './tabular/full-information.js';
export {
  type LearnFromDemandOptions,
  type LearnFromDemandReport,
  learnFromDemand,
} from './tabular/learn-from-demand.js';
export type { LearnedQTable } from './tabular/learned-table.js';
export { qLearningUpdate, type TabularTransition, type TabularUpdateOptions } from './tabular/q-learning-update.js';
export { createQTable, type QTable } from './tabular/q-table.js';
export type { LearningRateDecay } from './tabular/rates.js';
export { type DecodeQTableOptions, decodeQTable } from './tabular/saving/decode-q-table.js';
export { encodeQTable } from './tabular/saving/encode-q-table.js';
export { type TablePolicy, tablePolicy } from './tabular/table-policy.js';
export { type QTableResult, trainQTable } from './tabular/train-q-table.js';
export type { QTableReport, TrainQTableOptions } from './tabular/train-q-table-options.js';
export {
  categoricalQLearningTarget,
  projectCategorical,
  quantileQLearningTarget,
} from './targets/distributional.js';
export {
  categoricalQLearningLoss,
  qLearningLoss,
  quantileQLearningLoss,
} from './targets/losses.js';
export { lambdaReturns, nStepReturns } from './targets/multi-step.js';
export {
  doubleQLearningTarget,
  expectedSarsaTarget,
  type NextActionOptions,
  persistentQLearningTarget,
  qLearningTarget,
  sarsaTarget,
  tdError,
} from './targets/one-step.js';
