export * from '../kernels/index.js';
export * from '../random/index.js';
export * from '../statistics/index.js';
export * from '../training/index.js';
export { greedyAction } from './acting/greedy-action.js';
export type { InstantPolicy, Policy } from './acting/policy.js';
export { randomAction } from './acting/random-action.js';
export type { Bandit, BanditChoice, BanditOutcome, BanditState, ChooseOptions } from './bandit/bandit.js';
export { type EpsilonGreedyConfig, epsilonGreedyBandit } from './bandit/epsilon-greedy.js';
export { type LinUcbConfig, linUcbBandit } from './bandit/lin-ucb.js';
export { type ThompsonConfig, thompsonBandit } from './bandit/thompson.js';
export type { Certificate, CertificateRow, Gap } from './certify/certificate.js';
export { type CertifyPolicyOptions, certifyPolicy } from './certify/certify-policy.js';
export type { ServiceReport } from './certify/play.js';
export { type BaseStockOptions, baseStockPolicy } from './classic/base-stock-policy.js';
export {
  type BestBaseStock,
  type BestCappedBaseStock,
  bestBaseStock,
  bestCappedBaseStock,
} from './classic/best-base-stock.js';
export {
  type BestFixedPrice,
  type BestFixedPriceOptions,
  bestFixedPrice,
  fixedPricePolicy,
} from './classic/best-fixed-price.js';
export type { BestPolicy, BestPolicyOptions } from './classic/best-policy.js';
export { type BestReorder, type BestReorderOptions, bestReorder } from './classic/best-reorder.js';
export { myopicPolicy } from './classic/myopic-policy.js';
export {
  type NewsvendorAnswer,
  type NewsvendorOptions,
  type NewsvendorProfitAnswer,
  type NewsvendorProfitOptions,
  newsvendor,
  newsvendorCost,
  newsvendorProfit,
} from './classic/newsvendor.js';
export { type ReorderOptions, reorderPolicy } from './classic/reorder-policy.js';
export type { Demand, DemandGenerator, DemandSource } from './demand/demand.js';
export { type DiscreteDemandOptions, discreteDemand } from './demand/discrete-demand.js';
export { empiricalDemand } from './demand/empirical-demand.js';
export { geometricDemand } from './demand/geometric-demand.js';
export { lognormalDemand } from './demand/lognormal-demand.js';
export { normalDemand } from './demand/normal-demand.js';
export { poissonDemand } from './demand/poisson-demand.js';
export { wholeUnitDemand } from './demand/whole-units.js';
export { createDqn } from './dqn/create-dqn.js';
export type { ActOptions, DqnAgent, DqnState, LearnOptions, LearnReport, LegalActions } from './dqn/dqn-agent.js';
export type { DqnConfig, DqnPrioritySettings, TargetUpdate } from './dqn/dqn-config.js';
export type { DqnOptions, DqnReport, Evaluation, EvaluationOptions } from './dqn/dqn-options.js';
export { dqnSteps } from './dqn/dqn-steps.js';
export type { LoggedDqnOptions, LoggedDqnReport } from './dqn/logged-options.js';
export type { Transition } from './dqn/n-step-window.js';
export type { Scaling, SeenRange } from './dqn/scaling.js';
export { type DqnResult, type TrainDqnOptions, type TrainLoggedDqnOptions, trainDqn } from './dqn/train-dqn.js';
export { cartPoleEnvironment } from './environments/cart-pole.js';
export { type CheckEnvironmentOptions, checkEnvironment } from './environments/check-environment.js';
export type {
  BoxSpace,
  ContinuousEnvironment,
  ContinuousSpace,
  DiscreteSpace,
  Environment,
  EnvironmentReset,
  EnvironmentStep,
  ResetOptions,
} from './environments/environment.js';
export {
  type VectorEnvironment,
  type VectorReset,
  type VectorStep,
  vectorizeEnvironments,
} from './environments/vectorize.js';
export type { DecisionModel } from './exact/decision-model.js';
export { evaluatePolicy, type PolicyEvaluation } from './exact/evaluate-policy.js';
export { type OptimalSolution, relativeValueIteration } from './exact/relative-value-iteration.js';
export { type EpisodeSolution, type SolveEpisodesOptions, solveEpisodes } from './exact/solve-episodes.js';
export type { SolveOptions } from './exact/solve-table.js';
export { UnsolvedModelError } from './exact/unsolved-model-error.js';
export { type InventoryBoundsOptions, inventoryBounds } from './inventory/inventory-bounds.js';
export {
  type InventoryEnvironment,
  type InventoryStep,
  inventoryEnvironment,
} from './inventory/inventory-environment.js';
export { type InventoryModel, type InventoryModelChoice, inventoryModel } from './inventory/inventory-model.js';
export type { InventoryOptions, UnmetDemand } from './inventory/inventory-options.js';
export type { InventoryPeriod } from './inventory/inventory-rules.js';
export type { ValueEstimate } from './off-policy/estimate.js';
export {
  evaluateOffPolicy,
  type LoggedDecision,
  type OffPolicyEvaluation,
  type OffPolicyOptions,
  type PolicyProbabilities,
} from './off-policy/evaluate-off-policy.js';
export {
  type ConstantElasticityOptions,
  constantElasticityResponse,
  type LogitResponseOptions,
  logitResponse,
} from './pricing/price-response.js';
export { type PricingEnvironment, type PricingStep, pricingEnvironment } from './pricing/pricing-environment.js';
export { type PricingModel, pricingModel } from './pricing/pricing-model.js';
export type { Competitors, Market, PriceResponse, PricingOptions } from './pricing/pricing-options.js';
export type { PricingPeriod } from './pricing/pricing-rules.js';
export {
  createReplay,
  type Replay,
  type ReplayBatch,
  type ReplayState,
  type SampleOptions,
} from './replay/create-replay.js';
export type { PrioritySettings, ReplayConfig } from './replay/replay-config.js';
export type { StoredTransition, TransitionColumns } from './replay/transition-store.js';
export { createFullInformationTable, type FullInformationTable } from './tabular/full-information.js';
export {
  type LearnFromDemandOptions,
  type LearnFromDemandReport,
  learnFromDemand,
} from './tabular/learn-from-demand.js';
export { qLearningUpdate, type TabularTransition, type TabularUpdateOptions } from './tabular/q-learning-update.js';
export { createQTable, type QTable, type QTableConfig } from './tabular/q-table.js';
export type { LearningRateDecay } from './tabular/rates.js';
export { type TablePolicy, tablePolicy } from './tabular/table-policy.js';
export { restoreTablePolicy, type TablePolicyState } from './tabular/table-state.js';
export { type QTableResult, trainQTable } from './tabular/train-q-table.js';
export type { QTableReport, TrainQTableOptions } from './tabular/train-q-table-options.js';
export {
  categoricalQLearningTarget,
  projectCategorical,
  quantileQLearningTarget,
} from './targets/distributional.js';
export {
  categoricalQLearningLoss,
  type QLearningLossOptions,
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
