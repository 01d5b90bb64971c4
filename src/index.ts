export type { ArrayData, NumericArray } from './data/array-data.js';
export type { Batch, TrainingData } from './data/batch-source.js';
export { parseIdx } from './data/idx.js';
export { scalePixels } from './data/scale-pixels.js';
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
export { type BaseStockOptions, baseStockPolicy } from './rl/classic/base-stock-policy.js';
export {
  type BestBaseStock,
  type BestCappedBaseStock,
  type BestPolicy,
  bestBaseStock,
  bestCappedBaseStock,
} from './rl/classic/best-base-stock.js';
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
export type { ActOptions, DqnAgent, DqnState, LearnOptions, LearnReport } from './rl/dqn/dqn-agent.js';
export type { DqnConfig, DqnPrioritySettings, TargetUpdate } from './rl/dqn/dqn-config.js';
export type { DqnOptions, DqnReport, Evaluation, EvaluationOptions } from './rl/dqn/dqn-options.js';
export { dqnSteps } from './rl/dqn/dqn-steps.js';
export type { LoggedDqnOptions, LoggedDqnReport } from './rl/dqn/logged-options.js';
export type { Transition } from './rl/dqn/n-step-window.js';
export type { Scaling } from './rl/dqn/scaling.js';
export type { Schedule } from './rl/dqn/schedule.js';
export { type DqnResult, type TrainDqnOptions, type TrainLoggedDqnOptions, trainDqn } from './rl/dqn/train-dqn.js';
export type { BoxSpace, DiscreteSpace, Environment, EnvironmentReset, EnvironmentStep } from './rl/environment.js';
export type { DecisionModel } from './rl/exact/decision-model.js';
export { evaluatePolicy, type PolicyEvaluation } from './rl/exact/evaluate-policy.js';
export { type OptimalSolution, relativeValueIteration } from './rl/exact/relative-value-iteration.js';
export type { SolveOptions } from './rl/exact/solve-table.js';
export { expectedSarsaTarget } from './rl/expected-sarsa-target.js';
export { greedyAction } from './rl/greedy-action.js';
export { type InventoryEnvironment, type InventoryStep, inventory } from './rl/inventory/inventory.js';
export { type InventoryBoundsOptions, inventoryBounds } from './rl/inventory/inventory-bounds.js';
export { type InventoryModel, inventoryModel } from './rl/inventory/inventory-model.js';
export type { InventoryOptions, UnmetDemand } from './rl/inventory/inventory-options.js';
export type { InventoryPeriod } from './rl/inventory/inventory-rules.js';
export { type LambdaOptions, lambdaReturns } from './rl/lambda-returns.js';
export { type NStepOptions, nStepReturns } from './rl/n-step-returns.js';
export type { Estimate } from './rl/off-policy/estimate.js';
export {
  evaluateOffPolicy,
  type LoggedDecision,
  type OffPolicyEvaluation,
  type OffPolicyOptions,
  type PolicyProbabilities,
} from './rl/off-policy/evaluate-off-policy.js';
export { type PersistentOptions, persistentQLearningTarget } from './rl/persistent-q-learning-target.js';
export type { InstantPolicy, Policy } from './rl/policy.js';
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
export { type ExplorationSchedule, explorationAt } from './rl/tabular/exploration.js';
export { createFullInformationTable, type FullInformationTable } from './rl/tabular/full-information.js';
export {
  type LearnFromDemandOptions,
  type LearnFromDemandResult,
  learnFromDemand,
} from './rl/tabular/learn-from-demand.js';
export { type LearningRateDecay, learningRateAt } from './rl/tabular/learning-rate.js';
export { qLearningUpdate, type TabularTransition, type TabularUpdateOptions } from './rl/tabular/q-learning-update.js';
export { bestAction, createQTable, type QTable, type QTableConfig } from './rl/tabular/q-table.js';
export { tablePolicy } from './rl/tabular/table-policy.js';
export type { TabularOptions } from './rl/tabular/tabular-options.js';
export type { TabularReport } from './rl/tabular/tabular-work.js';
export { type TrainQTableOptions, type TrainQTableResult, trainQTable } from './rl/tabular/train-q-table.js';
export { tdError } from './rl/td-error.js';
export { NonFiniteLossError } from './training/non-finite-loss-error.js';
export type { LoopOptions, Progress } from './training/run-steps.js';
